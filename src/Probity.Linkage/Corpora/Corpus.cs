using System.Runtime.InteropServices;
using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>All records of a run, taken apart, with the rarity of their words.</summary>
internal sealed class Corpus
{
    /// <summary>Slices taken apart at once.</summary>
    private const int Batch = 16;

    private readonly List<(LinkTable Table, int IdColumn, int First)> _tables = [];
    private readonly Dictionary<string, long> _failed = new(StringComparer.Ordinal);
    private LinkFacts[] _facts = [];
    private WordUse[] _words = [];
    private RecordIdentifier[] _identifiers = [];
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

    /// <summary>The record's identifier in its source, or its row's number.</summary>
    public RecordId Id(int record)
    {
        int table = _tables.Count - 1;
        while (_tables[table].First > record)
        {
            table--;
        }

        (LinkTable of, int column, int first) = _tables[table];
        return new RecordId(of.Name, column >= 0 ? of.Rows[record - first][column].Trim() : (record - first).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>A record with its words.</summary>
    public RecordView View(int record)
    {
        ref LinkFacts facts = ref _facts[record];
        return new RecordView(ref facts, _words.AsSpan(facts.WordsAt, facts.NameWords + facts.StreetWords), IdentifiersOf(in facts));
    }

    /// <summary>A record's identifiers.</summary>
    public ReadOnlySpan<RecordIdentifier> IdentifiersOf(in LinkFacts facts) => _identifiers.AsSpan(facts.IdentifiersAt, facts.Identifiers);

    /// <summary>Words of a record's name.</summary>
    public ReadOnlySpan<WordUse> NameOf(in LinkFacts facts) => _words.AsSpan(facts.WordsAt, facts.NameWords);

    /// <summary>Adds the records of one input. Afterwards call <see cref="Weigh"/>.</summary>
    public void Add(LinkTable table, IReadOnlyList<ColumnUse> uses)
    {
        var columns = new TableColumns(uses);
        _tables.Add((table, columns.Id, Count));
        Room(ref _facts, Count, table.Rows.Count);
        IReadOnlyList<string>[] rows = table.Rows as IReadOnlyList<string>[] ?? [.. table.Rows];
        ParsedSlice[] slices = [.. Enumerable.Range(0, Math.Min(Batch, (rows.Length / ParsedSlice.Rows) + 1)).Select(_ => new ParsedSlice(Math.Min(ParsedSlice.Rows, rows.Length)))];
        for (int from = 0; from < rows.Length; from += slices.Length * ParsedSlice.Rows)
        {
            int first = from;
            int used = Math.Min(slices.Length, (rows.Length - from + ParsedSlice.Rows - 1) / ParsedSlice.Rows);
            Parallel.For(0, used, slice =>
            {
                int start = first + (slice * ParsedSlice.Rows);
                slices[slice].Read(columns, rows.AsSpan(start, Math.Min(ParsedSlice.Rows, rows.Length - start)));
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
        Parallel.For(0, (_wordCount >> 16) + 1, part =>
        {
            foreach (ref WordUse word in _words.AsSpan(part << 16, Math.Min(1 << 16, _wordCount - (part << 16))))
            {
                word = Lexicon.Use(word.Id);
            }
        });
    }

    /// <summary>Sets the rarity of the words of the records from one on, by counts that they do not change.</summary>
    public void WeighFrom(int record, WordRarity rarity)
    {
        Rarity = rarity;
        for (int i = record < Count ? _facts[record].WordsAt : _wordCount; i < _wordCount; i++)
        {
            Lexicon.Weigh(_words[i].Id, rarity);
            _words[i] = Lexicon.Use(_words[i].Id);
        }
    }

    private void Append(ReadOnlySpan<ParsedSlice> slices)
    {
        foreach (ParsedSlice slice in slices)
        {
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
