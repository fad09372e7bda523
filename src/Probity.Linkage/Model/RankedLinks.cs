namespace Probity.Linkage;

/// <summary>Links from the strongest down; of equally strong ones by first and then second record.</summary>
internal static class RankedLinks
{
    /// <summary>Sorts by counting: there are few different strengths, and pairs come in the order of their records.</summary>
    /// <param name="pairs">By first and then second record.</param>
    /// <param name="leastBits">Pairs below are left out.</param>
    public static ScoredPair[] Of(ReadOnlySpan<ScoredPair> pairs, double leastBits)
    {
        var counts = new SortedDictionary<double, int>(Comparer<double>.Create(static (a, b) => b.CompareTo(a)));
        int[] patterns = new int[PairComparison.Patterns];
        foreach (ScoredPair pair in pairs)
        {
            patterns[pair.Pattern] += pair.Bits >= leastBits ? 1 : 0;
        }

        double[] bits = new double[PairComparison.Patterns];
        foreach (ScoredPair pair in pairs)
        {
            bits[pair.Pattern] = pair.Bits;
        }

        for (int pattern = 0; pattern < patterns.Length; pattern++)
        {
            if (patterns[pattern] > 0)
            {
                counts[bits[pattern]] = counts.GetValueOrDefault(bits[pattern]) + patterns[pattern];
            }
        }

        return Dealt(pairs, leastBits, counts);
    }

    private static ScoredPair[] Dealt(ReadOnlySpan<ScoredPair> pairs, double leastBits, SortedDictionary<double, int> counts)
    {
        var places = new Dictionary<double, int>();
        int total = 0;
        foreach ((double bits, int count) in counts)
        {
            places.Add(bits, total);
            total += count;
        }

        var ranked = new ScoredPair[total];
        foreach (ScoredPair pair in pairs)
        {
            if (pair.Bits >= leastBits)
            {
                ranked[System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(places, pair.Bits, out _)++] = pair;
            }
        }

        return ranked;
    }
}
