using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Rating;
using Probity.Register;

namespace Probity.Pipeline;

/// <summary>One organisation rated straight from files.</summary>
/// <param name="SourceId">The identifier that its first record has at its source.</param>
/// <param name="Name">Its name; empty where the source gives none.</param>
/// <param name="Rating">Its rating.</param>
internal sealed record FileRating(string SourceId, string Name, OrganisationRating Rating)
{
    /// <summary>Rates all dossiers as of a day, in their order; every statement counts.</summary>
    public static IEnumerable<FileRating> Of(Methodology methodology, ImmutableArray<Dossier> dossiers, DateOnly validAt)
    {
        var asOf = new AsOf(validAt, long.MaxValue);
        Cohort cohort = RatingEngine.Survey(methodology, dossiers, asOf);
        return dossiers.Select(dossier => new FileRating(
            dossier.Entries[0].Statement.About.Record,
            Identity.Of(Identity.LatestOf(dossier.Entries)).Name,
            RatingEngine.Rate(methodology, dossier, asOf, cohort)));
    }
}
