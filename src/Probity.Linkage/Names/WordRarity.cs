namespace Probity.Linkage;

/// <summary>
/// How rare a word is, in bits: −log2 of the share of records whose names carry it, blended with what is expected of its kind before any
/// corpus is seen. Frequencies are those of the corpus itself, or those kept with a trained model, so that a new record changes no old pair.
/// </summary>
internal sealed class WordRarity
{
    /// <summary>Bits that agreement on a word of some kind is worth before any corpus is seen.</summary>
    private const float TellingBits = 12;
    private const float CommonBits = 4;
    private const float CountryBits = 8;

    /// <summary>How many records the bits above are worth against the corpus.</summary>
    private const float PriorRecords = 1000;

    private readonly int _records;
    private readonly Dictionary<ulong, int>? _frequencies;

    private WordRarity(int records, Dictionary<ulong, int>? frequencies) => (_records, _frequencies) = (records, frequencies);

    /// <summary>By the counts in the lexicon itself.</summary>
    /// <param name="records">How many records the corpus has; 0 or more.</param>
    public static WordRarity OfCorpus(int records) => new(records, null);

    /// <summary>By kept counts; a word that is not among them counts as one that stands in one record.</summary>
    public static WordRarity Kept(int records, Dictionary<ulong, int> frequencies) => new(records, frequencies);

    /// <summary>The bits of a word.</summary>
    public float BitsOf(ref LexiconWord word)
    {
        float prior = word.Kind switch { WordKind.Common => CommonBits, WordKind.Country => CountryBits, _ => TellingBits };
        float share = (RecordsOf(ref word) + (PriorRecords * MathF.Pow(2, -prior))) / (_records + PriorRecords);
        return -MathF.Log2(share);
    }

    /// <summary>In how many names the word stands, by the counts in use.</summary>
    public int RecordsOf(ref LexiconWord word) => _frequencies is null ? word.Records : _frequencies.GetValueOrDefault(word.Key, _records > 0 ? 1 : 0);
}
