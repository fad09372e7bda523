using System.Runtime.InteropServices;

namespace Probity.Linkage;

/// <summary>
/// The words of a corpus as small numbers, with what a comparison needs of each: text, kind, letters and rarity. Filled by one thread;
/// afterwards safe for many readers.
/// </summary>
internal sealed class Lexicon
{
    /// <summary>Bits that agreement on a word of some kind is worth before any corpus is seen; a corpus moves it.</summary>
    private const float TellingBits = 12;
    private const float CommonBits = 4;
    private const float CountryBits = 8;

    /// <summary>How many records the bits above are worth against the corpus.</summary>
    private const float PriorRecords = 1000;

    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];
    private readonly List<WordKind> _kinds = [];
    private readonly List<ulong> _letters = [];
    private readonly List<int> _records = [];
    private float[] _bits = [];

    /// <summary>How many words there are.</summary>
    public int Count => _texts.Count;

    /// <summary>The number of a word; a new one the first time.</summary>
    public int Intern(string word)
    {
        ref int id = ref CollectionsMarshal.GetValueRefOrAddDefault(_ids, word, out bool known);
        if (!known)
        {
            id = _texts.Count;
            _texts.Add(word);
            _kinds.Add(Vocabulary.KindOf(word));
            _letters.Add(LettersOf(word));
            _records.Add(0);
        }

        return id;
    }

    /// <summary>Counts a record for each of its different words.</summary>
    public void Observe(ReadOnlySpan<int> words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            if (words[..i].IndexOf(words[i]) < 0)
            {
                CollectionsMarshal.AsSpan(_records)[words[i]]++;
            }
        }
    }

    /// <summary>Sets the rarity of every word from the records counted.</summary>
    /// <param name="records">How many records the corpus has; 0 or more.</param>
    public void Weigh(int records)
    {
        _bits = new float[_texts.Count];
        for (int i = 0; i < _bits.Length; i++)
        {
            float prior = _kinds[i] switch { WordKind.Common => CommonBits, WordKind.Country => CountryBits, _ => TellingBits };
            float share = (_records[i] + (PriorRecords * MathF.Pow(2, -prior))) / (records + PriorRecords);
            _bits[i] = -MathF.Log2(share);
        }
    }

    /// <summary>The word.</summary>
    public string Text(int id) => _texts[id];

    /// <summary>Its kind.</summary>
    public WordKind Kind(int id) => _kinds[id];

    /// <summary>Bits of evidence that agreement on the word is worth: −log2 of the share of records that carry it.</summary>
    public float Bits(int id) => _bits[id];

    /// <summary>In how many records of the corpus the word stands.</summary>
    public int Records(int id) => _records[id];

    /// <summary>One bit for each letter and digit that stands in the word: a quick "cannot be near" before an edit distance.</summary>
    public ulong Letters(int id) => _letters[id];

    private static ulong LettersOf(string word)
    {
        ulong letters = 0;
        foreach (char letter in word)
        {
            letters |= 1UL << (letter & 63);
        }

        return letters;
    }
}
