using CsCheck;

namespace Probity.Linkage.Tests;

/// <summary>A linkage of files says the same in whatever order their rows stand, where these have identifiers.</summary>
public sealed class RowOrderLaws
{
    private const string Header = "id,name,address,postcode,phone,company number";

    private static readonly string[] Twins =
    [
        "1,Bright Star Cleaning Ltd,10 Mill Road,CB1 2AD,,04812345",
        "2,Bright Star Cleaning Ltd,10 Mill Road,CB1 2AD,,",
        "3,Bright Star Cleaning Ltd,10 Mill Road,CB1 2AD,,07654321",
    ];

    /// <summary>Records of which many are equally like several others that exclude each other, under keys that hundreds share.</summary>
    private static readonly string[] Rows = [.. Enumerable.Range(0, 400).Select(i =>
        $"r{i},{(i % 3 == 0 ? "Amberlight" : "Brackenford")} {(i % 7 < 4 ? "Bakery" : "Foods")} Ltd,{1 + (i % 30)} Mill Road,CB{i % 4} 2AD,020 555 01{i % 20:00},{(i % 5 == 0 ? $"048{i % 40:00000}" : "")}")];

    [Fact]
    public void A_record_that_fits_two_others_equally_went_to_the_one_whose_row_came_first()
    {
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        Assert.Single(orders.Select(order => Organisations([.. order.Select(row => Twins[row])])).Distinct());
    }

    [Fact]
    public void What_is_linked_above_the_threshold_but_kept_apart_waits_for_a_person()
    {
        LinkageReport report = LinkageReport.Of(Tables.Link(Tables.Of("a", Header, Twins)));
        LinkedPair waiting = Assert.Single(report.Doubtful);
        Assert.True(waiting.Probability >= LinkageSpecification.Default.Threshold);
        Assert.Equal(2, report.Clusters);
    }

    [Fact]
    public void Shuffled_rows_give_the_same_organisations()
    {
        string straight = Organisations(Rows);
        Gen.Shuffle(Rows).Sample(rows => Assert.Equal(straight, Organisations(rows)), iter: 8);
    }

    private static string Organisations(string[] rows) => string.Join('\n', Tables.Link(Tables.Of("a", Header, rows)).ClusteredRecords()
        .GroupBy(record => record.Cluster, (_, records) => string.Join(' ', records.Select(record => record.Record.Record).Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal));
}
