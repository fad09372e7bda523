using Probity.Evidence;
using Probity.Rating;

namespace Probity.Register;

/// <summary>The question every organisation of one projection is asked.</summary>
/// <param name="Methodology">The rules in force; null where none are.</param>
/// <param name="Cohort">What they need to know of the others.</param>
/// <param name="AsOf">The day and ledger size.</param>
internal sealed record RatingQuestion(Methodology? Methodology, Cohort Cohort, AsOf AsOf)
{
    /// <summary>The row of one organisation: who it is by then, what the register says, and the leaf of its canonical rating.</summary>
    public OrganisationRow Answer(long no, Dossier dossier)
    {
        RecordId record = dossier.Entries[0].Statement.About;
        Dossier counting = dossier with { Entries = dossier.At(AsOf) };
        Particulars who = Identity.Of(Identity.LatestOf(counting.Entries));
        if (Methodology is null)
        {
            return Row(no, new OrganisationSummary(dossier.Organisation, record, who, Standings.WithoutMethodology), RatingLeaf.WithoutMethodology);
        }

        OrganisationRating rating = RatingEngine.Rate(Methodology, counting, AsOf, Cohort);
        return Row(no, new OrganisationSummary(dossier.Organisation, record, who, Standings.Of(rating)), RatingLeaf.Of(rating));
    }

    private static OrganisationRow Row(long no, OrganisationSummary summary, Digest leaf) => new(no, summary, leaf) { Texts = RowTexts.Of(summary) };
}
