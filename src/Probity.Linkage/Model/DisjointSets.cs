namespace Probity.Linkage;

/// <summary>Sets of records that are joined and never parted; the root of a set is its first record.</summary>
internal sealed class DisjointSets(int records)
{
    private readonly int[] _parent = [.. Enumerable.Range(0, records)];

    /// <summary>The first record of a record's set.</summary>
    public int Root(int record)
    {
        while (_parent[record] != record)
        {
            _parent[record] = _parent[_parent[record]];
            record = _parent[record];
        }

        return record;
    }

    /// <summary>Makes two sets one.</summary>
    public void Join(int one, int other)
    {
        (int a, int b) = (Root(one), Root(other));
        _parent[Math.Max(a, b)] = Math.Min(a, b);
    }
}
