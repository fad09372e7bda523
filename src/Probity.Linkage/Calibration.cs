using System.Collections.Immutable;
using Probity.Evidence.Analysis;

namespace Probity.Linkage;

/// <summary>Pairs of one tenth of probability of which it is known whether they are one organisation.</summary>
/// <param name="From">0, 0.1 … 0.9.</param>
/// <param name="Pairs">How many; 1 or more.</param>
/// <param name="MeanProbability">Their probability on average.</param>
/// <param name="Same">Those that are one organisation.</param>
public readonly record struct CalibrationBand(double From, int Pairs, double MeanProbability, int Same);

/// <summary>
/// Whether probabilities mean what they say: of the pairs said to be 0.9, nine in ten should be one organisation. The bands are the points of a
/// reliability diagram (DeGroot and Fienberg, The Comparison and Evaluation of Forecasters, The Statistician 32, 1983).
/// </summary>
/// <param name="Bands">Tenths that have pairs, from the least.</param>
/// <param name="Brier">Mean square of probability less truth (Brier 1950): 0 is perfect, 0.25 knows nothing; null where no pair is known.</param>
public sealed record Calibration(ImmutableArray<CalibrationBand> Bands, double? Brier)
{
    /// <summary>How many pairs are known.</summary>
    public int Pairs => Bands.Sum(band => band.Pairs);

    /// <summary>Of pairs in any order, each with its probability, 0 to 1, and whether it is one organisation.</summary>
    public static Calibration Of(IEnumerable<(double Probability, bool Same)> pairs)
    {
        (double Probability, bool Same)[] known = [.. pairs.OrderBy(pair => pair.Probability).ThenBy(pair => pair.Same)];
        return new Calibration(
            [.. known.GroupBy(pair => Math.Min(9, (int)(pair.Probability * 10)))
                .Select(band => new CalibrationBand(band.Key / 10d, band.Count(), band.Average(pair => pair.Probability), band.Count(pair => pair.Same)))],
            known.Length == 0 ? null : known.Average(pair => Elementary.Pow(pair.Probability - (pair.Same ? 1 : 0), 2)));
    }
}
