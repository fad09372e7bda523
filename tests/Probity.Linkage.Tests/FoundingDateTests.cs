using Probity.Evidence;

namespace Probity.Linkage.Tests;

public sealed class FoundingDateTests
{
    private const string Header = "id,name,address,zip,phone,date of incorporation";

    private static readonly string[] Others = [.. Tables.Filler(200, (i, word) => $"f{i},{word} Foods,{i} {word} road,{10000 + i},55510{i:D4},{1950 + (i % 60)}-0{1 + (i % 9)}-11")];

    [Theory]
    [InlineData("2003-04-30", "30.04.2003", 1)]
    [InlineData("20030430", "4/30/2003", 1)]
    [InlineData("30/04/2003", "2003-04-30T00:00:00", 1)]
    [InlineData("2003-04-30", "2003-05-01", 2)]
    [InlineData("2003", "2003-04-30", 2)]
    [InlineData("2003", "2003", 2)]
    [InlineData("03/04/2003", "2003-04-03", 2)]
    [InlineData("2003-04-30", "2004-04-30", 3)]
    [InlineData("2003-04-31", "2003-04-30", 0)]
    [InlineData("unknown", "2003-04-30", 0)]
    [InlineData("", "", 0)]
    [InlineData("0001-01-01", "0001-01-01", 0)]
    public void Days_and_years_are_compared_however_they_are_written(string one, string other, int level) =>
        Assert.Equal(level, FoundingDate.Level(FoundingDate.Of(one), FoundingDate.Of(other)));

    [Theory]
    [InlineData("2003-04-30", "founded on the same day", true)]
    [InlineData("2019-11-02", "founded in different years", false)]
    public void The_day_of_incorporation_speaks_for_and_against(string other, string outcome, bool speaksFor)
    {
        LinkTable table = Tables.Of("a", Header, [.. Others, "x,Rabenhorst Optik Ltd,12 Pier Street,20001,,2003-04-30", $"y,Rabenhorst Optik Ltd,12 Pier Street,20001,,{other}"]);
        WaterfallStep step = Tables.Link(table).Explain(new RecordId("a", "x"), new RecordId("a", "y"))!.Waterfall.Single(one => one.Field == "date");
        Assert.Equal((outcome, speaksFor), (step.Outcome, step.Bits > 0));
    }

    [Fact]
    public void Columns_of_inspections_and_registrations_are_no_days_of_foundation()
    {
        LinkTable table = Tables.Of("a", "id,name,inspection date,registration date,date of birth,founded", "1,Rabenhorst Optik Ltd,2003-04-30,2003-04-30,2003-04-30,2003");
        Assert.Equal(["founded"], ColumnGuess.Of(table).Where(use => use.Role == ColumnRole.Founded).Select(use => use.Column));
    }
}
