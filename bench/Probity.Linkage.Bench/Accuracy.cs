using System.Runtime.InteropServices;

namespace Probity.Linkage.Bench;

/// <summary>Pairwise precision and recall of clusters against the known organisations.</summary>
internal static class Accuracy
{
    public static (double Precision, double Recall) Of(LinkageResult result, List<int> truth)
    {
        var clusters = new Dictionary<string, long>(StringComparer.Ordinal);
        var organisations = new Dictionary<int, long>();
        var both = new Dictionary<(string, int), long>();
        int row = 0;
        foreach (ClusteredRecord record in result.ClusteredRecords())
        {
            int organisation = truth[row++];
            CollectionsMarshal.GetValueRefOrAddDefault(clusters, record.Cluster, out _)++;
            CollectionsMarshal.GetValueRefOrAddDefault(organisations, organisation, out _)++;
            CollectionsMarshal.GetValueRefOrAddDefault(both, (record.Cluster, organisation), out _)++;
        }

        double right = Pairs(both.Values);
        return (right / Pairs(clusters.Values), right / Pairs(organisations.Values));
    }

    private static double Pairs(IEnumerable<long> sizes) => sizes.Sum(size => (double)size * (size - 1) / 2);
}
