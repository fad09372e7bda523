using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>All records of a run, taken apart, with the rarity of their words.</summary>
internal sealed class Corpus
{
    /// <summary>Records worth fetching at once: about as many lines of memory as a core waits for at a time.</summary>
    public const int Ahead = 16;

    /// <summary>Slices taken apart at once.</summary>
    private const int Batch = 16;

    private readonly List<(LinkTable Table, int IdColumn, int First)> _tables = [];
    private readonly Dictionary<string, long> _failed = new(StringComparer.Ordinal);
    private readonly List<int> _unnamed = [];
    private LinkFacts[] _facts = [];
    private WordUse[] _words = [];
    private RecordIdentifier[] _identifiers = [];
    private ulong[] _drawn = [];
    private int _wordCount;
    private int _identifierCount;

    /// <summary>The words of names, streets and identifiers.</summary>
    public Lexicon Lexicon { get; } = new();

    /// <summary>How many records there are.</summary>
    public int Count { get; private set; }

    /// <summary>The rarity of words, once <see cref="Weigh"/> was called.</summary>
    public WordRarity Rarity { get; private set; } = WordRarity.OfCorpus(0);

    /// <summary>The records in the order of the inputs and their rows.</summary>
    public Span<LinkFacts> Facts => _facts.AsSpan(0, Count);

    /// <summary>All identifiers of all records.</summary>
    public Span<RecordIdentifier> Identifiers => _identifiers.AsSpan(0, _identifierCount);

    /// <summary>For each scheme's code how many numbers failed its check: evidence for nothing.</summary>
    public IReadOnlyDictionary<string, long> FailedChecks => _failed;

    /// <summary>Records without a usable name: it is empty, or nothing but legal forms and filler. In order.</summary>
    public IReadOnlyList<int> Unnamed => _unnamed;

