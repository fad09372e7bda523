using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>A record that shares keys with another.</summary>
/// <param name="Record">Its place.</param>
/// <param name="Blocks">Bit <c>1 &lt;&lt; field</c> for each field of whose agreement a shared key is made; 0 where there is none.</param>
internal readonly record struct KeyedRecord(int Record, byte Blocks);

/// <summary>
/// All records of a register with the keys under which they are found. Places are in the order of records, whatever order they came in. What pairs a
/// record has, and how they compare, follows from the set of records alone.
/// </summary>
internal sealed class LinkIndex
{
    private readonly RecordKeys _keys;
    private readonly SubjectKind[] _subjects;
    private ulong[] _sorted = [];
    private int[] _holders = [];

    /// <summary>Takes all records in.</summary>
    /// <param name="records">In order, each once.</param>
    /// <param name="specification">Corrections of columns.</param>
    public LinkIndex(IReadOnlyList<IdentityRecord> records, LinkageSpecification specification)
    {
        _subjects = [.. records.Select(record => record.Subject)];
        Corpus = CorpusOf(records, specification);
        Corpus.Weigh(WordRarity.OfCorpus(Corpus.Count));
        _keys = new RecordKeys(Corpus.Lexicon, Corpus.Rarity, leaveOutLone: false);
        Comparison = new PairComparison(Corpus.Lexicon);
        Placeholders = Sort();
    }

    /// <summary>The records, taken apart.</summary>
    public Corpus Corpus { get; }

    /// <summary>How many records there are.</summary>
    public int Count => Corpus.Count;

    /// <summary>How many pairs of records there are that could be one organisation: of one kind.</summary>
    public double Pairs => _subjects.CountBy(kind => kind).Sum(kind => (double)kind.Value * (kind.Value - 1) / 2);

    /// <summary>Whether there are so few records that every pair is compared.</summary>
    public bool IsEveryPairCompared => Count <= EveryPair.MostRecords;

    /// <summary>Compares.</summary>
    public PairComparison Comparison { get; }

    /// <summary>Identifiers that count as none because many records of different names carry them.</summary>
    public IReadOnlyList<string> Placeholders { get; }

    /// <summary>Takes some records apart.</summary>
    public static Corpus CorpusOf(IEnumerable<IdentityRecord> records, LinkageSpecification specification)
    {
        var corpus = new Corpus();
        foreach ((LinkTable table, ImmutableArray<ColumnUse> uses) in IdentityTables.Of(records, specification))
        {
            corpus.Add(table, uses);
        }

        return corpus;
    }

    /// <summary>A record's keys, each once, in order.</summary>
    public static ulong[] KeysOf(RecordKeys keys, RecordView record)
    {
        Span<ulong> found = stackalloc ulong[RecordKeys.Most];
        found = found[..keys.Write(record, found)];
        found.Sort();
        int count = 0;
        for (int i = 0; i < found.Length; i++)
        {
            if (i == 0 || found[i] != found[i - 1])
            {
                found[count++] = found[i];
            }
        }

        return found[..count].ToArray();
    }

    /// <summary>A record's keys, each once, in order.</summary>
    public ulong[] KeysOf(int record) => KeysOf(_keys, Corpus.View(record));

    /// <summary>Whether two records are of one kind; others are never one organisation.</summary>
    public bool AreOfOneKind(int one, int other) => _subjects[one] == _subjects[other];

    /// <summary>How two records compare; null where they are of different kinds.</summary>
    public int? Compare(int one, int other) =>
        AreOfOneKind(one, other) ? Comparison.Compare(Corpus.View(Math.Min(one, other)), Corpus.View(Math.Max(one, other))) : null;

    /// <summary>The records that share a key with a record, each once, in order; all others where every pair is compared.</summary>
    public List<KeyedRecord> CandidatesOf(int record)
    {
        var found = new List<KeyedRecord>();
        foreach (ulong key in KeysOf(record))
        {
            ReadOnlySpan<int> holders = Holders(key);
            int own = holders.BinarySearch(record);
            byte block = (byte)(1 << RecordKeys.FieldOf(key));
            (int from, int to) = holders.Length <= PairSet.MostInBlock ? (0, holders.Length) : (Math.Max(0, own - PairSet.Neighbours), Math.Min(holders.Length, own + PairSet.Neighbours + 1));
            foreach (int other in holders[from..to])
            {
                if (other != record)
                {
                    found.Add(new KeyedRecord(other, block));
                }
            }
        }

        if (IsEveryPairCompared)
        {
            found.AddRange(Enumerable.Range(0, Count).Where(other => other != record).Select(other => new KeyedRecord(other, 0)));
        }

        return Distinct(found);
    }

    /// <summary>The records that hold a key, in order.</summary>
    public ReadOnlySpan<int> Holders(ulong key)
    {
        int first = Array.BinarySearch(_sorted, key);
        if (first < 0)
        {
            return [];
        }

        int end = first + 1;
        while (first > 0 && _sorted[first - 1] == key)
        {
            first--;
        }

        while (end < _sorted.Length && _sorted[end] == key)
        {
            end++;
        }

        return _holders.AsSpan(first, end - first);
    }

    private static List<KeyedRecord> Distinct(List<KeyedRecord> found)
    {
        found.Sort(static (one, other) => one.Record.CompareTo(other.Record));
        int count = 0;
        foreach (KeyedRecord next in CollectionsMarshal.AsSpan(found))
        {
            if (count > 0 && found[count - 1].Record == next.Record)
            {
                found[count - 1] = new KeyedRecord(next.Record, (byte)(found[count - 1].Blocks | next.Blocks));
            }
            else
            {
                found[count++] = next;
            }
        }

        found.RemoveRange(count, found.Count - count);
        return found;
    }

    /// <summary>Sorts all keys and notes what is shared; the placeholders among identifiers, which pair nobody.</summary>
    private IReadOnlyList<string> Sort()
    {
        ulong[][] keys = new ulong[Count][];
        Parallel.For(0, Count, record => keys[record] = KeysOf(record));
        int total = keys.Sum(own => own.Length);
        (_sorted, _holders) = (new ulong[total], new int[total]);
        int filled = 0;
        for (int record = 0; record < Count; record++)
        {
            keys[record].CopyTo(_sorted, filled);
            Array.Fill(_holders, record, filled, keys[record].Length);
            filled += keys[record].Length;
        }

        Array.Sort(_sorted, _holders);
        var shared = new SharedValues(Corpus, _keys);
        for (int start = 0, end; start < total; start = end)
        {
            for (end = start + 1; end < total && _sorted[end] == _sorted[start]; end++)
            {
            }

            Span<int> holders = _holders.AsSpan(start, end - start);
            holders.Sort();
            if (holders.Length > 1)
            {
                shared.Note(_sorted[start], holders);
            }
        }

        return shared.Placeholders;
    }
}
