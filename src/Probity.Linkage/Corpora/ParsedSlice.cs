using System.Runtime.InteropServices;

namespace Probity.Linkage;

/// <summary>Some rows taken apart, their words in the order in which they stand, numbered shard by shard. Reused from batch to batch.</summary>
internal sealed class ParsedSlice(int rows)
{
    /// <summary>Rows that one slice takes.</summary>
    public const int Rows = 1 << 12;

    private readonly NameReading _name = new();
    private readonly AddressReading _address = new();
    private readonly LinkFacts[] _facts = new LinkFacts[rows];
    private readonly List<RecordIdentifier> _identifiers = [];
    private readonly List<int> _unnamed = [];
    private readonly Dictionary<string, long> _failed = new(StringComparer.Ordinal);
    private ulong[] _keys = new ulong[rows * 8];
    private int[] _ids = new int[rows * 8];
    private int[] _starts = new int[rows * 8];
    private bool[] _counts = new bool[rows * 8];
    private char[] _letters = new char[rows * 64];
    private readonly int[] _shards = new int[Lexicon.Shards + 1];
    private int[] _byShard = [];
    private int _words;
    private int _filled;

    /// <summary>The rows; places of words and identifiers count from this slice's first.</summary>
    public ReadOnlySpan<LinkFacts> Facts => _facts.AsSpan(0, Count);

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>The numbers of all words, rows after rows; complete after every shard was numbered.</summary>
    public ReadOnlySpan<int> Words => _ids.AsSpan(0, _words);

    /// <summary>Identifiers, whose values are places in <see cref="Words"/>.</summary>
    public ReadOnlySpan<RecordIdentifier> Identifiers => CollectionsMarshal.AsSpan(_identifiers);

    /// <summary>For each code how many numbers failed their check.</summary>
    public IReadOnlyDictionary<string, long> Failed => _failed;

    /// <summary>Places of rows whose name says nothing of whose it is, in order.</summary>
    public IReadOnlyList<int> Unnamed => _unnamed;

    /// <summary>Takes rows apart, in place of what the slice held before.</summary>
    /// <param name="columns">What the columns mean.</param>
    /// <param name="rows">The input's rows.</param>
    /// <param name="from">The first to take.</param>
    /// <param name="to">The first to leave.</param>
    public void Read(TableColumns columns, LinkRows rows, int from, int to)
    {
        (Count, _words, _filled) = (0, 0, 0);
        _identifiers.Clear();
        _failed.Clear();
        _unnamed.Clear();
        for (int row = from; row < to; row++)
        {
            Read(columns, rows, row);
        }
    }

    /// <summary>Makes <see cref="Number(Lexicon, int)"/> ready: brings the words of each shard of a lexicon together, in their order.</summary>
    public void Deal()
    {
        _byShard = _byShard.Length < _words ? new int[_keys.Length] : _byShard;
        _shards.AsSpan().Clear();
        foreach (ulong key in _keys.AsSpan(0, _words))
        {
            _shards[Lexicon.ShardOf(key) + 1]++;
        }

        for (int shard = 0; shard < Lexicon.Shards; shard++)
        {
            _shards[shard + 1] += _shards[shard];
        }

        Span<int> places = stackalloc int[Lexicon.Shards];
        _shards.AsSpan(0, places.Length).CopyTo(places);
        for (int i = 0; i < _words; i++)
        {
            _byShard[places[Lexicon.ShardOf(_keys[i])]++] = i;
        }
    }

    /// <summary>Numbers the words of one shard of the lexicon; counts names.</summary>
    public void Number(Lexicon lexicon, int shard)
    {
        ReadOnlySpan<int> words = _byShard.AsSpan(_shards[shard], _shards[shard + 1] - _shards[shard]);
        for (int from = 0; from < words.Length; from += Corpus.Ahead)
        {
            ReadOnlySpan<int> next = words[from..Math.Min(words.Length, from + Corpus.Ahead)];
            lexicon.Fetch(shard, _keys, next);
            foreach (int word in next)
            {
                int end = word + 1 < _words ? _starts[word + 1] : _filled;
                _ids[word] = lexicon.Intern(_keys[word], _letters.AsSpan(_starts[word], end - _starts[word]));
                if (_counts[word])
                {
                    lexicon.Observe(_ids[word]);
                }
            }
        }
    }

