using System.Globalization;

namespace Probity.Linkage.Tests;

/// <summary>Whether probabilities mean what they say: of the pairs in each tenth, how sure on average, and how many carry one label.</summary>
internal sealed class Reliability
{
    private readonly (int Pairs, int Same, double Sum)[] _tenths = new (int, int, double)[10];
    private double _squares;
    private int _pairs;

    /// <summary>The mean square of probability less truth: 0 is perfect, 0.25 knows nothing.</summary>
    public double Brier => _squares / _pairs;

    public void Count(double probability, bool same)
    {
        ref (int Pairs, int Same, double Sum) tenth = ref _tenths[Math.Min(9, (int)(probability * 10))];
        tenth = (tenth.Pairs + 1, tenth.Same + (same ? 1 : 0), tenth.Sum + probability);
        _squares += Math.Pow(probability - (same ? 1 : 0), 2);
        _pairs++;
    }

    /// <summary>The diagram as lines: a tenth, its pairs, the mean probability, the share of one label.</summary>
    public override string ToString() => string.Join('\n', _tenths.Select((tenth, i) => tenth.Pairs == 0 ? "" : string.Create(
        CultureInfo.InvariantCulture, $"{i / 10d:F1}: {tenth.Pairs} pairs, mean {tenth.Sum / tenth.Pairs:F3}, of one label {(double)tenth.Same / tenth.Pairs:F3} {new string('#', tenth.Same * 40 / tenth.Pairs)}")).Where(line => line.Length > 0));
}
