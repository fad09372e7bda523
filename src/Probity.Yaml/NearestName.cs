namespace Probity.Yaml;

/// <summary>The known name a mistyped one most likely stands for.</summary>
public static class NearestName
{
    /// <summary>
    /// The known name with the fewest single-character edits (Levenshtein), at most a third of the name's length and at least one; null
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
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int changed = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
