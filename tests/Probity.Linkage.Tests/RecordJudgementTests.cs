using Probity.Evidence;

namespace Probity.Linkage.Tests;

public sealed class RecordJudgementTests
{
    private static readonly LinkTable Table = Tables.Of(
        "a",
        "id,name,address,zip,phone",
        [.. Tables.Filler(100, (i, word) => $"f{i},{word} Ltd,{i} {word} road,{10000 + i},55510{i:D4}"),
         "x,Alder Foods Ltd,12 Harbour Street,20001,5559876", "y,Alder Foods Limited,12 Harbour Street,20001,5559876", "z,Quite Another Name,99 Far Lane,99999,5550001"]);

    [Fact]
    public void Without_judgements_the_score_decides() => Assert.Equal((true, false), Together([]));

    [Fact]
    public void Not_the_same_keeps_apart_what_the_score_would_join() => Assert.Equal((false, false), Together([Judge("x", "y", Verdict.NotSame, 1)]));

    [Fact]
    public void Same_joins_what_the_score_would_not() => Assert.Equal((true, true), Together([Judge("x", "z", Verdict.Same, 1)]));

    [Fact]
    public void Same_outranks_a_veto()
    {
        LinkTable funds = Tables.Of("a", "id,name,zip", "1,Fund VII,10001", "2,Fund VIII,10001");
        LinkageResult result = Run(funds, [Judge("1", "2", Verdict.Same, 1)]);
        Assert.Equal(1, result.Clusters);
    }

    [Fact]
    public void Same_put_two_valid_numbers_of_an_exclusive_scheme_into_one_cluster_without_a_word()
    {
        LinkTable firms = Tables.Of("a", "id,name,siren", "1,Alder Foods,732829320", "2,Birch Dairies,443061841");
        RecordJudgement judgement = Judge("1", "2", Verdict.Same, 1);
        LinkageResult result = Run(firms, [judgement]);
        Assert.Equal(2, result.Clusters);
        var contradiction = Assert.IsType<Contradiction.OfNumbers>(Assert.Single(result.Contradictions));
        Assert.Equal([judgement], contradiction.Chain);
        Assert.Equal(new NumberClash("siren", new RecordId("a", "1"), "732829320", new RecordId("a", "2"), "443061841"), contradiction.Numbers);
    }

    [Fact]
    public void A_chain_of_same_put_two_valid_numbers_into_one_cluster_by_way_of_a_record_without_one()
    {
        LinkTable firms = Tables.Of("a", "id,name,siren", "1,Alder Foods,732829320", "2,Birch Dairies,443061841", "3,Cedar Mills,");
        LinkageResult result = Run(firms, [Judge("1", "3", Verdict.Same, 1), Judge("3", "2", Verdict.Same, 2)]);
        Assert.Equal(3, result.Clusters);
        Assert.Equal([1, 2], Assert.IsType<Contradiction.OfNumbers>(Assert.Single(result.Contradictions)).Chain.Select(one => one.Order));
    }

    /// <summary>The join of one of the two organisations with its own record was refused instead, and the record went to the other.</summary>
    [Fact]
    public void Same_between_records_without_numbers_tore_one_off_its_organisation_where_their_organisations_have_different_numbers()
    {
        LinkTable firms = Firms("443061841");
        RecordJudgement judgement = Judge("a2", "b2", Verdict.Same, 1);
        LinkageResult result = Run(firms, [judgement]);
        Assert.Equal([("a1", "a2"), ("b1", "b2")], result.ClusteredRecords().Where(record => record.Record.Record[0] is 'a' or 'b').GroupBy(record => record.Cluster).Select(cluster => (cluster.First().Record.Record, cluster.Last().Record.Record)));
        var contradiction = Assert.IsType<Contradiction.OfNumbers>(Assert.Single(result.Contradictions));
        Assert.Equal([judgement], contradiction.Chain);
        Assert.Equal(("732829320", "443061841"), (contradiction.Numbers.Number, contradiction.Numbers.OtherNumber));
        Assert.Empty(Run(Firms(""), [judgement]).Contradictions);
    }

