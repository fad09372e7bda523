using System.Collections.Immutable;
using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>
/// Records of organisations in memory, found by what is known of one. It takes new records at any time: what it answers depends on which
/// records it holds and on the trained linkage, not on the order in which they came. Many threads may ask at once while none adds or removes.
/// </summary>
public sealed class OrganisationIndex
{
    /// <summary>Records of one key up to which all are compared with a question; of a commoner key none is, unless it is an identifier.</summary>
    private const int MostAsked = 200;

    private const double LeastProbability = 0.01;

    private readonly TrainedLinkage _trained;
    private readonly Corpus _corpus = new();
    private readonly KeyChains _chains = new();
    private readonly RecordKeys _keys;
    private readonly Dictionary<RecordId, int> _places = [];
    private readonly IndexShares _shares;
    private readonly IndexPairs _pairs;

    private OrganisationIndex(TrainedLinkage trained)
    {
        _trained = trained;
        _keys = new RecordKeys(_corpus.Lexicon, trained.Rarity, leaveOutLone: false);
        _shares = new IndexShares(_corpus, _chains);
        _pairs = new IndexPairs(_corpus, _chains, _keys, trained.Model);
    }

    /// <summary>How many records it holds.</summary>
    public int Count => _places.Count;

    /// <summary>An index without records.</summary>
    public static OrganisationIndex Of(TrainedLinkage trained) => new(trained);

    /// <summary>
    /// Takes records; one that it holds already is replaced. Answers with all records whose pairs may be others now: those added, and those
    /// with which they share a value that many share.
    /// </summary>
    public IReadOnlySet<RecordId> Add(LinkTable table, IReadOnlyList<ColumnUse> uses)
    {
        int first = _corpus.Count;
        _corpus.Add(table, uses);
        _corpus.WeighFrom(first, _trained.Rarity);
        var changed = new HashSet<int>();
        Span<ulong> keys = stackalloc ulong[RecordKeys.Most];
        for (int record = first; record < _corpus.Count; record++)
        {
            RecordId id = _corpus.Id(record);
            if (_places.TryGetValue(id, out int before))
            {
                Remove(before, changed);
            }

            _places[id] = record;
            changed.Add(record);
            foreach (ulong key in keys[..DistinctKeys(record, keys)])
            {
                _chains.Add(key, record);
                _shares.Note(key, changed);
                _pairs.NoteAdded(key, record, changed);
            }
        }

        return changed.Where(record => _places.TryGetValue(_corpus.Id(record), out int place) && place == record).Select(_corpus.Id).ToHashSet();
    }

    /// <summary>The pairs of a record of probability 0.2 and more, by the other record; empty where the record is not held.</summary>
    public IReadOnlyList<LinkedPair> PairsOf(RecordId record) => _places.TryGetValue(record, out int place)
        ? [.. _pairs.Of(place).Where(pair => pair.Bits >= LinkModel.BitsOf(LinkageRun.LeastDoubtful)).Select(Explained).OrderBy(pair => pair.One).ThenBy(pair => pair.Other)]
        : [];

    /// <summary>
    /// The clusters of the records given and of all whom links, or judgements of "same", join to them: every other cluster is untouched by
    /// them. Clusters of one are among them. Records and clusters in the order of their identifiers.
    /// </summary>
    /// <param name="records">Records held; others are left out.</param>
    /// <param name="threshold">Probability from which a pair is linked: above 0 and below 1.</param>
    /// <param name="judgements">All judgements in force and before, in any order.</param>
    public IReadOnlyList<ImmutableArray<RecordId>> ClustersAround(IEnumerable<RecordId> records, double threshold, IReadOnlyList<RecordJudgement> judgements)
    {
        IEnumerable<int> seeds = records.Where(_places.ContainsKey).Select(record => _places[record]);
        return new Neighbourhood(_corpus, _places, _pairs, LinkModel.BitsOf(threshold)).Clusters(seeds, judgements, _trained.Model);
    }

    /// <summary>
    /// The records most likely meant, likeliest first; none below a probability of 0.01. Before anything is compared, every record is as likely as
    /// every other, and that it is none of them as likely as that it is one.
    /// </summary>
    /// <param name="question">What is known; at least a name, an identifier, a telephone number or a domain finds anything.</param>
    /// <param name="most">How many at most; 1 or more.</param>
    public ImmutableArray<MatchCandidate> Match(OrganisationQuestion question, int most)
    {
        var asked = new AskedRecord(question, _corpus.Lexicon, _trained.Rarity);
        var comparison = new PairComparison(asked.Lexicon);
        LinkModel model = _trained.Model.Under(-Math.Log2(2d * Math.Max(1, Count)));
        List<int> found = Find(asked);
        var scored = new List<(int Record, int Pattern, double Bits)>(found.Count);
        for (int i = 0; i < found.Count; i++)
        {
            if (i == 0 || found[i] != found[i - 1])
            {
                int pattern = comparison.Compare(asked.View, _corpus.View(found[i]));
                scored.Add((found[i], pattern, LinkModel.Vetoes(pattern) ? double.NegativeInfinity : model.Bits(pattern)));
            }
        }

        return [.. scored
            .Where(candidate => candidate.Bits >= LinkModel.BitsOf(LeastProbability))
            .OrderByDescending(candidate => candidate.Bits)
            .ThenBy(candidate => _corpus.Id(candidate.Record))
            .Take(most)
            .Select(candidate => new MatchCandidate(_corpus.Id(candidate.Record), LinkModel.Probability(candidate.Bits), model.Waterfall(candidate.Pattern)))];
    }

    private List<int> Find(AskedRecord asked)
    {
        var found = new List<int>(64);
        Span<ulong> keys = stackalloc ulong[RecordKeys.Most];
        int count = new RecordKeys(asked.Lexicon, _trained.Rarity, leaveOutLone: false).Write(asked.View, keys);
        foreach (ulong key in keys[..count])
        {
            if (_chains.CountOf(key) <= MostAsked || RecordKeys.KindOf(key) == KeyKind.Identifier)
            {
                _chains.Collect(key, found);
            }
        }

        found.Sort();
        return found;
    }

    private void Remove(int record, HashSet<int> changed)
    {
        Span<ulong> keys = stackalloc ulong[RecordKeys.Most];
        foreach (ulong key in keys[..DistinctKeys(record, keys)])
        {
            _pairs.NoteRemoved(key, record, changed);
            _chains.Remove(key, record);
            _shares.Note(key, changed);
        }

        foreach (int partner in _pairs.Of(record).Select(pair => pair.One == record ? pair.Other : pair.One))
        {
            changed.Add(partner);
        }

        changed.Remove(record);
    }

    private int DistinctKeys(int record, Span<ulong> keys)
    {
        Span<ulong> written = keys[.._keys.Write(_corpus.View(record), keys)];
        written.Sort();
        int distinct = 0;
        for (int i = 0; i < written.Length; i++)
        {
            if (i == 0 || written[i] != written[i - 1])
            {
                written[distinct++] = written[i];
            }
        }

        return distinct;
    }

    private LinkedPair Explained(ScoredPair pair) => new(
        _corpus.Id(pair.One), _corpus.Id(pair.Other), LinkModel.Probability(pair.Bits), Linked: false, _trained.Model.Waterfall(pair.Pattern));
}
