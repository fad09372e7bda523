namespace Probity.Linkage;

/// <summary>
/// The pairs of an index's records. All records of a key are paired; where more than 40 have it, each is paired with the one of the least
/// identifier only, which does not depend on the order in which they came.
/// </summary>
internal sealed class IndexPairs(Corpus corpus, KeyChains chains, RecordKeys keys, LinkModel model)
{
    private const int MostInBlock = 40;

    private readonly PairComparison _comparison = new(corpus.Lexicon);
    private readonly Dictionary<ulong, int> _least = [];

    /// <summary>The comparison of the index's records.</summary>
    public PairComparison Comparison => _comparison;

    /// <summary>All scored pairs of a record, the one of the lesser identifier first.</summary>
    public IEnumerable<ScoredPair> Of(int record)
    {
        foreach (int partner in Partners(record))
        {
            (int one, int other) = corpus.Id(record).CompareTo(corpus.Id(partner)) < 0 ? (record, partner) : (partner, record);
            int pattern = _comparison.Compare(corpus.View(one), corpus.View(other));
            yield return new ScoredPair(one, other, pattern, model.Bits(pattern));
        }
    }

    /// <summary>Notes whose pairs change because a record has the key now.</summary>
    public void NoteAdded(ulong key, int record, HashSet<int> changed)
    {
        int count = chains.CountOf(key);
        if (count <= MostInBlock)
        {
            return;
        }

        if (count == MostInBlock + 1)
        {
            _least[key] = Least(key);
            changed.UnionWith(chains.RecordsOf(key));
        }
        else if (corpus.Id(record).CompareTo(corpus.Id(_least[key])) < 0)
        {
            _least[key] = record;
            changed.UnionWith(chains.RecordsOf(key));
        }
    }

    /// <summary>Notes whose pairs change because a record is about to lose the key.</summary>
    public void NoteRemoved(ulong key, int record, HashSet<int> changed)
    {
        if (!_least.TryGetValue(key, out int least))
        {
            return;
        }

        if (least == record || chains.CountOf(key) == MostInBlock + 1)
        {
            changed.UnionWith(chains.RecordsOf(key));
            _least.Remove(key);
            if (chains.CountOf(key) > MostInBlock + 1)
            {
                _least[key] = chains.RecordsOf(key).Where(other => other != record).MinBy(corpus.Id);
            }
        }
    }

    private int Least(ulong key) => chains.RecordsOf(key).MinBy(corpus.Id);

    private SortedSet<int> Partners(int record)
    {
        var partners = new SortedSet<int>();
        Span<ulong> own = stackalloc ulong[RecordKeys.Most];
        foreach (ulong key in own[..keys.Write(corpus.View(record), own)])
        {
            if (!_least.TryGetValue(key, out int least) || least == record)
            {
                partners.UnionWith(chains.RecordsOf(key));
            }
            else
            {
                partners.Add(least);
            }
        }

        partners.Remove(record);
        return partners;
    }
}
