using System.Collections.Concurrent;
using Probity.Evidence;
using Probity.Rating;
using Probity.Register;

namespace Probity.Site;

/// <summary>
/// Tries rules on the register's own organisations. The evidence of published rules is kept in columns between questions, so that only what was
/// turned is computed. Safe for many threads.
/// </summary>
/// <param name="reader">The register.</param>
internal sealed class RuleTrials(RegisterReader reader)
{
    // each holds the columns of a whole register
    private const int MostKept = 4;
    private readonly ConcurrentDictionary<(AsOf AsOf, Digest Rules), Lazy<PopulationRating>> _rated = new();

    /// <summary>Who moves between two published methodologies.</summary>
    public BandMoves Between(Methodology before, Methodology after, AsOf asOf) => BandMoves.Between(Rated(before, asOf), Rated(after, asOf));

    /// <summary>Who would move if some numbers of a published methodology were turned.</summary>
    public BandMoves WhatIf(Methodology published, Methodology turned, AsOf asOf)
    {
        PopulationRating before = Rated(published, asOf);
        return BandMoves.Between(before, turned.Fingerprint == published.Fingerprint ? before : before.WhatIf(turned, Environment.ProcessorCount));
    }

    private PopulationRating Rated(Methodology methodology, AsOf asOf)
    {
        if (_rated.Count >= MostKept && !_rated.ContainsKey((asOf, methodology.Fingerprint)))
        {
            _rated.Clear();
        }

        return _rated.GetOrAdd((asOf, methodology.Fingerprint), _ => new Lazy<PopulationRating>(() =>
            Population.Of(methodology, reader.Population().Where(dossier => dossier.Entries[0].Index < asOf.KnownAt), asOf).Rate(Environment.ProcessorCount))).Value;
    }
}
