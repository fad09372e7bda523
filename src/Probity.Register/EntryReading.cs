using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Rating;

namespace Probity.Register;

/// <summary>Makes the whole entry of one organisation from its dossier.</summary>
internal static class EntryReading
{
    public static RegisterEntry Read(RegisterReader reader, Dossier dossier, AsOf asOf, IReadOnlyList<OrganisationSummary> namesakes)
    {
        ImmutableArray<Entry> evidence = dossier.At(asOf);
        Fields identity = Identity.LatestOf(evidence);
        Methodology? methodology = reader.InForce(asOf)?.Methodology;
        OrganisationRating? rating = methodology is null ? null : RatingEngine.Rate(methodology, dossier, asOf, reader.CohortAt(asOf));
        var summary = new OrganisationSummary(
            dossier.Organisation,
            dossier.Entries[0].Statement.About,
            Identity.Of(identity),
            rating is null ? Standings.WithoutMethodology : Standings.Of(rating));
        ImmutableArray<LinkageEvent> history = reader.Linkage.HistoryOf(dossier.Organisation, asOf);
        return new RegisterEntry(
            summary,
            identity,
            rating,
            asOf,
            TimelineReading.Read(reader, dossier, asOf),
            evidence,
            [.. namesakes])
        {
            Records = reader.Linkage.RecordsOf(dossier.Organisation, evidence, asOf),
            Continuation = history,
            SplitAgain = SplitAgainReading.Read(reader, history, dossier.Organisation, asOf),
        };
    }
}
