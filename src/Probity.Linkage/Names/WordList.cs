namespace Probity.Linkage;

/// <summary>
/// The words of one text as stretches of one buffer, so that reading a million texts allocates nothing. Owned by one thread and cleared
/// from text to text.
/// </summary>
internal sealed class WordList
{
    /// <summary>Words that fit: those of a text, two signs' worth, and pieces that a reader appends.</summary>
    private const int Capacity = (2 * Words.Most) + 4;

    private readonly char[] _letters = new char[Capacity * Words.MostLetters];
    private readonly int[] _ends = new int[Capacity + 1];

    /// <summary>How many words there are.</summary>
    public int Count { get; private set; }

    /// <summary>All letters of all words, without anything between them.</summary>
    public ReadOnlySpan<char> Letters => _letters.AsSpan(0, _ends[Count]);

    /// <summary>True where no more than a sign's worth of words fits.</summary>
    public bool IsFull => Count >= Words.Most;

    /// <summary>A word, from 0.</summary>
    public ReadOnlySpan<char> this[int word] => _letters.AsSpan(_ends[word], _ends[word + 1] - _ends[word]);

    /// <summary>Forgets all words.</summary>
    public void Clear() => Count = 0;

    /// <summary>Forgets the words from one on.</summary>
    public void CutAt(int count) => Count = count;

    /// <summary>Appends a word, cut at <see cref="Words.MostLetters"/>; beyond the capacity nothing happens.</summary>
    public void Add(ReadOnlySpan<char> word)
    {
        int length = Math.Min(word.Length, Words.MostLetters);
        if (Count < Capacity)
        {
            word[..length].CopyTo(Free());
            Close(length);
        }
    }

    /// <summary>Where the next word's letters are written, before <see cref="Close"/>.</summary>
    public Span<char> Free() => _letters.AsSpan(_ends[Count]);

    /// <summary>Makes the letters written to <see cref="Free"/> a word; nothing where there are none.</summary>
    public void Close(int length)
    {
        if (length > 0 && Count < Capacity)
        {
            _ends[Count + 1] = _ends[Count] + length;
            Count++;
        }
    }
}
