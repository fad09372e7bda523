using Probity.Evidence;

namespace Probity.Linkage.Tests;

public sealed class LinkageRunTests
{
    [Theory]
    [InlineData("Alder Foods", "732829320", "Alder Foods", "443061841")]
    [InlineData("Alder Fund VII", "", "Alder Fund VIII", "")]
    public void A_vetoed_pair_was_told_as_sure_and_without_its_veto(string name, string siren, string otherName, string otherSiren)
    {
        LinkTable table = Tables.Of(
            "a",
            "id,name,address,zip,phone,siren",
            [.. Tables.Filler(100, (i, word) => $"f{i},{word} Ltd,{i} {word} road,{10000 + i},55510{i:D4},"), $"x,{name},12 Harbour Street,20001,5559876,{siren}", $"y,{otherName},12 Harbour Street,20001,5559876,{otherSiren}"]);
        LinkageResult result = Tables.Link(table);
        LinkedPair pair = result.Explain(new RecordId("a", "x"), new RecordId("a", "y"))!;
        Assert.Equal((false, "veto"), (pair.Linked, pair.Waterfall[^1].Field));
        Assert.InRange(pair.Probability, 0.2, 0.34);
        Assert.Equal(pair.Probability, 1 / (1 + Math.Pow(2, -pair.Waterfall.Sum(step => step.Bits))), 9);
        Assert.DoesNotContain(LinkageReport.Of(result).Doubtful, one => one.One == pair.One && one.Other == pair.Other);
        Assert.Contains(result.Pairs(), one => one.One == pair.One && one.Other == pair.Other);
    }

    private static readonly LinkTable Register = Tables.Of(
        "register",
        "company_id,CompanyName,AddressLine1,PostCode,Town",
        Tables.Filler(300, (i, word) => $"R{i},{word} Foods Limited,{i + 1} {word} Road,{10000 + i},Northton"));

    private static readonly LinkTable Partner = Tables.Of(
        "partner",
        "firm,street,zip,city",
        Tables.Filler(300, (i, word) => $"{word.ToUpperInvariant()} FOODS LTD,{i + 1} {word} Rd.,{10000 + i},Northton"));

    [Fact]
    public void Two_files_of_the_same_organisations_are_linked_one_to_one_without_a_specification()
    {
        LinkageResult result = Tables.Link(Register, Partner);
        Assert.Equal(600, result.Records);
        Assert.Equal(300, result.Clusters);
        ClusteredRecord[] records = [.. result.ClusteredRecords()];
        Assert.Equal("register:R7", records[7].Record.ToString());
        Assert.Equal(records[7].Cluster, records[307].Cluster);
        Assert.InRange(records[7].Probability, 0.99, 1);
    }

    [Fact]
    public void The_waterfall_of_a_pair_adds_up_to_its_probability()
    {
        LinkageResult result = Tables.Link(Register, Partner);
        Assert.All(result.Pairs(), pair =>
        {
            double bits = pair.Waterfall.Sum(step => step.Bits);
            Assert.Equal(pair.Probability, 1 / (1 + Math.Pow(2, -bits)), 12);
            Assert.Equal("prior", pair.Waterfall[0].Field);
        });
    }

    [Fact]
    public void The_same_inputs_give_the_same_bits()
    {
        Assert.Equal(
            Tables.Link(Register, Partner).Pairs().Select(pair => (pair.One, pair.Other, pair.Probability)),
            Tables.Link(Register, Partner).Pairs().Select(pair => (pair.One, pair.Other, pair.Probability)));
    }

    [Fact]
    public void The_order_of_rows_does_not_change_which_records_are_together()
    {
        var reversed = new LinkTable(Partner.Name, [.. Partner.Columns, "id"], [.. Partner.Rows.Select((row, i) => (IReadOnlyList<string>)[.. row, $"{i}"]).Reverse()]);
        Assert.Equal(Together(Tables.Link(Register, Partner)), Together(Tables.Link(Register, reversed)));
    }

    [Fact]
    public void The_report_counts_what_the_result_holds()
    {
        LinkageReport report = LinkageReport.Of(Tables.Link(Register, Partner));
        Assert.Equal(600, report.Records);
        Assert.Equal(300, report.Clusters);
        Assert.Equal(20, report.Biggest.Length);
        Assert.All(report.Biggest, cluster => Assert.Equal(2, cluster.Records));
        Assert.True(report.Bands[^1].Linked >= 300);
        Assert.InRange(report.BlockingRecall!.Value, 0.9, 1);
    }

    [Fact]
    public void A_pair_can_be_explained_even_where_it_was_no_candidate()
    {
        LinkageResult result = Tables.Link(Register, Partner);
        LinkedPair far = result.Explain(new("register", "R0"), new("register", "R150"))!;
        Assert.False(far.Linked);
        Assert.InRange(far.Probability, 0, 0.001);
        Assert.Null(result.Explain(new("register", "R0"), new("elsewhere", "R0")));
    }

    private static string[] Together(LinkageResult result) =>
        [.. result.ClusteredRecords().GroupBy(record => record.Cluster, record => record.Record).Select(group => string.Join(' ', group.Order())).Order(StringComparer.Ordinal)];
}
