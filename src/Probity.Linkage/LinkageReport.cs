using System.Collections.Immutable;

namespace Probity.Linkage;

/// <summary>How many candidate pairs have a probability in one tenth.</summary>
/// <param name="From">0.2, 0.3 … 0.9.</param>
/// <param name="Pairs">Candidates from <paramref name="From"/> up to a tenth more.</param>
/// <param name="Linked">Those of them whose records came into one cluster.</param>
public readonly record struct ProbabilityBand(double From, long Pairs, long Linked);

/// <summary>A cluster of two records or more.</summary>
/// <param name="Cluster">Its first record, "NAME:id".</param>
/// <param name="Records">How many records it has.</param>
/// <param name="WeakestLink">The least of its records' probabilities: what would go first if the threshold rose.</param>
public readonly record struct ClusterSummary(string Cluster, int Records, double WeakestLink);

/// <summary>What a linkage did, for people who must trust it.</summary>
/// <param name="Records">Records read.</param>
/// <param name="Clusters">Organisations they are.</param>
/// <param name="PairsCompared">Candidate pairs compared.</param>
/// <param name="BlockingRecall">
/// Share of matches that blocking found, estimated by capture and recapture between keys of names and keys of other fields (Lincoln and
/// Petersen); null where one of the two found nothing.
/// </param>
/// <param name="Bands">Candidates by probability, tenth by tenth from 0.2.</param>
/// <param name="DoubtfulPairs">How many pairs without a veto lie from 0.2 to below the threshold, or above it in two clusters.</param>
/// <param name="Doubtful">The likeliest of them: for a person to judge; at most 100.</param>
/// <param name="Biggest">The biggest clusters, at most 20.</param>
/// <param name="Weakest">The clusters with the weakest links, at most 20.</param>
public sealed record LinkageReport(
    int Records,
    int Clusters,
    long PairsCompared,
    double? BlockingRecall,
    ImmutableArray<ProbabilityBand> Bands,
    long DoubtfulPairs,
    ImmutableArray<LinkedPair> Doubtful,
    ImmutableArray<ClusterSummary> Biggest,
    ImmutableArray<ClusterSummary> Weakest)
{
    private const int MostDoubtful = 100;
    private const int MostClusters = 20;

    /// <summary>The report of one linkage.</summary>
    public static LinkageReport Of(LinkageResult result)
    {
        ClusterSummary[] clusters = [.. result.ClusteredRecords()
            .GroupBy(record => record.Cluster, StringComparer.Ordinal)
            .Where(group => group.Skip(1).Any())
            .Select(group => new ClusterSummary(group.Key, group.Count(), group.Min(record => record.Probability)))];
        return new LinkageReport(
            result.Records,
            result.Clusters,
            result.PairsCompared,
            result.BlockingRecall,
            BandsOf(result),
            result.DoubtfulPairs,
            [.. result.Doubtful().OrderByDescending(pair => pair.Probability).ThenBy(pair => pair.One).ThenBy(pair => pair.Other).Take(MostDoubtful)],
            [.. clusters.OrderByDescending(cluster => cluster.Records).ThenBy(cluster => cluster.Cluster, StringComparer.Ordinal).Take(MostClusters)],
            [.. clusters.OrderBy(cluster => cluster.WeakestLink).ThenBy(cluster => cluster.Cluster, StringComparer.Ordinal).Take(MostClusters)]);
    }

    private static ImmutableArray<ProbabilityBand> BandsOf(LinkageResult result)
    {
        long[] pairs = new long[10];
        long[] linked = new long[10];
        foreach ((double probability, bool together) in result.Probabilities())
        {
            int band = Math.Min(9, (int)(probability * 10));
            pairs[band]++;
            linked[band] += together ? 1 : 0;
        }

        return [.. Enumerable.Range(2, 8).Select(band => new ProbabilityBand(band / 10d, pairs[band], linked[band]))];
    }
}
