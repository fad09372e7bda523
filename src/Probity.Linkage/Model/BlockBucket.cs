using System.Runtime.InteropServices;

namespace Probity.Linkage;

/// <summary>The keys of a part of the key space with their records, sorted by one thread; the pairs they make.</summary>
internal sealed class BlockBucket(int size)
{
    /// <summary>Records of one key that are all paired; of a longer list each record is paired with the next few only.</summary>
    private const int MostInBlock = 40;
    private const int Neighbours = 2;

    private const int Bits = 5;

    private readonly ulong[] _keys = new ulong[size];
    private readonly int[] _records = new int[size];
    private int _filled;

    /// <summary>Pairs, the earlier record in the upper half; a pair may stand several times.</summary>
    public List<ulong> Pairs { get; } = new(size);

    /// <summary>For each pair, the bit of the field whose key made it.</summary>
    public List<byte> Fields { get; } = new(size);

    /// <summary>Keys on more records than are all paired.</summary>
    public long CommonKeys { get; private set; }

    /// <summary>Deals keys into buckets by their highest bits.</summary>
    public static BlockBucket[] Deal(List<ulong> keys, List<int> records)
    {
        int[] sizes = new int[1 << Bits];
        foreach (ulong key in CollectionsMarshal.AsSpan(keys))
        {
            sizes[key >> (64 - Bits)]++;
        }

        BlockBucket[] buckets = [.. sizes.Select(size => new BlockBucket(size))];
        for (int i = 0; i < keys.Count; i++)
        {
            BlockBucket bucket = buckets[keys[i] >> (64 - Bits)];
            bucket._keys[bucket._filled] = keys[i];
            bucket._records[bucket._filled++] = records[i];
        }

        return buckets;
    }

    /// <summary>Sorts the keys and pairs the records of each.</summary>
    public void FindPairs()
    {
        Array.Sort(_keys, _records);
        int start = 0;
        for (int i = 1; i <= _keys.Length; i++)
        {
            if (i == _keys.Length || _keys[i] != _keys[start])
            {
                AddPairs(_records.AsSpan(start, i - start), (byte)(1 << (int)(_keys[start] & ((1 << Blocking.FieldBits) - 1))));
                start = i;
            }
        }
    }

    private void AddPairs(Span<int> block, byte field)
    {
        if (block.Length < 2)
        {
            return;
        }

        block.Sort();
        bool common = block.Length > MostInBlock;
        CommonKeys += common ? 1 : 0;
        for (int i = 0; i < block.Length; i++)
        {
            int end = common ? Math.Min(block.Length, i + 1 + Neighbours) : block.Length;
            for (int j = i + 1; j < end; j++)
            {
                if (block[i] != block[j])
                {
                    Pairs.Add(((ulong)block[i] << 32) | (uint)block[j]);
                    Fields.Add(field);
                }
            }
        }
    }
}
