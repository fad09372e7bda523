namespace Probity.Yaml;

/// <summary>The known name a mistyped one most likely stands for.</summary>
public static class NearestName
{
    /// <summary>
    /// The known name with the fewest edits, at most a third of the name's length and at least one: a character more, less or other, or two neighbours
    /// exchanged (optimal string alignment); null
    /// where none is that near. Between equals, the first given.
    /// </summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        int best = Math.Max(1, name.Length / 3) + 1;
        string? nearest = null;
        foreach (string candidate in known)
        {
            int edits = Edits(name, candidate);
            if (edits < best)
            {
                (best, nearest) = (edits, candidate);
            }
        }

        return nearest;
    }

    private static int Edits(string a, string b)
    {
        int[] before = [];
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int[] next = new int[b.Length + 1];
            next[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                next[j] = Math.Min(row[j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1), Math.Min(row[j], next[j - 1]) + 1);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    next[j] = Math.Min(next[j], before[j - 2] + 1);
                }
            }

            (before, row) = (row, next);
        }

        return row[b.Length];
    }

    private static bool Same(char one, char other) => char.ToLowerInvariant(one) == char.ToLowerInvariant(other);
}
