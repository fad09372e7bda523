namespace Probity.Linkage.Tests;

/// <summary>Small inputs for tests.</summary>
internal static class Tables
{
    public static LinkTable Of(string name, string header, params IEnumerable<string> rows) =>
        new(name, [.. header.Split(',')], [.. rows.Select(row => (IReadOnlyList<string>)[.. row.Split(',')])]);

    public static LinkageResult Link(params IReadOnlyList<LinkTable> tables) =>
        Assert.IsType<LinkageOutcome.Linked>(LinkageRun.Link(LinkageSpecification.Default, tables)).Result;

    public static LinkageOutcome.Refused Refused(params IReadOnlyList<LinkTable> tables) =>
        Assert.IsType<LinkageOutcome.Refused>(LinkageRun.Link(LinkageSpecification.Default, tables));

    /// <summary>Different organisations that fill a corpus, so that its rarities mean something.</summary>
    public static IEnumerable<string> Filler(int count, Func<int, string, string> row)
    {
        string[] parts = ["bel", "cor", "dan", "fer", "gol", "hem", "jin", "kal", "lum", "mor", "nes", "pol", "rud", "sal", "tor", "vin"];
        return Enumerable.Range(0, count).Select(i => row(i, parts[i % 16] + parts[i / 16 % 16] + parts[i / 256 % 16] + "us"));
    }
}