    /// <summary>Numbers all words for a question: nothing is counted, and only words that no lexicon beneath knows get a rarity.</summary>
    public void Number(Lexicon lexicon, WordRarity rarity)
    {
        for (int i = 0; i < _words; i++)
        {
            int end = i + 1 < _words ? _starts[i + 1] : _filled;
            _ids[i] = lexicon.Intern(_keys[i], _letters.AsSpan(_starts[i], end - _starts[i]));
            if (_ids[i] < 0)
            {
                lexicon.Weigh(_ids[i], rarity);
            }
        }
    }

    private void Read(TableColumns columns, LinkRows rows, int row)
    {
        ref LinkFacts facts = ref _facts[Count++];
        facts = new LinkFacts { WordsAt = _words, IdentifiersAt = _identifiers.Count, TelephoneShare = 1, DomainShare = 1 };
        facts.Form = _name.Read(columns.NameOf(rows, row));
        if (_name.IsBare)
        {
            _unnamed.Add(Count - 1);
        }
        else
        {
            facts.NameWords = (byte)Append(_name.Content, Linkage.Words.Most, inName: true);
        }

        if (columns.HasAddress)
        {
            _address.Read(columns, rows, row);
            (facts.Number, facts.Unit, facts.Postcode, facts.City, facts.Direction) = (_address.Number, _address.Unit, _address.Postcode, _address.City, _address.Direction);
            facts.StreetWords = (byte)Append(_address.Street, Linkage.Words.Most, inName: false);
        }

        facts.Founded = columns.Founded.Count > 0 ? FoundingDate.Of(TableColumns.First(columns.Founded, rows, row)) : 0;
        facts.Telephone = columns.Telephone.Count > 0 ? Telephone.Of(TableColumns.First(columns.Telephone, rows, row)) : 0;
        facts.Domain = columns.Web.Count > 0 ? WebDomain.Of(TableColumns.First(columns.Web, rows, row)) : 0;
        foreach ((int column, string code) in columns.Identifiers)
        {
            ReadIdentifier(rows.Text(row, column).Trim().ToString(), code);
        }

        facts.Identifiers = (byte)(_identifiers.Count - facts.IdentifiersAt);
    }

    private void ReadIdentifier(string text, string code)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (IdentifierSchemes.Read(code, text) is not { } read)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_failed, code, out _)++;
            return;
        }

        _identifiers.Add(new RecordIdentifier(IdentifierSchemes.PlaceOf(read.Scheme), _words));
        Append(read.Number, counts: false);
    }

    private int Append(WordList words, int most, bool inName)
    {
        int first = _words;
        int count = Math.Min(words.Count, most);
        for (int i = 0; i < count; i++)
        {
            Append(words[i], inName);
            _counts[_words - 1] &= _keys.AsSpan(first, _words - 1 - first).IndexOf(_keys[_words - 1]) < 0;
        }

        return count;
    }

    private void Append(ReadOnlySpan<char> word, bool counts)
    {
        if (_words == _keys.Length)
        {
            Array.Resize(ref _keys, _words * 2);
            Array.Resize(ref _ids, _words * 2);
            Array.Resize(ref _starts, _words * 2);
            Array.Resize(ref _counts, _words * 2);
        }

        while (_filled + word.Length > _letters.Length)
        {
            Array.Resize(ref _letters, _letters.Length * 2);
        }

        word.CopyTo(_letters.AsSpan(_filled));
        (_keys[_words], _starts[_words], _counts[_words]) = (TextKey.Of(word), _filled, counts);
        _words++;
        _filled += word.Length;
    }
}
