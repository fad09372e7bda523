namespace Probity.Linkage;

/// <summary>A pair of records worth comparing.</summary>
/// <param name="One">The earlier record's place in the corpus.</param>
/// <param name="Other">The later record's place.</param>
/// <param name="Blocks">Bit <c>1 &lt;&lt; field</c> for each field whose agreement found the pair.</param>
/// <param name="Pattern">How its fields compare.</param>
internal readonly record struct Candidate(int One, int Other, byte Blocks, int Pattern);

/// <summary>
/// Finds the pairs worth comparing, records that share a key of <see cref="RecordKeys"/>, and compares them. Keys and pairs are dealt into
/// parts that fit a processor's cache; every step runs on all cores, and its result does not depend on how many there are.
/// </summary>
internal sealed class Blocking(Corpus corpus, PairComparison comparison)
{
    private const int Stretches = 64;

    private readonly RecordKeys _keys = new(corpus.Lexicon, corpus.Rarity, leaveOutLone: true);
    private readonly int _stretch = Math.Max(1, (corpus.Count + PairSet.Parts - 1) / PairSet.Parts);

    /// <summary>Keys on more records than are all paired.</summary>
    public long CommonKeys { get; private set; }

    /// <summary>Identifiers that count as none because many records of different names carry them.</summary>
    public IReadOnlyList<string> Placeholders { get; private set; } = [];

    /// <summary>The candidates, each once: the parts in order hold them by first and then second record.</summary>
    public Candidate[][] Find()
    {
        PairSet[] sets = Pair(out int[] ends);
        ulong[] pairs = GC.AllocateUninitializedArray<ulong>(ends[^1]);
        Parallel.For(0, sets.Length, set => sets[set].Deal(pairs, _stretch));
        Candidate[][] candidates = new Candidate[PairSet.Parts][];
        Parallel.For(0, PairSet.Parts, () => new PairOrder(_stretch), (part, _, order) =>
        {
            candidates[part] = Distinct(order.Sort(pairs.AsSpan(ends[part], ends[part + 1] - ends[part]), part * _stretch));
            Compare(candidates[part]);
            return order;
        }, _ => { });
        return candidates;
    }

    private PairSet[] Pair(out int[] ends)
    {
        ulong[] keys = Deal(out int[] records, out int[] buckets);
        var shared = new SharedValues(corpus, _keys);
        PairSet[] sets = new PairSet[KeyStretch.Buckets];
        Parallel.For(0, sets.Length, () => new KeyGroups(), (bucket, _, groups) =>
        {
            int length = buckets[bucket + 1] - buckets[bucket];
            groups.Take(keys.AsSpan(buckets[bucket], length), records.AsSpan(buckets[bucket], length));
            sets[bucket] = PairsOf(groups, shared);
            return groups;
        }, _ => { });
        CommonKeys = sets.Sum(set => set.CommonKeys);
        Placeholders = shared.Placeholders;
        ends = new int[PairSet.Parts + 1];
        for (int part = 0; part < PairSet.Parts; part++)
        {
            ends[part + 1] = sets.Aggregate(ends[part], (place, set) => set.Place(part, place));
        }

        return sets;
    }

    /// <summary>All keys, bucket after bucket, and where each bucket begins.</summary>
    private ulong[] Deal(out int[] records, out int[] buckets)
    {
        KeyStretch[] stretches = [.. Enumerable.Range(0, Stretches).Select(_ => new KeyStretch())];
        int length = (corpus.Count + Stretches - 1) / Stretches;
        Parallel.For(0, Stretches, i => stretches[i].Read(corpus, _keys, Math.Min(i * length, corpus.Count), Math.Min((i + 1) * length, corpus.Count)));
        buckets = new int[KeyStretch.Buckets + 1];
        for (int bucket = 0; bucket < KeyStretch.Buckets; bucket++)
        {
            buckets[bucket + 1] = stretches.Aggregate(buckets[bucket], (place, stretch) => stretch.Place(bucket, place));
        }

        ulong[] keys = GC.AllocateUninitializedArray<ulong>(buckets[^1]);
        int[] of = GC.AllocateUninitializedArray<int>(buckets[^1]);
        Parallel.For(0, Stretches, i => stretches[i].Deal(keys, of));
        records = of;
        return keys;
    }

    private PairSet PairsOf(KeyGroups groups, SharedValues shared)
    {
        var pairs = new PairSet();
        for (int group = 0; group < groups.Count; group++)
        {
            ReadOnlySpan<int> records = groups.Records(group);
            if (records.Length > 1 && !shared.Note(groups.Key(group), records))
            {
                pairs.Add(records.Length > PairSet.MostInBlock ? Drawn(records) : records, RecordKeys.FieldOf(groups.Key(group)), _stretch);
            }
        }

        return pairs;
    }

    /// <summary>The records of a common key in an order that is theirs in any order of rows.</summary>
    private int[] Drawn(ReadOnlySpan<int> records)
    {
        int[] ordered = records.ToArray();
        ulong[] drawn = new ulong[ordered.Length];
        for (int i = 0; i < drawn.Length; i++)
        {
            drawn[i] = corpus.Drawn(ordered[i]);
        }

        Array.Sort(drawn, ordered);
        return ordered;
    }

    /// <summary>Each pair once, with all that found it, not compared yet.</summary>
    private static Candidate[] Distinct(ReadOnlySpan<ulong> pairs)
    {
        int count = pairs.IsEmpty ? 0 : 1;
        for (int i = 1; i < pairs.Length; i++)
        {
            count += PairSet.Same(pairs[i], pairs[i - 1]) ? 0 : 1;
        }

        Candidate[] candidates = GC.AllocateUninitializedArray<Candidate>(count);
        count = 0;
        for (int i = 0; i < pairs.Length; count++)
        {
            (int one, int other, _) = PairSet.Read(pairs[i]);
            byte blocks = 0;
            for (int from = i; i < pairs.Length && PairSet.Same(pairs[i], pairs[from]); i++)
            {
                blocks |= (byte)(1 << PairSet.Read(pairs[i]).Field);
            }

            candidates[count] = new Candidate(one, other, blocks, 0);
        }

        return candidates;
    }

    private void Compare(Span<Candidate> candidates)
    {
        Span<int> ahead = stackalloc int[Corpus.Ahead];
        for (int from = 0; from < candidates.Length; from += ahead.Length)
        {
            Span<Candidate> next = candidates[from..Math.Min(candidates.Length, from + ahead.Length)];
            for (int i = 0; i < next.Length; i++)
            {
                ahead[i] = next[i].Other;
            }

            corpus.Fetch(ahead[..next.Length]);
            foreach (ref Candidate pair in next)
            {
                pair = pair with { Pattern = comparison.Compare(corpus.View(pair.One), corpus.View(pair.Other)) };
            }
        }
    }
}
