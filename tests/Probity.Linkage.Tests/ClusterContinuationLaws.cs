using CsCheck;
using Probity.Evidence;

namespace Probity.Linkage.Tests;

/// <summary>For any two partitions of 12 records.</summary>
public sealed class ClusterContinuationLaws
{
    private static readonly Gen<int[]> Partition = Gen.Int[0, 4].Array[12];

    [Fact]
    public void Every_cluster_has_one_identifier_of_its_own() => Gen.Select(Partition, Partition).Sample((first, second) =>
    {
        ClusterContinuation after = Continue(first, second, shuffled: false);
        Assert.Equal(12, after.Organisations.Count);
        Assert.Equal(second.Distinct().Count(), after.Organisations.Values.Distinct().Count());
        Assert.All(Clusters(second), cluster => Assert.Single(cluster.Select(record => after.Organisations[record]).Distinct()));
    });

    [Fact]
    public void The_order_of_clusters_and_records_does_not_matter() => Gen.Select(Partition, Partition).Sample((first, second) =>
    {
        ClusterContinuation straight = Continue(first, second, shuffled: false);
        ClusterContinuation turned = Continue(first, second, shuffled: true);
        Assert.Equal(straight.Organisations.OrderBy(pair => pair.Key), turned.Organisations.OrderBy(pair => pair.Key));
        Assert.Equal(straight.Events, turned.Events);
    });

    [Fact]
    public void What_did_not_change_keeps_its_identifier_and_is_no_event() => Partition.Sample(partition =>
    {
        ClusterContinuation after = Continue(partition, partition, shuffled: false);
        Assert.Empty(after.Events);
        Assert.Equal(First(partition).OrderBy(pair => pair.Key), after.Organisations.OrderBy(pair => pair.Key));
    });

    [Fact]
    public void Every_identifier_that_vanished_redirects_to_one_in_use() => Gen.Select(Partition, Partition).Sample((first, second) =>
    {
        ClusterContinuation after = Continue(first, second, shuffled: false);
        HashSet<OrganisationId> used = [.. after.Organisations.Values];
        Dictionary<OrganisationId, OrganisationId> redirects = after.Events.OfType<ContinuationEvent.Merged>().ToDictionary(merged => merged.From, merged => merged.Into);
        Assert.All(First(first).Values.Distinct().Where(id => !used.Contains(id)), id => Assert.Contains(redirects[id], used));
    });

    private static ClusterContinuation Continue(int[] first, int[] second, bool shuffled)
    {
        IEnumerable<RecordId[]> clusters = shuffled ? Clusters(second).Reverse().Select(cluster => cluster.Reverse().ToArray()) : Clusters(second);
        return ClusterContinuation.Of(First(first), [], clusters);
    }

    private static IReadOnlyDictionary<RecordId, OrganisationId> First(int[] partition) =>
        ClusterContinuation.Of(new Dictionary<RecordId, OrganisationId>(), [], Clusters(partition)).Organisations;

    private static RecordId[][] Clusters(int[] partition) =>
        [.. partition.Select((cluster, i) => (cluster, record: new RecordId("s", $"{i}"))).GroupBy(pair => pair.cluster, pair => pair.record).Select(group => group.ToArray())];
}
