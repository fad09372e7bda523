using System.Collections.Immutable;
using System.Text;
using Probity.Demo;
using Probity.Evidence;
using Probity.Tests.Support;

namespace Probity.Tests.Demo;

public sealed class DemoExtractTests
{
    private static readonly ImmutableArray<DemoEstablishment> Establishments = DemoHistory.All();

    [Fact]
    public void The_four_extracts_are_the_same_bytes_for_ever()
    {
        var lines = new StringBuilder();
        foreach (DateOnly day in DemoExtract.Days)
        {
            lines.Append(Digest.Of(DemoExtract.Bytes(Establishments, day))).Append("  ").Append(DemoExtract.FileName(day)).Append('\n');
        }

        Snapshot.Match(lines.ToString(), "demo-extracts");
    }

    [Fact]
    public void Every_line_has_every_column()
    {
        foreach (DateOnly day in DemoExtract.Days)
        {
            string[] lines = Encoding.UTF8.GetString(DemoExtract.Bytes(Establishments, day)).TrimEnd('\n').Split('\n');
            Assert.All(lines, line => Assert.Equal(19, line.Split(',').Length));
        }
    }

    [Fact]
    public void A_closed_establishment_is_missing_from_later_extracts()
    {
        DemoEstablishment closed = Establishments.First(one => one.Closed < DemoExtract.Days[2] && one.IsOpen(DemoExtract.Days[0]));
        Assert.Contains(closed.Id, Encoding.UTF8.GetString(DemoExtract.Bytes(Establishments, DemoExtract.Days[0])), StringComparison.Ordinal);
        Assert.DoesNotContain(closed.Id, Encoding.UTF8.GetString(DemoExtract.Bytes(Establishments, DemoExtract.Days[2])), StringComparison.Ordinal);
    }

    [Fact]
    public void No_establishment_is_inspected_before_it_opens_twice_a_day_or_at_a_weekend()
    {
        Assert.All(Establishments, one =>
        {
            Assert.All(one.Inspections, inspection => Assert.True(inspection.Day > one.Opened && inspection.Day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)));
            Assert.Equal(one.Inspections.Select(inspection => inspection.Day).Distinct().Order(), one.Inspections.Select(inspection => inspection.Day));
        });
    }
}
