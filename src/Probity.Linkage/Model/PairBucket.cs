namespace Probity.Linkage;

/// <summary>The pairs whose earlier record lies in one stretch of the corpus, sorted and freed of repetitions by one thread.</summary>
internal sealed class PairBucket(int size)
{
    private const int Buckets = 32;

    private readonly ulong[] _pairs = new ulong[size];
    private readonly byte[] _fields = new byte[size];
    private readonly List<Candidate> _candidates = new(size);
    private int _filled;

    /// <summary>All pairs of some buckets of keys, by first and then second record, each once with all fields that found it.</summary>
    public static List<Candidate> Merge(BlockBucket[] blocks, int records)
    {
        int stretch = Math.Max(1, (records + Buckets - 1) / Buckets);
        int[] sizes = new int[Buckets];
        foreach (ulong pair in blocks.SelectMany(block => block.Pairs))
        {
            sizes[(int)(pair >> 32) / stretch]++;
        }

        PairBucket[] buckets = [.. sizes.Select(size => new PairBucket(size))];
        foreach (BlockBucket block in blocks)
        {
            for (int i = 0; i < block.Pairs.Count; i++)
            {
                PairBucket bucket = buckets[(int)(block.Pairs[i] >> 32) / stretch];
                bucket._pairs[bucket._filled] = block.Pairs[i];
                bucket._fields[bucket._filled++] = block.Fields[i];
            }
        }

        Parallel.ForEach(buckets, bucket => bucket.Sort());
        var candidates = new List<Candidate>(buckets.Sum(bucket => bucket._candidates.Count));
        foreach (PairBucket bucket in buckets)
        {
            candidates.AddRange(bucket._candidates);
        }

        return candidates;
    }

    private void Sort()
    {
        Array.Sort(_pairs, _fields);
        for (int i = 0; i < _pairs.Length;)
        {
            ulong pair = _pairs[i];
            byte fields = 0;
            for (; i < _pairs.Length && _pairs[i] == pair; i++)
            {
                fields |= _fields[i];
            }

            _candidates.Add(new Candidate((int)(pair >> 32), (int)(uint)pair, fields));
        }
    }
}
