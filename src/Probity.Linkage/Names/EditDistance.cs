namespace Probity.Linkage;

/// <summary>
/// Damerau's distance with adjacent transpositions (optimal string alignment), only as far as it is needed. F. J. Damerau, A technique for
/// computer detection and correction of spelling errors, CACM 7(3), 1964.
/// </summary>
internal static class EditDistance
{
    /// <summary>True where one text becomes the other with at most <paramref name="most"/> insertions, deletions, substitutions or swaps of neighbours.</summary>
    public static bool Within(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int most)
    {
        if (Math.Abs(a.Length - b.Length) > most)
        {
            return false;
        }

        int same = a.CommonPrefixLength(b);
        a = a[same..];
        b = b[same..];
        int end = 0;
        while (end < Math.Min(a.Length, b.Length) && a[^(end + 1)] == b[^(end + 1)])
        {
            end++;
        }

        a = a[..^end];
        b = b[..^end];

        return Math.Max(a.Length, b.Length) <= most || (most == 1 ? IsSwap(a, b) : most > 1 && Aligned(a, b, most));
    }

    private static bool IsSwap(ReadOnlySpan<char> a, ReadOnlySpan<char> b) => a.Length == 2 && b.Length == 2 && a[0] == b[1] && a[1] == b[0];

    /// <summary>The table of distances between all beginnings, three rows of it at a time.</summary>
    private static bool Aligned(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int most)
    {
        Span<int> before = stackalloc int[b.Length + 1];
        Span<int> above = stackalloc int[b.Length + 1];
        Span<int> row = stackalloc int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            above[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            int least = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int edits = Math.Min(above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), Math.Min(above[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    edits = Math.Min(edits, before[j - 2] + 1);
                }

                row[j] = edits;
                least = Math.Min(least, edits);
            }

            if (least > most)
            {
                return false;
            }

            Span<int> spare = before;
            before = above;
            above = row;
            row = spare;
        }

        return above[b.Length] <= most;
    }
}
