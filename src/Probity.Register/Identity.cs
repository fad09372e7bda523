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

    /// <summary>The body of the latest identity statement among entries in ledger order; empty where there is none.</summary>
    public static Fields LatestOf(ImmutableArray<Entry> entries) =>
        Dossier.Latest(entries.Where(entry => entry.Statement.Kind == StatementKind.Identity))?.Statement.Body ?? Fields.Empty;

    /// <summary>Identifiers by scheme, as the source gives them.</summary>
    public static IEnumerable<KeyValuePair<string, string>> IdentifiersOf(Fields body) =>
        (body.GroupOf("identifiers") ?? Fields.Empty).Select(one => new KeyValuePair<string, string>(one.Key, one.Value.ToString()!));
}
