using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Linkage;
using Probity.Register;

namespace Probity.Site.Reconciliation;

/// <summary>The register's organisations in memory, to be matched; made at the first question after each run.</summary>
internal sealed class RegisterIndex(RegisterReader reader)
{
    private static readonly ImmutableArray<ColumnUse> Columns =
        [new("id", ColumnRole.Id, ""), new("name", ColumnRole.Name, ""), new("address", ColumnRole.Address, ""), new("postcode", ColumnRole.Postcode, "")];

    private readonly Lock _making = new();
    private Made? _made;

    /// <summary>The organisations most likely meant, likeliest first.</summary>
    public IReadOnlyList<(OrganisationSummary Organisation, MatchCandidate Candidate)> Match(OrganisationQuestion question, int most)
    {
        Made made = Now();
        return [.. made.Index.Match(question, most).Select(candidate => (made.Organisations[candidate.Record.Record], candidate))];
    }

    /// <summary>The organisation of the last run that an identifier stands for, also one that was merged into another; null where there is none.</summary>
    public OrganisationSummary? Find(string id)
    {
        Made made = Now();
        bool read = OrganisationId.TryParse(id, out OrganisationId asked);
        return read ? made.Organisations.GetValueOrDefault((reader.Linkage.RedirectOf(asked, made.At) ?? asked).ToString()) : null;
    }

    private Made Now()
    {
        AsOf at = reader.Current;
        lock (_making)
        {
            return _made = _made is { } made && made.At == at ? made : Make(at);
        }
    }

    private Made Make(AsOf at)
    {
        Dictionary<string, OrganisationSummary> organisations = reader.Organisations(at).ToDictionary(one => one.Id.ToString(), StringComparer.Ordinal);
        IReadOnlyList<string>[] rows =
            [.. organisations.Select(one => (string[])[one.Key, one.Value.Particulars.Name, one.Value.Particulars.Address, one.Value.Particulars.Postcode])];
        var table = new LinkTable("organisation", [.. Columns.Select(use => use.Column)], rows);
        return new Made(at, OrganisationIndex.Of(table, Columns), organisations);
    }

    private sealed record Made(AsOf At, OrganisationIndex Index, Dictionary<string, OrganisationSummary> Organisations);
}
