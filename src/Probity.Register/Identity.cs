using System.Collections.Immutable;
using Probity.Evidence;

namespace Probity.Register;

/// <summary>Who and where an organisation is, read from its identity statements (formats/statement.md, identity).</summary>
public static class Identity
{
    /// <summary>The particulars that its latest identity statement gives; all empty where there is none.</summary>
    public static Particulars Of(Fields body) => new(
        body.TextOf("name") ?? "",
        body.TextOf("type") ?? "",
        body.TextOf("address") ?? "",
        body.TextOf("postcode") ?? "",
        body.TextOf("authority") ?? "",
        body.TextOf("authority_code") ?? "");

    /// <summary>
    /// The body of the latest identity statement among entries in ledger order; empty where there is none. Where several records are one organisation, the
    /// one that was seen first speaks for it, so that a later source does not rename it.
    /// </summary>
    public static Fields LatestOf(ImmutableArray<Entry> entries)
    {
        Entry[] identities = [.. entries.Where(entry => entry.Statement.Kind == StatementKind.Identity)];
        return identities.Length == 0
            ? Fields.Empty
            : Dossier.Latest(identities.Where(entry => entry.Statement.About == identities[0].Statement.About))!.Value.Statement.Body;
    }

    /// <summary>Identifiers by scheme, as the source gives them.</summary>
    public static IEnumerable<KeyValuePair<string, string>> IdentifiersOf(Fields body) =>
        (body.GroupOf("identifiers") ?? Fields.Empty).Select(one => new KeyValuePair<string, string>(one.Key, one.Value.ToString()!));
}
