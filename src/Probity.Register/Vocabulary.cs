namespace Probity.Register;

/// <summary>All words of an index with how many organisations have each, to find what a mistyped word most likely stands for.</summary>
/// <param name="words">Each word once with its number of organisations.</param>
public sealed class Vocabulary(IEnumerable<KeyValuePair<string, int>> words)
{
    /// <summary>Words searched instead of a mistyped one, at most.</summary>
    public const int MaxCorrections = 8;

    /// <summary>Shorter words are not corrected: one edit makes another word of nearly every short one.</summary>
    public const int ShortestCorrected = 3;

    private readonly Dictionary<int, List<KeyValuePair<string, int>>> _byLength = words
        .GroupBy(word => word.Key.Length)
        .ToDictionary(group => group.Key, group => group.OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal).ToList());

    /// <summary>
    /// The words one edit away (a letter more, less, other, or two neighbours swapped: optimal string alignment), the commonest first, at most
    /// <see cref="MaxCorrections"/>. Empty for words shorter than <see cref="ShortestCorrected"/> and for numbers.
    /// </summary>
    public IReadOnlyList<string> OneEditFrom(string typed)
    {
        if (typed.Length < ShortestCorrected || typed.All(char.IsAsciiDigit))
        {
            return [];
        }

        var near = new List<KeyValuePair<string, int>>();
        for (int length = typed.Length - 1; length <= typed.Length + 1; length++)
        {
            if (_byLength.TryGetValue(length, out List<KeyValuePair<string, int>>? candidates))
            {
                near.AddRange(candidates.Where(candidate => IsOneEdit(typed, candidate.Key)).Take(MaxCorrections));
            }
        }

        return [.. near.OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal).Take(MaxCorrections).Select(word => word.Key)];
    }

    /// <summary>Whether exactly one edit leads from one word to the other.</summary>
    internal static bool IsOneEdit(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.Length > b.Length)
        {
            ReadOnlySpan<char> longer = a;
            a = b;
            b = longer;
        }

        int start = a.CommonPrefixLength(b);
        ReadOnlySpan<char> restA = a[start..];
        ReadOnlySpan<char> restB = b[start..];
        return (b.Length - a.Length) switch
        {
            1 => restA.SequenceEqual(restB[1..]),
            0 when restA.Length >= 1 => restA[1..].SequenceEqual(restB[1..])
                || (restA.Length >= 2 && restA[0] == restB[1] && restA[1] == restB[0] && restA[2..].SequenceEqual(restB[2..])),
            _ => false,
        };
    }
}
