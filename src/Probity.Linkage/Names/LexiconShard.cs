using System.Runtime.CompilerServices;

namespace Probity.Linkage;

/// <summary>What a <see cref="Lexicon"/> knows of a word, on one line of a processor's cache.</summary>
internal struct LexiconWord
{
    /// <summary>The key of its text.</summary>
    public ulong Key;

    /// <summary>What stands in it: see <see cref="WordUse.Letters"/>.</summary>
    public uint Letters;

    /// <summary>Where its text begins.</summary>
    public int Start;

    /// <summary>Names in which it stands.</summary>
    public int Records;

    /// <summary>Its rarity.</summary>
    public float Bits;

    /// <summary>How many letters it has.</summary>
    public byte Length;

    /// <summary>Its kind.</summary>
    public WordKind Kind;
}

/// <summary>A part of a <see cref="Lexicon"/>: a table with open addressing over the words' keys. Filled by one thread at a time.</summary>
internal sealed class LexiconShard
{
    private int[] _slots = new int[64];
    private LexiconWord[] _words = new LexiconWord[32];
    private char[] _texts = new char[256];
    private int _letters;

    /// <summary>How many words there are.</summary>
    public int Count { get; private set; }

    /// <summary>The place of a word; a new one the first time.</summary>
    public int Intern(ulong key, ReadOnlySpan<char> text)
    {
        int slot = SlotOf(key);
        if (_slots[slot] > 0)
        {
            return _slots[slot] - 1;
        }

        if (Count == _words.Length)
        {
            Grow();
            slot = SlotOf(key);
        }

        while (_letters + text.Length > _texts.Length)
        {
            Array.Resize(ref _texts, _texts.Length * 2);
        }

        text.CopyTo(_texts.AsSpan(_letters));
        _words[Count] = new LexiconWord { Key = key, Letters = LettersOf(text), Start = _letters, Length = (byte)text.Length, Kind = Vocabulary.KindOf(text) };
        _letters += text.Length;
        _slots[slot] = ++Count;
        return Count - 1;
    }

    /// <summary>Reads, all at once, where words would stand: see <see cref="Corpus.Fetch"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Fetch(ulong[] keys, ReadOnlySpan<int> words)
    {
        int mask = _slots.Length - 1;
        int read = 0;
        foreach (int word in words)
        {
            read += _slots[(int)keys[word] & mask];
        }

        foreach (int word in words)
        {
            read += _words[Math.Max(1, _slots[(int)keys[word] & mask]) - 1].Records;
        }

        return read;
    }

    /// <summary>The place of a word; −1 where it is unknown.</summary>
    public int Find(ulong key) => _slots[SlotOf(key)] - 1;

    /// <summary>What is known of a word.</summary>
    public ref LexiconWord Word(int place) => ref _words[place];

    /// <summary>A word's text.</summary>
    public ReadOnlySpan<char> Text(int place)
    {
        ref LexiconWord word = ref _words[place];
        return _texts.AsSpan(word.Start, word.Length);
    }

    /// <summary>Sets the rarity of every word.</summary>
    public void Weigh(WordRarity rarity)
    {
        for (int i = 0; i < Count; i++)
        {
            _words[i].Bits = rarity.BitsOf(ref _words[i]);
        }
    }

    /// <summary>The keys of the words that stand in names, with in how many.</summary>
    public IEnumerable<(ulong Key, int Records)> Counted()
    {
        for (int i = 0; i < Count; i++)
        {
            if (_words[i].Records > 0)
            {
                yield return (_words[i].Key, _words[i].Records);
            }
        }
    }

    private int SlotOf(ulong key)
    {
        int mask = _slots.Length - 1;
        int slot = (int)key & mask;
        while (_slots[slot] > 0 && _words[_slots[slot] - 1].Key != key)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        Array.Resize(ref _words, _words.Length * 2);
        _slots = new int[_words.Length * 2];
        for (int i = 0; i < Count; i++)
        {
            _slots[SlotOf(_words[i].Key)] = i + 1;
        }
    }

    private static uint LettersOf(ReadOnlySpan<char> word)
    {
        uint letters = 0;
        foreach (char letter in word)
        {
            letters |= 1U << (letter & 31);
        }

        return letters;
    }
}
