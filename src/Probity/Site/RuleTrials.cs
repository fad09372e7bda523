using Probity.Evidence;
using Probity.Rating;
using Probity.Register;

namespace Probity.Site;

/// <summary>
/// Tries rules on the register's own organisations. The evidence of published rules is kept in columns between questions, so that only what was
/// turned is computed. One question is answered at a time, on all processors; some wait. Safe for many threads.
/// </summary>
/// <param name="reader">The register.</param>
internal sealed class RuleTrials(RegisterReader reader)
{
    // each holds the columns of a whole register
    private const int MostKept = 4;
    private const int MostWaiting = 16;
    private readonly Turnstile _turnstile = new(MostWaiting);
    private readonly Dictionary<(AsOf AsOf, Digest Rules), PopulationRating> _rated = [];

    /// <summary>Who moves between two published methodologies.</summary>
    /// <exception cref="RegisterRefusedException">Enough wait already, or the register cannot be read.</exception>
    public Task<BandMoves> Between(Methodology before, Methodology after, AsOf asOf, CancellationToken cancelled) =>
        _turnstile.Pass(() => BandMoves.Between(Rated(before, asOf), Rated(after, asOf)), cancelled);

    /// <summary>Who would move if some numbers of a published methodology were turned.</summary>
    /// <exception cref="RegisterRefusedException">Enough wait already, or the register cannot be read.</exception>
    public Task<BandMoves> WhatIf(Methodology published, Methodology turned, AsOf asOf, CancellationToken cancelled) => _turnstile.Pass(
        () =>
        {
            PopulationRating before = Rated(published, asOf);
            return BandMoves.Between(before, turned.Fingerprint == published.Fingerprint ? before : before.WhatIf(turned, Environment.ProcessorCount));
        },
        cancelled);

    /// <summary>A whole register by some rules; what fails is not kept, so that it can be asked again.</summary>
    private PopulationRating Rated(Methodology methodology, AsOf asOf)
    {
        if (_rated.TryGetValue((asOf, methodology.Fingerprint), out PopulationRating? known))
        {
            return known;
        }

        if (_rated.Count >= MostKept)
        {
            _rated.Clear();
        }

        PopulationRating rated = Population.Of(methodology, reader.Population().Where(dossier => dossier.Entries[0].Index < asOf.KnownAt), asOf).Rate(Environment.ProcessorCount);
        _rated.Add((asOf, methodology.Fingerprint), rated);
        return rated;
    }
}