    /// <summary>The record's identifier in its source, or its row's number.</summary>
    public RecordId Id(int record)
    {
        (LinkTable of, int column, int first) = TableOf(record);
        return new RecordId(of.Name, column >= 0 ? of.Rows.Text(record - first, column).Trim().ToString() : (record - first).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>A number drawn from a record's identifier, once <see cref="Weigh"/> was called: the same in any order of records and at any time.</summary>
    public ulong Drawn(int record) => _drawn[record];

    /// <summary>A record with its words.</summary>
    public RecordView View(int record)
    {
        ref LinkFacts facts = ref _facts[record];
        return new RecordView(ref facts, _words.AsSpan(facts.WordsAt, facts.NameWords + facts.StreetWords), IdentifiersOf(in facts));
    }

    /// <summary>
    /// Reads the beginnings of some records, all at once, so that their lines of memory come together and not one after the other when the
    /// records are compared: of a million records most lines lie far from the processor.
    /// </summary>
    /// <returns>A sum of what was read, so that the reading is not left out.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Fetch(ReadOnlySpan<int> records)
    {
        int read = 0;
        foreach (int record in records)
        {
            read += _facts[record].WordsAt + (int)(_facts[record].Number & 1);
        }

        foreach (int record in records)
        {
            ref LinkFacts facts = ref _facts[record];
            read += facts.NameWords > 0 ? _words[facts.WordsAt].Id + _words[facts.WordsAt + facts.NameWords + facts.StreetWords - 1].Id : 0;
        }

        return read;
    }

    /// <summary>The same for what the lexicon knows of the words of records from one up to another.</summary>
    public int FetchWords(int from, int to)
    {
        int end = to < Count ? _facts[to].WordsAt : _wordCount;
        return Lexicon.Fetch(_words.AsSpan(_facts[from].WordsAt, end - _facts[from].WordsAt));
    }

    /// <summary>A record's identifiers.</summary>
    public ReadOnlySpan<RecordIdentifier> IdentifiersOf(in LinkFacts facts) => _identifiers.AsSpan(facts.IdentifiersAt, facts.Identifiers);

    /// <summary>The records whose names bear one of the words of some keys, in order.</summary>
    public IEnumerable<int> BearersOf(IReadOnlySet<ulong> keys)
    {
        HashSet<int> words = [.. keys.Select(Lexicon.Find).Where(word => word >= 0)];
        return words.Count == 0 ? [] : Enumerable.Range(0, Count).Where(record => Bears(record, words));
    }

    /// <summary>Words of a record's name.</summary>
    public ReadOnlySpan<WordUse> NameOf(in LinkFacts facts) => _words.AsSpan(facts.WordsAt, facts.NameWords);

    /// <summary>Adds the records of one input. Afterwards call <see cref="Weigh"/>.</summary>
    public void Add(LinkTable table, IReadOnlyList<ColumnUse> uses)
    {
        var columns = new TableColumns(uses);
        _tables.Add((table, columns.Id, Count));
        Room(ref _facts, Count, table.Rows.Count);
        LinkRows rows = table.Rows;
        ParsedSlice[] slices = [.. Enumerable.Range(0, Math.Min(Batch, (rows.Count / ParsedSlice.Rows) + 1)).Select(_ => new ParsedSlice(Math.Min(ParsedSlice.Rows, rows.Count)))];
        for (int from = 0; from < rows.Count; from += slices.Length * ParsedSlice.Rows)
        {
            int first = from;
            int used = Math.Min(slices.Length, (rows.Count - from + ParsedSlice.Rows - 1) / ParsedSlice.Rows);
            Parallel.For(0, used, slice =>
            {
                int start = first + (slice * ParsedSlice.Rows);
                slices[slice].Read(columns, rows, start, Math.Min(start + ParsedSlice.Rows, rows.Count));
                slices[slice].Deal();
            });
            Parallel.For(0, Lexicon.Shards, shard =>
            {
                for (int i = 0; i < used; i++)
                {
                    slices[i].Number(Lexicon, shard);
                }
            });
            Append(slices.AsSpan(0, used));
        }
    }

    /// <summary>Sets the rarity of all words.</summary>
    public void Weigh(WordRarity rarity)
    {
        Rarity = rarity;
        Lexicon.Weigh(rarity);
        Draw();
        Parallel.For(0, (_wordCount >> 16) + 1, part =>
        {
            foreach (ref WordUse word in _words.AsSpan(part << 16, Math.Min(1 << 16, _wordCount - (part << 16))))
            {
                word = Lexicon.Use(word.Id);
            }
        });
    }

    private void Draw()
    {
        _drawn = new ulong[Count];
        Parallel.For(0, (Count >> 12) + 1, part =>
        {
            for (int record = part << 12; record < Math.Min(Count, (part + 1) << 12); record++)
            {
                (LinkTable of, int column, int first) = TableOf(record);
                ulong own = column >= 0 ? TextKey.Of(of.Rows.Text(record - first, column).Trim()) : (ulong)(record - first);
                _drawn[record] = TextKey.Mix(TextKey.Of(of.Name), own);
            }
        });
    }

    private bool Bears(int record, HashSet<int> words)
    {
        foreach (WordUse word in NameOf(in _facts[record]))
        {
            if (words.Contains(word.Id))
            {
                return true;
            }
        }

        return false;
    }

    private (LinkTable Table, int IdColumn, int First) TableOf(int record)
    {
        int table = _tables.Count - 1;
        while (_tables[table].First > record)
        {
            table--;
        }

        return _tables[table];
    }

    private void Append(ReadOnlySpan<ParsedSlice> slices)
    {
        foreach (ParsedSlice slice in slices)
        {
            _unnamed.AddRange(slice.Unnamed.Select(row => Count + row));
            Room(ref _words, _wordCount, slice.Words.Length);
            Room(ref _identifiers, _identifierCount, slice.Identifiers.Length);
            foreach (LinkFacts facts in slice.Facts)
            {
                _facts[Count] = facts;
                _facts[Count].WordsAt += _wordCount;
                _facts[Count++].IdentifiersAt += _identifierCount;
            }

            foreach (RecordIdentifier identifier in slice.Identifiers)
            {
                _identifiers[_identifierCount++] = identifier with { Value = slice.Words[identifier.Value] };
            }

            foreach (int word in slice.Words)
            {
                _words[_wordCount++] = new WordUse(word, 0, 0, 0, WordKind.Telling);
            }

            foreach ((string code, long failed) in slice.Failed)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_failed, code, out _) += failed;
            }
        }
    }

    private static void Room<T>(ref T[] array, int filled, int more)
    {
        if (array.Length < filled + more)
        {
            Array.Resize(ref array, Math.Max(filled + more, array.Length * 2));
        }
    }
}
