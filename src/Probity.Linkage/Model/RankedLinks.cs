namespace Probity.Linkage;

/// <summary>Links from the strongest down; equally strong ones in an order drawn from their records' identifiers, in whatever order records came.</summary>
internal static class RankedLinks
{
    /// <summary>Sorts by counting: there are few different strengths.</summary>
    /// <param name="records">The records.</param>
    /// <param name="pairs">Their pairs, in any order.</param>
    /// <param name="leastBits">Pairs below are left out.</param>
    public static ScoredPair[] Of(RecordSet records, ReadOnlySpan<ScoredPair> pairs, double leastBits)
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

        ScoredPair[] ranked = Dealt(pairs, leastBits, counts);
        ulong[] drawn = [.. ranked.Select(pair => Drawn(records, pair))];
        int start = 0;
        foreach (int count in counts.Values)
        {
            Array.Sort(drawn, ranked, start, count);
            start += count;
        }

        return ranked;
    }

    private static ulong Drawn(RecordSet records, ScoredPair pair)
    {
        (ulong one, ulong other) = (records.Drawn(pair.One), records.Drawn(pair.Other));
        return TextKey.Mix(Math.Min(one, other), Math.Max(one, other));
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
