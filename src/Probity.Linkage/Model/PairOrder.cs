namespace Probity.Linkage;

/// <summary>Brings the pairs of a part into order, by first and then second record, with room that is used again. Owned by one thread.</summary>
/// <param name="stretch">Records in one part.</param>
internal sealed class PairOrder(int stretch)
{
    private readonly int[] _ends = new int[stretch];
    private ulong[] _sorted = [];

    /// <summary>The pairs in order, until it is asked again: the first record by counting, the few pairs of each by comparing.</summary>
    /// <param name="pairs">Of one part, in any order.</param>
    /// <param name="first">The part's first record.</param>
    public ReadOnlySpan<ulong> Sort(ReadOnlySpan<ulong> pairs, int first)
    {
        _sorted = _sorted.Length < pairs.Length ? new ulong[pairs.Length + (pairs.Length / 8)] : _sorted;
        _ends.AsSpan().Clear();
        foreach (ulong pair in pairs)
        {
            _ends[PairSet.One(pair) - first]++;
        }

        int place = 0;
        foreach (ref int end in _ends.AsSpan())
        {
            (end, place) = (place, place + end);
        }

        foreach (ulong pair in pairs)
        {
            _sorted[_ends[PairSet.One(pair) - first]++] = pair;
        }

        place = 0;
        foreach (int end in _ends)
        {
            _sorted.AsSpan(place, end - place).Sort();
            place = end;
        }

        return _sorted.AsSpan(0, pairs.Length);
    }
}
