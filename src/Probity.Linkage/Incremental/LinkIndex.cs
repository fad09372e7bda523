using System.Collections.Immutable;
using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>
/// All records of a register under a published model, with the keys under which they are found. Places are in the order of records, whatever order they
/// came in; behind the records stand the former versions of those that changed, which are found by nobody. What pairs a record has, and what evidence,
/// follows from the set of records alone.
/// </summary>
internal sealed class LinkIndex
{
    private readonly RecordKeys _keys;
    private readonly PairComparison _comparison;
    private readonly LinkModel _weights;
    private readonly SubjectKind[] _subjects;
    private readonly ulong[][] _ofChanged;
    private readonly int[] _changed;
    private ulong[] _sorted = [];
    private int[] _holders = [];

    /// <summary>Takes all records in.</summary>
    /// <param name="records">In order, each once.</param>
    /// <param name="former">Former versions of some.</param>
    /// <param name="changed">Places of the records that are new or have a former version.</param>
    /// <param name="question">Specification and model.</param>
    public LinkIndex(IReadOnlyList<IdentityRecord> records, IReadOnlyList<IdentityRecord> former, int[] changed, LinkageQuestion question)
    {
        Count = records.Count;
        _subjects = [.. records.Select(record => record.Subject)];
        _changed = changed;
        foreach ((LinkTable table, ImmutableArray<ColumnUse> uses) in IdentityTables.Of(records, question.Specification).Concat(IdentityTables.Of(former, question.Specification)))
        {
            Corpus.Add(table, uses);
        }

        Corpus.Weigh(question.Model.Rarity);
        _weights = question.Model.Weights;
        _keys = new RecordKeys(Corpus.Lexicon, question.Model.Rarity, leaveOutLone: false);
        _comparison = new PairComparison(Corpus.Lexicon);
        _ofChanged = [.. changed.Concat(Enumerable.Range(Count, former.Count)).Select(KeysOf)];
        Placeholders = Sort();
    }

    /// <summary>The records, taken apart; the former versions behind them.</summary>
    public Corpus Corpus { get; } = new();

    /// <summary>How many records there are, without former versions.</summary>
    public int Count { get; }

    /// <summary>Compares.</summary>
    public PairComparison Comparison => _comparison;

    /// <summary>Identifiers that count as none because many records of different names carry them.</summary>
    public IReadOnlyList<string> Placeholders { get; }

    /// <summary>How two records compare; null where they are of different kinds and therefore never one.</summary>
    public ScoredPair? Score(int one, int other)
    {
        if (_subjects[one] != _subjects[other])
        {
            return null;
        }

        (int first, int second) = (Math.Min(one, other), Math.Max(one, other));
        int pattern = _comparison.Compare(Corpus.View(first), Corpus.View(second));
        return new ScoredPair(first, second, pattern, _weights.Bits(pattern));
    }

    /// <summary>The records that share a key with a record, each once, in order.</summary>
    public List<int> CandidatesOf(int record)
    {
        var found = new List<int>();
        foreach (ulong key in KeysOf(record))
        {
            ReadOnlySpan<int> holders = Holders(key);
            int own = holders.BinarySearch(record);
            (int from, int to) = holders.Length <= PairSet.MostInBlock ? (0, holders.Length) : (Math.Max(0, own - PairSet.Neighbours), Math.Min(holders.Length, own + PairSet.Neighbours + 1));
            foreach (int other in holders[from..to])
            {
                if (other != record)
                {
                    found.Add(other);
                }
            }
        }

        found.Sort();
        int count = 0;
        for (int i = 0; i < found.Count; i++)
        {
            if (i == 0 || found[i] != found[i - 1])
            {
                found[count++] = found[i];
            }
        }

        found.RemoveRange(count, found.Count - count);
        return found;
    }

    /// <summary>Every record whose pairs, or the evidence of one, can be other than before the changed records came: a superset.</summary>
    public HashSet<int> Touched(Func<int, int> placeOfFormer)
    {
        var touched = new HashSet<int>(_changed);
        for (int i = 0; i < _ofChanged.Length; i++)
        {
            int version = i < _changed.Length ? _changed[i] : Count + i - _changed.Length;
            int place = i < _changed.Length ? version : placeOfFormer(version);
            foreach (ulong key in _ofChanged[i])
            {
                Touch(key, version, place, touched);
            }
        }

        return touched;
    }

    private void Touch(ulong key, int version, int place, HashSet<int> touched)
    {
        ReadOnlySpan<int> holders = Holders(key);
        KeyKind kind = RecordKeys.KindOf(key);
        if (kind == KeyKind.Identifier || AreFew(holders))
        {
            touched.UnionWith(holders.ToArray());
            return;
        }

        TouchNeighbours(holders, place, touched);
        if (kind is KeyKind.Telephone or KeyKind.NumberAndStreet)
        {
            // how many share the whole value decides how much it says, also where the key alone is on too many
            LinkFacts facts = Corpus.Facts[version];
            int[] sharing = [.. holders.ToArray().Where(other => kind == KeyKind.Telephone ? Corpus.Facts[other].Telephone == facts.Telephone : Corpus.Facts[other].Postcode == facts.Postcode)];
            touched.UnionWith(AreFew(sharing) ? sharing : []);
        }
    }

    /// <summary>Whether so few hold a key, now or before the changed ones came, that a change can matter to all of them.</summary>
    private bool AreFew(ReadOnlySpan<int> holders)
    {
        if (holders.Length > PairSet.MostInBlock + _changed.Length)
        {
            return false;
        }

        int unchanged = 0;
        foreach (int holder in holders)
        {
            unchanged += Array.BinarySearch(_changed, holder) < 0 ? 1 : 0;
        }

        return unchanged <= PairSet.MostInBlock;
    }

    /// <summary>Of a common key each record is paired with the next only: those that were not changed, on both sides.</summary>
    private void TouchNeighbours(ReadOnlySpan<int> holders, int place, HashSet<int> touched)
    {
        int at = holders.BinarySearch(place);
        at = at < 0 ? ~at : at;
        foreach (int step in (ReadOnlySpan<int>)[-1, 1])
        {
            int met = 0;
            for (int i = step < 0 ? at - 1 : at; i >= 0 && i < holders.Length && met < PairSet.Neighbours; i += step)
            {
                touched.Add(holders[i]);
                met += Array.BinarySearch(_changed, holders[i]) < 0 ? 1 : 0;
            }
        }
    }

    private ReadOnlySpan<int> Holders(ulong key)
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

    private ulong[] KeysOf(int record)
    {
        Span<ulong> keys = stackalloc ulong[RecordKeys.Most];
        keys = keys[.._keys.Write(Corpus.View(record), keys)];
        keys.Sort();
        int count = 0;
        for (int i = 0; i < keys.Length; i++)
        {
            if (i == 0 || keys[i] != keys[i - 1])
            {
                keys[count++] = keys[i];
            }
        }

        return keys[..count].ToArray();
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
