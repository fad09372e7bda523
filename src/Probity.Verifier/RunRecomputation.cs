using Probity.Evidence;
using Probity.Ledger;
using Probity.Linkage;
using Probity.Rating;
using Probity.Register;

namespace Probity.Verifier;

/// <summary>The ratings of a run, computed again from statements and published rules alone.</summary>
internal static class RunRecomputation
{
    /// <summary>What the run should have stated.</summary>
    /// <param name="resolver">Given exactly the entries that the run knew.</param>
    /// <param name="shelf">The methodologies published by then.</param>
    /// <param name="asOf">The day and ledger size of the run.</param>
    /// <param name="cancelled">Stops between two organisations.</param>
    public static RatingRun Of(OrganisationResolver resolver, MethodologyShelf shelf, AsOf asOf, CancellationToken cancelled)
    {
        Methodology? methodology = shelf.InForce(asOf)?.Methodology;
        Dossier[] dossiers = [.. resolver.Dossiers()];
        Cohort cohort = methodology is null ? Cohort.None : RatingEngine.Survey(methodology, dossiers, asOf);
        var leaves = new Digest[dossiers.Length];
        Parallel.For(0, dossiers.Length, new ParallelOptions { CancellationToken = cancelled }, place =>
        {
            Dossier counting = dossiers[place] with { Entries = dossiers[place].At(asOf) };
            leaves[place] = methodology is null ? RatingLeaf.WithoutMethodology : RatingLeaf.Of(RatingEngine.Rate(methodology, counting, asOf, cohort));
        });
        OrganisationId[] organisations = [.. dossiers.Select(dossier => dossier.Organisation)];
        Array.Sort(organisations, leaves);
        return new RatingRun(asOf, dossiers.Length, MerkleTree.RootOf(leaves), methodology?.Fingerprint);
    }
}
