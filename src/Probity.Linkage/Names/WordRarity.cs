using System.Numerics;
using Probity.Evidence.Analysis;

namespace Probity.Linkage;

/// <summary>
/// How rare a word is, in bits: −log2 of the share of records whose names carry it, blended with what is expected of its kind before any
/// corpus is seen. How many records there are, and in how many the word stands, counts in steps: a further record seldom changes how rare a
/// word is, and if it does, only for those that bear the word (docs/decisions/linkage-incremental.md).
/// </summary>
internal sealed class WordRarity
{
    /// <summary>Bits that agreement on a word of some kind is worth before any corpus is seen.</summary>
    private const double TellingBits = 12;
    private const double CommonBits = 4;
    private const double CountryBits = 8;

    /// <summary>How many records the bits above are worth against the corpus.</summary>
    private const double PriorRecords = 1000;

    private readonly int _records;
    private readonly Func<ulong, int>? _counts;

    private WordRarity(int records, Func<ulong, int>? counts) => (_records, _counts) = (records, counts);

    /// <summary>By the counts in the lexicon itself.</summary>
    /// <param name="records">How many records the corpus has; 0 or more.</param>
    public static WordRarity OfCorpus(int records) => new(records, null);

    /// <summary>As it was before a change.</summary>
    /// <param name="records">How many records there were.</param>
    /// <param name="counts">In how many names words stood that changed records bear or bore.</param>
    /// <param name="now">The words as they are now, the others among them.</param>
    public static WordRarity Before(int records, Dictionary<ulong, int> counts, Lexicon now) =>
        new(records, word => counts.TryGetValue(word, out int before) ? before : now.RecordsOf(word));

    /// <summary>The bits of a word.</summary>
    public float BitsOf(ref LexiconWord word)
    {
        double prior = word.Kind switch { WordKind.Common => CommonBits, WordKind.Country => CountryBits, _ => TellingBits };
        double share = (RecordsOf(ref word) + (PriorRecords * Elementary.Pow(2, -prior))) / (Step(_records) + PriorRecords);
        return (float)-Elementary.Log2(share);
    }

    /// <summary>In how many names the word stands, by the counts in use.</summary>
    public int RecordsOf(ref LexiconWord word) => Step(_counts is null ? word.Records : _counts(word.Key));

    /// <summary>The greatest of 0, 1, 2, 3, 4, 6, 8, 12, 16, 24 … that is not more: the first two binary digits count.</summary>
    public static int Step(int records) => records & ~((1 << Math.Max(0, BitOperations.Log2((uint)records) - 1)) - 1);
}
