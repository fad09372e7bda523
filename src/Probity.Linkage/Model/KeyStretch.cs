namespace Probity.Linkage;

/// <summary>The keys of a stretch of records, read by one thread and then dealt into buckets of keys.</summary>
internal sealed class KeyStretch
{
    /// <summary>Buckets of keys: a power of two.</summary>
    public const int Buckets = 256;

    private readonly int[] _places = new int[Buckets];
    private ulong[] _keys = [];
    private int[] _records = [];
    private int _count;

    /// <summary>How many of the keys belong to a bucket.</summary>
    public int CountOf(int bucket) => _places[bucket];

    /// <summary>Reads the keys of records from one up to another.</summary>
    public void Read(Corpus corpus, RecordKeys reading, int from, int to)
    {
        _keys = GC.AllocateUninitializedArray<ulong>((to - from) * 10);
        _records = GC.AllocateUninitializedArray<int>((to - from) * 10);
        Span<ulong> keys = stackalloc ulong[RecordKeys.Most];
        for (int record = from; record < to; record++)
        {
            if ((record - from) % Corpus.Ahead == 0)
            {
                corpus.FetchWords(record, Math.Min(record + Corpus.Ahead, to));
            }

            int written = reading.Write(corpus.View(record), keys);
            if (_count + written > _keys.Length)
            {
                Array.Resize(ref _keys, (_keys.Length * 2) + RecordKeys.Most);
                Array.Resize(ref _records, _keys.Length);
            }

            foreach (ulong key in keys[..written])
            {
                _keys[_count] = key;
                _records[_count++] = record;
                _places[BucketOf(key)]++;
            }
        }
    }

    /// <summary>Sets where the stretch's keys of a bucket go.</summary>
    public int Place(int bucket, int place)
    {
        int count = _places[bucket];
        _places[bucket] = place;
        return place + count;
    }

    /// <summary>Writes the keys where they go, in the order of the records, and lets go of its own.</summary>
    public void Deal(ulong[] keys, int[] records)
    {
        for (int i = 0; i < _count; i++)
        {
            int place = _places[BucketOf(_keys[i])]++;
            keys[place] = _keys[i];
            records[place] = _records[i];
        }

        (_keys, _records) = ([], []);
    }

    private static int BucketOf(ulong key) => (int)(key >> 56);
}
