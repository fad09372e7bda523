using System.Numerics;

namespace Probity.Linkage;

/// <summary>For every key the records that have it, as chains in one array: an inverted index that takes records one after the other.</summary>
internal sealed class KeyChains
{
    private ulong[] _keys = new ulong[1024];
    private int[] _heads = new int[1024];
    private int[] _counts = new int[1024];
    private int[] _records = new int[1024];
    private int[] _next = new int[1024];
    private int _links;
    private int _used;

    /// <summary>How many records have a key.</summary>
    public int CountOf(ulong key) => _counts[SlotOf(key)];

    /// <summary>Appends the records that have a key to a list.</summary>
    public void Collect(ulong key, List<int> records)
    {
        for (int link = _heads[SlotOf(key)]; link > 0; link = _next[link - 1])
        {
            records.Add(_records[link - 1]);
        }
    }

    /// <summary>Notes that a record has a key.</summary>
    public void Add(ulong key, int record)
    {
        if (_used * 2 >= _keys.Length)
        {
            Grow();
        }

        if (_links == _records.Length)
        {
            Array.Resize(ref _records, _links * 2);
            Array.Resize(ref _next, _links * 2);
        }

        int slot = SlotOf(key);
        _used += _counts[slot] == 0 && _keys[slot] == 0 ? 1 : 0;
        _keys[slot] = key;
        _records[_links] = record;
        _next[_links] = _heads[slot];
        _heads[slot] = ++_links;
        _counts[slot]++;
    }

    /// <summary>The slot that holds a key, or the free one where it would stand; a key is never 0.</summary>
    private int SlotOf(ulong key)
    {
        int mask = _keys.Length - 1;
        int slot = (int)BitOperations.RotateRight(key, 7) & mask;
        while (_keys[slot] != 0 && _keys[slot] != key)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        (ulong[] keys, int[] heads, int[] counts) = (_keys, _heads, _counts);
        (_keys, _heads, _counts) = (new ulong[keys.Length * 2], new int[keys.Length * 2], new int[keys.Length * 2]);
        for (int i = 0; i < keys.Length; i++)
        {
            if (keys[i] != 0)
            {
                int slot = SlotOf(keys[i]);
                (_keys[slot], _heads[slot], _counts[slot]) = (keys[i], heads[i], counts[i]);
            }
        }
    }
}
