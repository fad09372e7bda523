using Probity.Tests.Support;

namespace Probity.Sources.Tests;

public sealed class SharedRecordsTests
{
    [Fact]
    public void Every_record_of_the_published_CSV_becomes_statements()
    {
        List<SourceRecord> records = Fhrs.ReadAt(SharedData.Path("food-hygiene/establishments.csv"));

        Assert.Equal(42_613, records.Count);
        Assert.Empty(records.Rejections());
        Assert.Equal(35_574, records.SelectMany(record => record.Statements).Count(statement => statement.Type == "inspection"));
        Assert.Equal(42_613, records.SelectMany(record => record.Statements).Count(statement => statement.Type == "rating"));
    }

    [Fact]
    public void Every_record_of_the_interfaces_answer_becomes_statements()
    {
        List<SourceRecord> records = Fhrs.ReadAt(SharedData.Path("food-hygiene/api-barking-and-dagenham.json"));

        Assert.Equal(1_318, records.Count);
        Assert.Empty(records.Rejections());
    }

    [Fact]
    public void A_folder_gives_the_records_of_all_its_files()
    {
        List<SourceRecord> records = Fhrs.ReadAt(SharedData.Path("food-hygiene"));

        Assert.Equal(42_613 + 1_318, records.Count);
        Assert.Empty(records.Rejections());
    }
}
