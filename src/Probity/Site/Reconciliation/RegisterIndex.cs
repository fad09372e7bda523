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

    /// <summary>Numbers of one scheme that an organisation is found by; of more, such as the provider numbers of a chain, the first.</summary>
    private const int MostOfScheme = 4;

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

    /// <summary>What can be asked with and fetched: the numberings of organisations only where one of the register's has such a number.</summary>
    public IReadOnlyList<ReconciliationProperty> Properties()
    {
        Made made = Now();
        return [.. ReconciliationProperty.Always, .. made.Schemes.Select(scheme => new ReconciliationProperty(
            scheme, ReconciliationProperty.NameOf(scheme), one => made.NumbersOf(one.Id.ToString()).Where(number => number.Scheme == scheme).Select(number => number.Number)))];
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
        var numbers = RegisterNumbers.Read(reader, at);
        (string Scheme, int Place)[] places = [.. PlacesOf(numbers.Values)];
        IReadOnlyList<string>[] rows = [.. organisations.Select(one => (string[])
        [
            one.Key, one.Value.Particulars.Name, one.Value.Particulars.Address, one.Value.Particulars.Postcode,
            .. numbers.TryGetValue(one.Key, out var own) ? places.Select(place => own.Where(number => number.Scheme == place.Scheme).ElementAtOrDefault(place.Place).Number ?? "") : places.Select(_ => ""),
        ])];
        ImmutableArray<ColumnUse> uses = [.. Columns, .. places.Select(place => new ColumnUse($"{place.Scheme} {place.Place}", ColumnRole.Identifier, place.Scheme))];
        var table = new LinkTable("organisation", [.. uses.Select(use => use.Column)], rows);
        return new Made(at, OrganisationIndex.Of(table, uses), organisations, numbers);
    }

    /// <summary>A column for each number of a scheme that one organisation has at most.</summary>
    private static IEnumerable<(string Scheme, int Place)> PlacesOf(IEnumerable<SortedSet<(string Scheme, string Number)>> numbers) =>
        numbers.SelectMany(own => own.CountBy(number => number.Scheme)).GroupBy(count => count.Key, count => count.Value, StringComparer.Ordinal).OrderBy(scheme => scheme.Key, StringComparer.Ordinal)
            .SelectMany(scheme => Enumerable.Range(0, Math.Min(MostOfScheme, scheme.Max())).Select(place => (scheme.Key, place)));

    private sealed record Made(AsOf At, OrganisationIndex Index, Dictionary<string, OrganisationSummary> Organisations, Dictionary<string, SortedSet<(string Scheme, string Number)>> Numbers)
    {
        /// <summary>Codes of the schemes that some organisation has a number of, in order.</summary>
        public string[] Schemes { get; } = [.. Numbers.Values.SelectMany(own => own).Select(number => number.Scheme).Distinct().Order(StringComparer.Ordinal)];

        public IEnumerable<(string Scheme, string Number)> NumbersOf(string organisation) => Numbers.TryGetValue(organisation, out var own) ? own : [];
    }
}
