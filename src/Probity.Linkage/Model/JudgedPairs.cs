using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>The judgements in force on the records of one corpus, freed of contradictions.</summary>
internal sealed class JudgedPairs
{
    private readonly HashSet<(int, int)> _apart;
    private readonly List<(int One, int Other, RecordJudgement Judgement)> _same = [];
    private readonly HashSet<int> _contradicted = [];
    private DisjointSets _groups = new(0);

    private JudgedPairs(HashSet<(int, int)> apart) => _apart = apart;

    /// <summary>Records that somebody judged to be the same as another, also where that is contradicted.</summary>
    public IEnumerable<int> JudgedSame => _same.SelectMany(pair => new[] { pair.One, pair.Other }).Distinct();

    /// <summary>Pairs that must be joined, in ledger order.</summary>
    public List<(int One, int Other)> Together { get; } = [];

    /// <summary>Pairs that must not be in one cluster, the earlier record first.</summary>
    public IReadOnlySet<(int One, int Other)> Apart => _apart;

    /// <summary>Pairs judged unsure, the earlier record first.</summary>
    public HashSet<(int One, int Other)> Unsure { get; } = [];

    /// <summary>What cannot all be true: by the judgements that keep apart in their order, then by numbers in the order of records.</summary>
    public List<Contradiction> Contradictions { get; } = [];

    /// <summary>Judgements about records that the corpus does not have; they wait.</summary>
    public int Waiting { get; private set; }

    /// <summary>Sorts judgements out; they may come in any order.</summary>
    public static JudgedPairs Of(RecordSet records, IReadOnlyList<RecordJudgement> judgements)
    {
        var judged = new JudgedPairs([]);
        if (judgements.Count == 0)
        {
            return judged;
        }

        Dictionary<RecordId, int> places = [];
        for (int i = 0; i < records.Count; i++)
        {
            places.TryAdd(records.Id(i), i);
        }

        var latest = new Dictionary<(int, int), RecordJudgement>();
        foreach (RecordJudgement judgement in judgements.OrderBy(judgement => judgement.Order))
        {
            if (places.TryGetValue(judgement.One, out int one) && places.TryGetValue(judgement.Other, out int other) && one != other)
            {
                latest[(Math.Min(one, other), Math.Max(one, other))] = judgement;
            }
            else
            {
                judged.Waiting++;
            }
        }

        judged.Sort([.. latest.Where(pair => !pair.Value.Revoked).OrderBy(pair => pair.Value.Order)], records);
        return judged;
    }

    /// <summary>
    /// Holds "same" against the numbers of the clusters that it would join: where the records of a chain, or those that are one organisation with them
    /// anyway, carry different valid numbers of one exclusive scheme, none of the chain joins anything.
    /// </summary>
    /// <param name="records">The records.</param>
    /// <param name="cluster">The clusters without any "same", each record's as the place of its first record, under the judgements given.</param>
    public void Confront(RecordSet records, Func<JudgedPairs, int[]> cluster)
    {
        if (_same.Count == 0)
        {
            return;
        }

        int[] alone = cluster(new JudgedPairs(_apart));
        var components = new DisjointSets(records.Count);
        foreach ((int one, int other) in Together)
        {
            components.Join(alone[one], alone[other]);
        }

        // what is contradicted already joins nothing, so that it is a chain by itself
        int ChainOf(int record) => _contradicted.Contains(_groups.Root(record)) ? records.Count + _groups.Root(record) : components.Root(alone[record]);
        Dictionary<int, List<int>> members = JudgedSame.Select(record => alone[record]).Distinct().ToDictionary(home => home, _ => new List<int>());
        for (int record = 0; record < records.Count; record++)
        {
            if (members.TryGetValue(alone[record], out List<int>? own))
            {
                own.Add(record);
            }
        }

        HashSet<int> contradicted = [];
        foreach (IGrouping<int, int> chain in JudgedSame.Order().GroupBy(ChainOf).ToList())
        {
            if (records.FindClash(chain.Select(record => alone[record]).Distinct().SelectMany(home => members[home]).Order()) is { } clash)
            {
                contradicted.Add(chain.Key);
                Contradictions.Add(new Contradiction.OfNumbers(clash, [.. _same.Where(pair => ChainOf(pair.One) == chain.Key).Select(pair => pair.Judgement)]));
            }
        }

        Together.RemoveAll(pair => contradicted.Contains(ChainOf(pair.One)));
    }

    private void Sort(List<KeyValuePair<(int One, int Other), RecordJudgement>> inForce, RecordSet records)
    {
        _groups = new DisjointSets(records.Count);
        foreach (((int one, int other), RecordJudgement judgement) in inForce)
        {
            switch (judgement.Verdict)
            {
                case Verdict.Same:
                    _groups.Join(one, other);
                    _same.Add((one, other, judgement));
                    break;
                case Verdict.NotSame:
                    _apart.Add((one, other));
                    break;
                case Verdict.Unsure:
                    Unsure.Add((one, other));
                    break;
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }

        foreach (((int one, int other), RecordJudgement judgement) in inForce.Where(pair => pair.Value.Verdict == Verdict.NotSame && _groups.Root(pair.Key.One) == _groups.Root(pair.Key.Other)))
        {
            _contradicted.Add(_groups.Root(one));
            Contradictions.Add(new Contradiction.OfJudgements(judgement, [.. _same.Where(pair => _groups.Root(pair.One) == _groups.Root(one)).Select(pair => pair.Judgement)]));
        }

        Together.AddRange(_same.Where(pair => !_contradicted.Contains(_groups.Root(pair.One))).Select(pair => (pair.One, pair.Other)));
    }
}
