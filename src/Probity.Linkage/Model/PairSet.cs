namespace Probity.Linkage;

/// <summary>Pairs that the keys of one bucket make; the same pair may stand several times. Filled by one thread.</summary>
internal sealed class PairSet
{
    /// <summary>Parts into which pairs are dealt by their earlier record.</summary>
    public const int Parts = 256;

    /// <summary>Records of one key that are all paired; of a longer list each record is paired with the next few only.</summary>
    public const int MostInBlock = 40;
    public const int Neighbours = 2;

    private const int FieldBits = 3;
    private const int RecordBits = 30;

    private readonly int[] _places = new int[Parts];
    private ulong[] _pairs = [];
    private int _count;

    /// <summary>Keys on more records than are all paired.</summary>
    public long CommonKeys { get; private set; }

    /// <summary>How many pairs belong to a part.</summary>
    public int CountOf(int part) => _places[part];

    /// <summary>The earlier record, the later and the field of a pair.</summary>
    public static (int One, int Other, int Field) Read(ulong pair) =>
        ((int)(pair >> (RecordBits + FieldBits)), (int)(pair >> FieldBits) & ((1 << RecordBits) - 1), (int)pair & ((1 << FieldBits) - 1));

    /// <summary>The earlier record of a pair.</summary>
    public static int One(ulong pair) => (int)(pair >> (RecordBits + FieldBits));

    /// <summary>True where two are the same pair, whatever found them.</summary>
    public static bool Same(ulong one, ulong other) => one >> FieldBits == other >> FieldBits;

    /// <summary>Pairs the records of a key.</summary>
    /// <param name="records">Each of a common key is paired with the next in this order.</param>
    /// <param name="field">The field whose agreement the key means.</param>
    /// <param name="stretch">Records in one part.</param>
    public void Add(ReadOnlySpan<int> records, int field, int stretch)
    {
        bool common = records.Length > MostInBlock;
        CommonKeys += common ? 1 : 0;
        for (int i = 0; i < records.Length; i++)
        {
            int end = common ? Math.Min(records.Length, i + 1 + Neighbours) : records.Length;
            if (_count + end - i > _pairs.Length)
            {
                Array.Resize(ref _pairs, (_pairs.Length * 2) + 1024);
            }

            for (int j = i + 1; j < end; j++)
            {
                if (records[i] != records[j])
                {
                    (int one, int other) = records[i] < records[j] ? (records[i], records[j]) : (records[j], records[i]);
                    _pairs[_count++] = ((ulong)one << (RecordBits + FieldBits)) | ((ulong)other << FieldBits) | (uint)field;
                    _places[one / stretch]++;
                }
            }
        }
    }

    /// <summary>Sets where the set's pairs of a part go.</summary>
    public int Place(int part, int place)
    {
        int count = _places[part];
        _places[part] = place;
        return place + count;
    }

    /// <summary>Writes the pairs where they go and lets go of its own.</summary>
    public void Deal(ulong[] pairs, int stretch)
    {
        foreach (ulong pair in _pairs.AsSpan(0, _count))
        {
            pairs[_places[One(pair) / stretch]++] = pair;
        }

        _pairs = [];
    }
}
