using Probity.Evidence;
using Probity.Rating.Engine;

namespace Probity.Rating;

/// <summary>Rates organisations. Pure: the same arguments give the same bytes on any machine, in any order, on any number of threads.</summary>
public static class RatingEngine
{
    /// <summary>Computes the cohort statistics a methodology needs, from all organisations it may rate.</summary>
    /// <param name="methodology">The rules.</param>
    /// <param name="dossiers">Every organisation, in any order; read once, and only where the methodology has cohort statistics.</param>
    /// <param name="asOf">The day and the ledger size that count.</param>
    public static Cohort Survey(Methodology methodology, IEnumerable<Dossier> dossiers, AsOf asOf)
    {
        ArgumentNullException.ThrowIfNull(methodology);
        ArgumentNullException.ThrowIfNull(dossiers);
        return methodology.Plan.HasStatistics ? Population.Of(methodology, dossiers, asOf).Rate(threads: 1).ToCohort() : Cohort.None;
    }

    /// <summary>Rates one organisation.</summary>
    /// <param name="methodology">The rules.</param>
    /// <param name="dossier">What the ledger says about it.</param>
    /// <param name="asOf">The day and the ledger size that count.</param>
    /// <param name="cohort">What <see cref="Survey"/> gave for the same methodology and as-of.</param>
    /// <exception cref="ArgumentException">The methodology has cohort statistics and the cohort was surveyed for another.</exception>
    public static OrganisationRating Rate(Methodology methodology, Dossier dossier, AsOf asOf, Cohort cohort)
    {
        ArgumentNullException.ThrowIfNull(methodology);
        ArgumentNullException.ThrowIfNull(dossier);
        ArgumentNullException.ThrowIfNull(cohort);
        if (methodology.Plan.HasStatistics && cohort.Fingerprint != methodology.Fingerprint)
        {
            throw new ArgumentException($"the cohort was not surveyed for {methodology}", nameof(cohort));
        }

        return Decision.Of(methodology, dossier, asOf, cohort);
    }
}