    [Fact]
    public void Two_judgements_of_same_that_meet_in_one_organisation_joined_organisations_of_different_numbers_in_part()
    {
        RecordJudgement[] judgements = [Judge("a2", "f3", Verdict.Same, 1), Judge("a1", "f4", Verdict.Same, 2), Judge("f4", "b2", Verdict.Same, 3)];
        LinkageResult result = Run(Firms("443061841"), judgements);
        Assert.Equal([1, 2, 3], Assert.IsType<Contradiction.OfNumbers>(Assert.Single(result.Contradictions)).Chain.Select(one => one.Order));
        Assert.Equal(4, result.ClusteredRecords().Where(record => record.Record.Record is "a1" or "a2" or "b1" or "b2" or "f3" or "f4").Select(record => record.Cluster).Distinct().Count());
    }

    [Fact]
    public void Numbers_that_fail_their_check_contradict_no_judgement()
    {
        LinkTable firms = Tables.Of("a", "id,name,siren", "1,Alder Foods,732829320", "2,Birch Dairies,443061842");
        Assert.Equal(1, Run(firms, [Judge("1", "2", Verdict.Same, 1)]).Clusters);
    }

    [Fact]
    public void Unsure_leaves_it_to_the_score() => Assert.Equal((true, false), Together([Judge("x", "y", Verdict.Unsure, 1)]));

    [Fact]
    public void The_latest_judgement_of_a_pair_counts_whatever_order_they_arrive_in()
    {
        RecordJudgement[] judgements = [Judge("y", "x", Verdict.NotSame, 5), Judge("x", "y", Verdict.Same, 2)];
        Assert.Equal((false, false), Together(judgements));
        Assert.Equal((false, false), Together([.. judgements.Reverse()]));
    }

    [Fact]
    public void A_revoked_judgement_gives_the_pair_back_to_the_score() =>
        Assert.Equal((true, false), Together([Judge("x", "y", Verdict.NotSame, 1), Judge("x", "y", Verdict.NotSame, 2) with { Revoked = true }]));

    [Fact]
    public void A_contradiction_is_shown_and_joins_nothing()
    {
        LinkageResult result = Run(Table, [Judge("f1", "f2", Verdict.Same, 1), Judge("f2", "f3", Verdict.Same, 2), Judge("f1", "f3", Verdict.NotSame, 3)]);
        var contradiction = Assert.IsType<Contradiction.OfJudgements>(Assert.Single(result.Contradictions));
        Assert.Equal(3, contradiction.NotSame.Order);
        Assert.Equal([1, 2], contradiction.Chain.Select(judgement => judgement.Order));
        Assert.Equal(3, result.ClusteredRecords().Where(record => record.Record.Record is "f1" or "f2" or "f3").Select(record => record.Cluster).Distinct().Count());
    }

    [Fact]
    public void A_judgement_about_an_unknown_record_waits() => Assert.Equal(1, Run(Table, [Judge("x", "nobody", Verdict.Same, 1)]).JudgementsWaiting);

    /// <summary>Two firms of two records each, of which the first carries a number.</summary>
    private static LinkTable Firms(string other) => Tables.Of(
        "a",
        "id,name,address,zip,phone,siren",
        [.. Tables.Filler(100, (i, word) => $"f{i},{word} Ltd,{i} {word} road,{10000 + i},55510{i:D4},"),
         "a1,Alder Foods Ltd,12 Harbour Street,20001,5559876,732829320", "a2,Alder Foods Limited,12 Harbour Street,20001,5559876,",
         $"b1,Birch Dairies Ltd,9 Quarry Lane,30001,5551234,{other}", "b2,Birch Dairies Limited,9 Quarry Lane,30001,5551234,"]);

    private static (bool XandY, bool XandZ) Together(IReadOnlyList<RecordJudgement> judgements)
    {
        Dictionary<string, string> clusters = Run(Table, judgements).ClusteredRecords().ToDictionary(record => record.Record.Record, record => record.Cluster);
        return (clusters["x"] == clusters["y"], clusters["x"] == clusters["z"]);
    }

    private static LinkageResult Run(LinkTable table, IReadOnlyList<RecordJudgement> judgements) =>
        Assert.IsType<LinkageOutcome.Linked>(LinkageRun.Link(LinkageSpecification.Default, [table], judgements)).Result;

    private static RecordJudgement Judge(string one, string other, Verdict verdict, long order) =>
        new(new RecordId("a", one), new RecordId("a", other), verdict, "linkage officer", "seen on site", order, Revoked: false);
}
