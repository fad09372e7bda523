using Probity.Evidence;
using Probity.Tests.Support;

namespace Probity.Sources.Tests;

/// <summary>Files as authorities publish them: several tables of one record, titles above headers, numbers with words around them.</summary>
public sealed class TablesTests : IDisposable
{
    private const string Head = """
        probity: 1
        source: plans
        title: Plans
        publisher: Example
        licence: CC0 1.0
        kind: official-register
        context: care
        law: Example Act
        purpose: example
        subject: legal-entity

        """;

    private const string Joined = Head + """
        tables:
          rates: {known_by: [Rates View], csv_skip_lines: 1, csv_header_lines: 2, csv_skip_below: 1}
          ratings: {known_by: [Summary View], csv_skip_lines: 1}
        lists: {measures: [c01, c02]}
        id: [rates/CONTRACT_ID, ratings/Contract Number]
        empty: [Not enough data, Data issues]
        identity:
          name: {from: rates/Name, required: true}
        findings:
          - type: measures
            fields:
              "{measures}": {from: "rates/{measures}: *", type: decimal, before: ["%", " out of"], column: required}
              "{measures}_issues": {from: "rates/{measures}: *", is: Data issues}
              stars: {from: ratings/Stars, replace: {Not enough data: few}}
        """;

    private const string Rates = "\ufeffRates View 2026,,,\nCONTRACT_ID,Name,HD1: Health,\n,,C01: Screening,C02: Eyes\n,,2024,2024\nH1 ,Humble ,76% ,3 out of 10\nH2,Second,Not enough data ,Data issues\n";
    private const string Ratings = "Summary View,\nContract Number,Stars\nH2 ,Not enough data \nH1,4\nH3,5\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_of_several_tables_with_one_identifier_are_one_record()
    {
        List<SourceRecord> records = Read(Joined, ("ratings.csv", Ratings), ("rates.csv", Rates));

        Assert.Equal("H2: {\"c02_issues\":true,\"stars\":\"few\"}; H1: {\"c01\":\"76\",\"c02\":\"3\",\"stars\":\"4\"}", Findings(records));
        Rejection alone = Assert.Single(records.Rejections());
        Assert.Equal((RejectionCodes.FieldMissing, "H3"), (alone.Code, alone.Place.Record));
    }

    [Fact]
    public void A_table_that_is_not_given_is_told_by_what_it_is_known_by()
    {
        Rejection missing = Assert.Single(Read(Joined, ("rates.csv", Rates)).Rejections());

        Assert.Equal((SourceCodes.TableMissing, "ratings"), (missing.Code, missing.Field));
        Assert.Contains("'Summary View'", missing.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_none_of_the_tables_is_refused()
    {
        List<SourceRecord> records = Read(Joined, ("ratings.csv", Ratings), ("rates.csv", Rates), ("other.csv", "a,b\n1,2\n"));

        Assert.Contains(records.Rejections(), one => one.Code == SourceCodes.TableUnknown && one.Place.File.EndsWith("other.csv", StringComparison.Ordinal));
    }

    [Fact]
    public void A_column_that_must_stand_is_missed_even_where_records_may_leave_it_empty()
    {
        List<SourceRecord> records = Read(Joined, ("ratings.csv", Ratings), ("rates.csv", Rates.Replace("C02: Eyes", "C03: Eyes", StringComparison.Ordinal)));

        Assert.Contains(records.Rejections(), one => one.Code == SourceCodes.ColumnMissing && one.Field == "c02: *");
    }

    [Fact]
    public void A_row_that_stands_twice_in_a_table_counts_once()
    {
        List<SourceRecord> records = Read(Joined, ("ratings.csv", Ratings + "H1,2\n"), ("rates.csv", Rates));

        Assert.Contains(records.Rejections(), one => one.Code == RejectionCodes.IdDuplicate && one.Place.Record == "H1");
        Assert.Contains("\"stars\":\"4\"", Findings(records), StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_that_name_no_table_and_tables_that_nothing_joins_are_told()
    {
        var problems = new List<Problem>();
        Assert.Null(SourceDefinition.Read("x.yaml", Joined.Replace("rates/Name", "Name", StringComparison.Ordinal).Replace(", ratings/Contract Number", "", StringComparison.Ordinal), problems));
        Assert.Equal(["table.id", "table.unknown"], problems.Select(problem => problem.Code).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("several", "A / 1: 2024-06-30 7; A / 1: 2024-07-31 1234")]
    [InlineData("numbered", "A / 1: 2024-06-30 7; A / 1: 2024-07-31 1234; A / 1 #2: 2024-06-30 9")]
    public void Records_of_one_identifier_are_told_apart_by_their_days_or_numbered(string rule, string expected)
    {
        string source = Head + $$$"""
            same_id: {{{rule}}}
            id: {from: [County, Town], join: " / "}
            identity: {name: Town}
            findings:
              - type: caseload
                day: {from: Period, form: month, after: " to "}
                fields: {filed: {from: Filed, type: whole, thousands: ","}}
            """;
        List<SourceRecord> records = Read(source, ("cases.csv", "County,Town,Period,Filed\nA,1,May 2024 to June 2024,7\nA,1,June 2024 to JULY 2024,\"1,234\"\nA,1,May 2024 to June 2024,9\n"));

        Assert.Equal(expected, string.Join("; ", records.SelectMany(record => record.Statements).Where(one => one.Kind == StatementKind.Finding).Select(one => $"{one.About.Record}: {Day.Text(one.ValidFrom!.Value)} {one.Body["filed"]}")));
    }

    private static string Findings(List<SourceRecord> records) => string.Join("; ", records.SelectMany(record => record.Statements)
        .Where(one => one.Kind == StatementKind.Finding).Select(one => $"{one.About.Record}: {System.Text.Encoding.UTF8.GetString(CanonicalJson.Bytes(one.Body))}"));

    private List<SourceRecord> Read(string mapping, params (string Name, string Content)[] files)
    {
        var problems = new List<Problem>();
        SourceDefinition source = SourceDefinition.Read("plans.yaml", mapping, problems) ?? throw new InvalidDataException(string.Join('\n', problems));
        string[] paths = [.. files.Select(file => _folder.Write(file.Name, file.Content))];
        return [.. SourceReader.Read(source, paths, Fhrs.Options, TestContext.Current.CancellationToken)];
    }
}
