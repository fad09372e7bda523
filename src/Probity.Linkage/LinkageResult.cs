using System.Collections.Immutable;
using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>A record's place in the result.</summary>
/// <param name="Record">Source is the input's name; Record is its id column, or the row's number from 0.</param>
/// <param name="Cluster">The cluster's first record, "NAME:id": the same for all its records.</param>
/// <param name="Probability">0 to 1: how sure it is that the record belongs with its best partner in the cluster; 1 for a cluster of one.</param>
public readonly record struct ClusteredRecord(RecordId Record, string Cluster, double Probability);

/// <summary>Two records that were compared.</summary>
/// <param name="One">The earlier in the order of inputs and rows.</param>
/// <param name="Other">The later.</param>
/// <param name="Probability">0 to 1.</param>
/// <param name="Linked">True where both are in one cluster.</param>
/// <param name="Waterfall">Why: the bits add up to log2(p / (1 − p)).</param>
public sealed record LinkedPair(RecordId One, RecordId Other, double Probability, bool Linked, ImmutableArray<WaterfallStep> Waterfall);

/// <summary>Clusters, pairs and figures of one linkage.</summary>
public sealed class LinkageResult
{
    private readonly Corpus _corpus;
    private readonly LinkModel _model;
    private readonly ScoredPair[] _pairs;
    private readonly int[] _clusters;

    internal LinkageResult(LinkageSpecification specification, Corpus corpus, LinkModel model, ScoredPair[] pairs, int[] clusters)
    {
        (Specification, _corpus, _model, _pairs, _clusters) = (specification, corpus, model, pairs, clusters);
    }

    internal Corpus Corpus => _corpus;

    internal LinkModel Model => _model;

    /// <summary>What was asked for.</summary>
    public LinkageSpecification Specification { get; }

    /// <summary>For each input's name, what each of its columns was taken for, in their order.</summary>
    public required ImmutableDictionary<string, ImmutableArray<ColumnUse>> Columns { get; init; }

    /// <summary>Candidates compared; each pair once.</summary>
    public required long PairsCompared { get; init; }

    /// <summary>Blocking keys that stand on too many records for all of them to be paired.</summary>
    public required long CommonKeys { get; init; }

    /// <summary>Share of matches that the candidates hold, estimated; null where names or other fields found none.</summary>
    public required double? BlockingRecall { get; init; }

    /// <summary>Joins prevented by a veto, or by the evidence between the clusters' other records.</summary>
    public required long JoinsRefused { get; init; }

    /// <summary>Judgements that cannot all be true; their "same" joined nothing.</summary>
    public required IReadOnlyList<Contradiction> Contradictions { get; init; }

    /// <summary>Judgements about records that are not in this run.</summary>
    public required int JudgementsWaiting { get; init; }

    /// <summary>How many records there were.</summary>
    public int Records => _corpus.Count;

    /// <summary>How many organisations they are.</summary>
    public int Clusters => _clusters.Where((cluster, record) => cluster == record).Count();

    /// <summary>Identifiers that count as none because many records of different names carry them, each as "scheme number on N records".</summary>
    public required IReadOnlyList<string> Placeholders { get; init; }

    /// <summary>For each scheme, how many numbers failed its check and therefore are evidence for nothing.</summary>
    public IReadOnlyDictionary<string, long> FailedChecks => _corpus.FailedChecks;

    /// <summary>Records without a usable name: it is empty, or nothing but legal forms. In the order of inputs and rows.</summary>
    public IReadOnlyList<RecordId> Unnamed => [.. _corpus.Unnamed.Select(_corpus.Id)];

    /// <summary>Every record with its cluster, in the order of inputs and rows.</summary>
    public IEnumerable<ClusteredRecord> ClusteredRecords()
    {
        double[] best = new double[_clusters.Length];
        foreach (ScoredPair pair in _pairs.Where(pair => _clusters[pair.One] == _clusters[pair.Other]))
        {
            double probability = Told(pair);
            best[pair.One] = Math.Max(best[pair.One], probability);
            best[pair.Other] = Math.Max(best[pair.Other], probability);
        }

        for (int i = 0; i < _clusters.Length; i++)
        {
            yield return new ClusteredRecord(_corpus.Id(i), _corpus.Id(_clusters[i]).ToString(), best[i] > 0 ? best[i] : 1);
        }
    }

    /// <summary>Pairs of probability 0.2 and more, by the order of their records.</summary>
    public IEnumerable<LinkedPair> Pairs() => _pairs.Select(Explained);

    /// <summary>The probability of each pair kept, and whether its records are in one cluster.</summary>
    internal IEnumerable<(double Probability, bool Linked)> Probabilities() =>
        _pairs.Select(pair => (Told(pair), _clusters[pair.One] == _clusters[pair.Other]));

    /// <summary>The pair of two records of this run, whether or not it was a candidate; null where a record is not in it.</summary>
    public LinkedPair? Explain(RecordId one, RecordId other)
    {
        int a = Place(one);
        int b = Place(other);
        if (a < 0 || b < 0)
        {
            return null;
        }

        int pattern = new PairComparison(_corpus.Lexicon).Compare(_corpus.View(Math.Min(a, b)), _corpus.View(Math.Max(a, b)));
        return Explained(new ScoredPair(Math.Min(a, b), Math.Max(a, b), pattern, _model.Bits(pattern)));
    }

    /// <summary>
    /// Pairs that a person may decide, in the order of their records: from 0.2 to below the threshold, and those above whose records are in two clusters;
    /// none that a veto decides.
    /// </summary>
    internal IEnumerable<LinkedPair> Doubtful() => _pairs.Where(IsDoubtful).Select(Explained);

    /// <summary>How many they are.</summary>
    internal long DoubtfulPairs => _pairs.LongCount(IsDoubtful);

    private bool IsDoubtful(ScoredPair pair) => !LinkModel.Vetoes(pair.Pattern) && (Told(pair) < Specification.Threshold || _clusters[pair.One] != _clusters[pair.Other]);

    private double Told(ScoredPair pair) => LinkModel.Probability(_model.ToldBits(pair.Pattern));

    private int Place(RecordId record)
    {
        for (int i = 0; i < _corpus.Count; i++)
        {
            if (_corpus.Id(i) == record)
            {
                return i;
            }
        }

        return -1;
    }

    private LinkedPair Explained(ScoredPair pair) => new(
        _corpus.Id(pair.One),
        _corpus.Id(pair.Other),
        Told(pair),
        _clusters[pair.One] == _clusters[pair.Other],
        _model.Waterfall(pair.Pattern));
}
