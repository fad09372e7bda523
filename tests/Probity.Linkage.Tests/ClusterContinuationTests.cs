using Probity.Evidence;

namespace Probity.Linkage.Tests;

public sealed class ClusterContinuationTests
{
    private static readonly Dictionary<RecordId, OrganisationId> Nothing = [];

    [Fact]
    public void A_new_cluster_has_the_identifier_of_its_first_record() =>
        Assert.Equal(OrganisationId.FirstSeenAs(R("1")), Continue(Nothing, ["2", "1"]).Organisations[R("2")]);

    [Fact]
    public void A_merge_keeps_the_identifier_with_more_records_and_redirects_the_other()
    {
        IReadOnlyDictionary<RecordId, OrganisationId> before = Continue(Nothing, ["1"], ["2", "3"]).Organisations;
        ClusterContinuation after = Continue(before, ["1", "2", "3"]);
        Assert.Equal(before[R("2")], after.Organisations[R("1")]);
        Assert.Equal([new ContinuationEvent.Merged(before[R("1")], before[R("2")])], after.Events);
    }

    [Fact]
    public void A_split_leaves_the_identifier_with_most_records_and_mints_another()
    {
        IReadOnlyDictionary<RecordId, OrganisationId> before = Continue(Nothing, ["1", "2", "3"]).Organisations;
        ClusterContinuation after = Continue(before, ["1"], ["2", "3"]);
        Assert.Equal(before[R("1")], after.Organisations[R("2")]);
        Assert.NotEqual(before[R("1")], after.Organisations[R("1")]);
        Assert.Equal([new ContinuationEvent.Split(before[R("1")], after.Organisations[R("1")])], after.Events);
    }

    [Fact]
    public void A_new_record_joins_without_moving_the_identifier_even_where_it_sorts_first()
    {
        IReadOnlyDictionary<RecordId, OrganisationId> before = Continue(Nothing, ["5", "6"]).Organisations;
        ClusterContinuation after = Continue(before, ["0", "5", "6"]);
        Assert.Equal(before[R("5")], after.Organisations[R("0")]);
        Assert.Empty(after.Events);
    }

    [Fact]
    public void A_retired_identifier_is_not_given_again() =>
        Assert.NotEqual(
            OrganisationId.FirstSeenAs(R("1")),
            ClusterContinuation.Of(Nothing, [OrganisationId.FirstSeenAs(R("1"))], [[R("1")]]).Organisations[R("1")]);

    private static ClusterContinuation Continue(IReadOnlyDictionary<RecordId, OrganisationId> before, params string[][] clusters) =>
        ClusterContinuation.Of(before, [], clusters.Select(cluster => cluster.Select(R).ToArray()));

    private static RecordId R(string record) => new("s", record);
}
