using Probity.Evidence.Analysis;

namespace Probity.Linkage;

/// <summary>
/// The patterns of the pairs that are kept from one linkage to the next: those that can come to matter when weights are learnt anew. They follow from the
/// published expectations and the number of records alone, so that what was kept by one set of weights is what another would have kept.
/// </summary>
internal sealed class KeptPatterns
{
    /// <summary>Log-odds to base 2, by the published expectations, from which a pattern is kept: far below what is doubtful.</summary>
    private const double LeastBits = -20;

    private readonly bool[] _holds = new bool[PairComparison.Patterns];

    private KeptPatterns(LinkModel expected)
    {
        for (int pattern = 0; pattern < _holds.Length; pattern++)
        {
            _holds[pattern] = FieldLevels.Exists(pattern) && expected.Bits(pattern) >= LeastBits;
        }
    }

    /// <summary>The patterns kept of a register.</summary>
    /// <param name="records">How many records it has; 0 or more.</param>
    public static KeptPatterns Of(int records) => new(new LinkModel(
        -Elementary.Log2(Math.Max(2, records)),
        [.. FieldLevels.All.Select(levels => levels.Select((one, level) => level == 0 ? 0 : Elementary.Log2(one.M / one.U)).ToArray())]));

    /// <summary>Whether pairs of a pattern are kept; false for what is none.</summary>
    public bool Holds(int pattern) => pattern >= 0 && pattern < _holds.Length && _holds[pattern];

    /// <summary>Whether every pattern is kept that by some weights reaches so many bits.</summary>
    public bool HoldAll(LinkModel weights, double leastBits)
    {
        for (int pattern = 0; pattern < _holds.Length; pattern++)
        {
            if (!_holds[pattern] && FieldLevels.Exists(pattern) && weights.Bits(pattern) >= leastBits)
            {
                return false;
            }
        }

        return true;
    }
}
