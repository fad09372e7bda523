using System.Runtime.InteropServices;

namespace Probity.Linkage;

/// <summary>How often a pattern occurs among pairs that one set of blocking fields found.</summary>
/// <param name="Blocks">Bit <c>1 &lt;&lt; field</c> for each field whose agreement found the pairs; 0 for none.</param>
/// <param name="Pattern">How their fields compare.</param>
/// <param name="Pairs">How many there are; of a sample, how many it stands for.</param>
internal readonly record struct PatternCount(byte Blocks, int Pattern, double Pairs);

/// <summary>Counts patterns, a part for each thread.</summary>
internal sealed class PatternCounts
{
    private readonly Dictionary<(byte Blocks, int Pattern), long> _counts = [];

    /// <summary>Counts a pair.</summary>
    public void Add(byte blocks, int pattern) => CollectionsMarshal.GetValueRefOrAddDefault(_counts, (blocks, pattern), out _)++;

    /// <summary>All parts together, always in the same order.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="each">Pairs for which each counted one stands.</param>
    public static List<PatternCount> Of(IEnumerable<PatternCounts> parts, double each)
    {
        var all = new PatternCounts();
        foreach (((byte, int) pattern, long pairs) in parts.SelectMany(part => part._counts))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(all._counts, pattern, out _) += pairs;
        }

        return [.. all._counts
            .Select(count => new PatternCount(count.Key.Blocks, count.Key.Pattern, each * count.Value))
            .OrderBy(count => count.Pattern).ThenBy(count => count.Blocks)];
    }
}
