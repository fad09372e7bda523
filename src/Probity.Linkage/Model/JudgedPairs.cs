using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>The judgements in force on the records of one corpus, freed of contradictions.</summary>
internal sealed class JudgedPairs
{
    private readonly HashSet<(int, int)> _apart = [];

    private JudgedPairs()
    {
    }

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
        var judged = new JudgedPairs();
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

    private void Sort(List<KeyValuePair<(int One, int Other), RecordJudgement>> inForce, RecordSet records)
    {
        var groups = new DisjointSets(records.Count);
        foreach (((int one, int other), RecordJudgement judgement) in inForce)
        {
            switch (judgement.Verdict)
            {
                case Verdict.Same:
                    groups.Join(one, other);
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

        List<KeyValuePair<(int One, int Other), RecordJudgement>> same = [.. inForce.Where(pair => pair.Value.Verdict == Verdict.Same)];
        RecordJudgement[] ChainOf(int root) => [.. same.Where(pair => groups.Root(pair.Key.One) == root).Select(pair => pair.Value)];
        var contradicted = new HashSet<int>();
        foreach (((int one, int other), RecordJudgement judgement) in inForce.Where(pair => pair.Value.Verdict == Verdict.NotSame && groups.Root(pair.Key.One) == groups.Root(pair.Key.Other)))
        {
            contradicted.Add(groups.Root(one));
            Contradictions.Add(new Contradiction.OfJudgements(judgement, ChainOf(groups.Root(one))));
        }

        foreach (IGrouping<int, int> group in same.SelectMany(pair => new[] { pair.Key.One, pair.Key.Other }).Distinct().Order().GroupBy(groups.Root))
        {
            if (records.FindClash(group) is { } clash)
            {
                contradicted.Add(group.Key);
                Contradictions.Add(new Contradiction.OfNumbers(clash, ChainOf(group.Key)));
            }
        }

        Together.AddRange(same.Where(pair => !contradicted.Contains(groups.Root(pair.Key.One))).Select(pair => pair.Key));
    }
}
