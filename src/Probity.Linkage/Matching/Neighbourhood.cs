using System.Collections.Immutable;
using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>The records that links and judgements of "same" join to some records of an index, clustered like a whole corpus.</summary>
internal sealed class Neighbourhood(Corpus corpus, Dictionary<RecordId, int> places, IndexPairs pairs, double leastBits)
{
    private readonly HashSet<int> _reached = [];
    private readonly HashSet<ScoredPair> _links = [];

    /// <summary>The clusters around some records, in the order of their records' identifiers.</summary>
    public IReadOnlyList<ImmutableArray<RecordId>> Clusters(IEnumerable<int> seeds, IReadOnlyList<RecordJudgement> judgements, LinkModel model)
    {
        Reach(seeds, Joined(judgements));
        int[] records = [.. _reached.OrderBy(corpus.Id)];
        Dictionary<int, int> local = records.Select((record, i) => (record, i)).ToDictionary(pair => pair.record, pair => pair.i);
        var set = new RecordSet(corpus, records);
        ScoredPair[] links = [.. _links.Select(link => link with { One = local[link.One], Other = local[link.Other] }).OrderBy(link => link.One).ThenBy(link => link.Other)];
        int[] clusters = new Clustering(set, model, pairs.Comparison, JudgedPairs.Of(set, judgements), leastBits).Join(RankedLinks.Of(links, leastBits));
        return [.. records.Select((record, i) => (Id: corpus.Id(record), Cluster: clusters[i])).GroupBy(record => record.Cluster, record => record.Id).Select(group => group.ToImmutableArray())];
    }

    private Dictionary<int, List<int>> Joined(IReadOnlyList<RecordJudgement> judgements)
    {
        var joined = new Dictionary<int, List<int>>();
        foreach (RecordJudgement judgement in judgements.Where(judgement => judgement.Verdict == Verdict.Same && !judgement.Revoked))
        {
            if (places.TryGetValue(judgement.One, out int one) && places.TryGetValue(judgement.Other, out int other))
            {
                ListOf(joined, one).Add(other);
                ListOf(joined, other).Add(one);
            }
        }

        return joined;
    }

    private void Reach(IEnumerable<int> seeds, Dictionary<int, List<int>> joined)
    {
        var waiting = new Queue<int>(seeds.Where(_reached.Add));
        while (waiting.TryDequeue(out int record))
        {
            foreach (ScoredPair pair in pairs.Of(record).Where(pair => pair.Bits >= leastBits))
            {
                _links.Add(pair);
                Wait(pair.One, waiting);
                Wait(pair.Other, waiting);
            }

            joined.GetValueOrDefault(record, []).ForEach(other => Wait(other, waiting));
        }
    }

    private void Wait(int record, Queue<int> waiting)
    {
        if (_reached.Add(record))
        {
            waiting.Enqueue(record);
        }
    }

    private static List<int> ListOf(Dictionary<int, List<int>> lists, int record) =>
        lists.TryGetValue(record, out List<int>? list) ? list : lists[record] = [];
}
