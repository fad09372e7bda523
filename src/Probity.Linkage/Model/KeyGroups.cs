namespace Probity.Linkage;

/// <summary>Brings the records of equal keys together, bucket by bucket, with a table small enough for a processor's cache. Owned by one thread.</summary>
internal sealed class KeyGroups
{
    private int[] _slots = [];
    private int[] _groups = [];
    private int[] _ends = [];
    private ulong[] _keys = [];
    private int[] _records = [];
    private int _count;

    /// <summary>How many different keys there are.</summary>
    public int Count => _count;

    /// <summary>A group's key.</summary>
    public ulong Key(int group) => _keys[group];

    /// <summary>A group's records, in their order; one that has the key twice stands twice.</summary>
    public ReadOnlySpan<int> Records(int group)
    {
        int start = group == 0 ? 0 : _ends[group - 1];
        return _records.AsSpan(start, _ends[group] - start);
    }

    /// <summary>Takes the keys of a bucket with their records.</summary>
    public void Take(ReadOnlySpan<ulong> keys, ReadOnlySpan<int> records)
    {
        Room(keys.Length);
        _count = 0;
        int mask = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, keys.Length * 2)) - 1;
        _slots.AsSpan(0, mask + 1).Clear();
        for (int i = 0; i < keys.Length; i++)
        {
            int slot = (int)(keys[i] >> 3) & mask;
            while (_slots[slot] > 0 && _keys[_slots[slot] - 1] != keys[i])
            {
                slot = (slot + 1) & mask;
            }

            if (_slots[slot] == 0)
            {
                _keys[_count] = keys[i];
                _ends[_count] = 0;
                _slots[slot] = ++_count;
            }

            _groups[i] = _slots[slot] - 1;
            _ends[_groups[i]]++;
        }

        Deal(records);
    }

    private void Deal(ReadOnlySpan<int> records)
    {
        int start = 0;
        for (int group = 0; group < _count; group++)
        {
            (_ends[group], start) = (start, start + _ends[group]);
        }

        for (int i = 0; i < records.Length; i++)
        {
            _records[_ends[_groups[i]]++] = records[i];
        }
    }

    private void Room(int keys)
    {
        if (_groups.Length < keys)
        {
            int room = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)keys);
            (_groups, _ends, _keys, _records) = (new int[room], new int[room], new ulong[room], new int[room]);
        }

        int slots = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, keys * 2));
        _slots = _slots.Length < slots ? new int[slots] : _slots;
    }
}
