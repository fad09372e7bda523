using System.Collections.Concurrent;
using Probity.Evidence;
using Probity.Rating;
using Probity.Register;

namespace Probity.Site;

/// <summary>
/// Tries rules on the register's own organisations. The organisations and the outcomes of published rules are kept between questions, so that only
/// the rules that were turned are computed. Safe for many threads.
/// </summary>
/// <param name="reader">The register.</param>
internal sealed class RuleTrials(RegisterReader reader)
{
    /// <summary>Beyond this many organisations a page would keep its reader waiting; the command line has no such limit.</summary>
    public const int MostOrganisations = 200_000;

    private readonly ConcurrentDictionary<(AsOf AsOf, Digest Rules), string[]> _outcomes = new();
    private readonly Lock _reading = new();
    private (long Size, Dossier[] Dossiers)? _population;

    /// <summary>Who moves between two methodologies; null where the register holds more than <see cref="MostOrganisations"/>.</summary>
    public BandMoves? Between(Methodology before, Methodology after, AsOf asOf)
    {
        if (Population() is not { } dossiers)
        {
            return null;
        }

        if (_outcomes.Count > 8)
        {
            _outcomes.Clear();
        }

        string[] from = _outcomes.GetOrAdd((asOf, before.Fingerprint), _ => Rate(before, dossiers, asOf));
        string[] to = after.Fingerprint == before.Fingerprint ? from : Rate(after, dossiers, asOf);
        return BandMoves.Count(before, after, Enumerable.Range(0, from.Length).Where(i => from[i].Length > 0).Select(i => (from[i], to[i])));
    }

    private Dossier[]? Population()
    {
        lock (_reading)
        {
            if (_population?.Size != reader.Log.Size)
            {
                _population = (reader.Log.Size, [.. reader.Population().Take(MostOrganisations + 1)]);
            }

            return _population.Value.Dossiers.Length > MostOrganisations ? null : _population.Value.Dossiers;
        }
    }

    // Empty for an organisation that was not yet known.
    private static string[] Rate(Methodology methodology, Dossier[] dossiers, AsOf asOf)
    {
        Cohort cohort = RatingEngine.Survey(methodology, dossiers.Where(dossier => dossier.Entries[0].Index < asOf.KnownAt), asOf);
        var codes = new string[dossiers.Length];
        Parallel.For(0, dossiers.Length, i => codes[i] = dossiers[i].Entries[0].Index < asOf.KnownAt ? RatingEngine.Rate(methodology, dossiers[i], asOf, cohort).Outcome.Code : "");
        return codes;
    }
}
