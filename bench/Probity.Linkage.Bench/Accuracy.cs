using System.Runtime.InteropServices;

namespace Probity.Linkage.Bench;

/// <summary>Pairwise precision and recall of clusters against the known organisations, row by row.</summary>
internal static class Accuracy
{
    public static (double Precision, double Recall) Of<T>(IEnumerable<T> clusterOfRow, List<int> truth)
        where T : notnull
    {
        var clusters = new Dictionary<T, long>();
        var organisations = new Dictionary<int, long>();
        var both = new Dictionary<(T, int), long>();
        int row = 0;
        foreach (T cluster in clusterOfRow)
        {
            int organisation = truth[row++];
            CollectionsMarshal.GetValueRefOrAddDefault(clusters, cluster, out _)++;
            CollectionsMarshal.GetValueRefOrAddDefault(organisations, organisation, out _)++;
            CollectionsMarshal.GetValueRefOrAddDefault(both, (cluster, organisation), out _)++;
        }

        double right = Pairs(both.Values);
        return (right / Pairs(clusters.Values), right / Pairs(organisations.Values));
    }

    private static double Pairs(IEnumerable<long> sizes) => sizes.Sum(size => (double)size * (size - 1) / 2);
}
