using Probity.Evidence;
using Probity.Tests.Support;

namespace Probity.Linkage.Tests;

/// <summary>
/// Two lists of the hospitals of one country, four years apart, with name, address, town and postcode and nothing else; the official facility number, which is
/// not compared, says which are one. Between the lists hospitals were renamed, sold and moved. Pairs are those of one cluster.
/// </summary>
public sealed class HospitalsTests(ITestOutputHelper output)
{
    [Fact]
    public void Hospitals_of_two_years_are_linked_by_name_and_address_at_the_published_threshold()
    {
        var numbers = new Dictionary<RecordId, string>();
        LinkageResult result = Tables.Link(Table("2021", "City", numbers), Table("2025", "City/Town", numbers));
        long right = 0;
        long joined = 0;
        foreach (IGrouping<string, string> cluster in result.ClusteredRecords().GroupBy(record => record.Cluster, record => numbers[record.Record]))
        {
            joined += Pairs(cluster.Count());
            right += cluster.CountBy(number => number).Sum(one => Pairs(one.Value));
        }

        long all = numbers.Values.CountBy(number => number).Sum(one => Pairs(one.Value));
        (double precision, double recall) = ((double)right / joined, (double)right / all);
        double f1 = 2 * precision * recall / (precision + recall);
        output.WriteLine(FormattableString.Invariant($"{numbers.Count} records, {all} pairs of one number: clusters precision {precision:F3} recall {recall:F3} F1 {f1:F3}"));
        Assert.True(f1 >= 0.95 && precision >= 0.99, FormattableString.Invariant($"precision {precision:F3} recall {recall:F3}"));
    }

    private static LinkTable Table(string year, string town, Dictionary<RecordId, string> numbers)
    {
        string[] columns = ["Facility Name", "Address", town, "ZIP Code"];
        List<Dictionary<string, string>> rows = CsvRows.Read(SharedData.Path($"hospital-value/fy{year}/tps.csv"));
        for (int row = 0; row < rows.Count; row++)
        {
            numbers.Add(new RecordId(year, $"{row}"), rows[row]["Facility ID"]);
        }

        return new LinkTable(year, ["name", "address", "city", "zip"], [.. rows.Select(row => (IReadOnlyList<string>)[.. columns.Select(column => row[column])])]);
    }

    private static long Pairs(int records) => (long)records * (records - 1) / 2;
}
