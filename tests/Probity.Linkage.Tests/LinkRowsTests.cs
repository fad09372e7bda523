namespace Probity.Linkage.Tests;

public sealed class LinkRowsTests
{
    [Fact]
    public void Rows_come_back_as_they_were_added_across_stretches()
    {
        string[][] rows = [.. Enumerable.Range(0, (2 * LinkRows.Stretch) + 3).Select(i => (string[])[$"{i}", new string('x', i % 90), i % 3 == 0 ? "" : "é😀"])];
        LinkRows held = LinkRows.Of(3, rows);
        Assert.Equal(rows.Length, held.Count);
        Assert.Equal(rows, held);
        Assert.Equal("é😀", held.Text(LinkRows.Stretch + 1, 2).ToString());
    }

    [Fact]
    public void A_row_of_another_length_is_refused_and_nothing_of_it_kept()
    {
        var held = new LinkRows(2);
        held.Add(["a", "b"]);
        Assert.Contains("row 1 has 1 texts for 2 columns", Assert.Throws<ArgumentException>(() => held.Add(["c"])).Message, StringComparison.Ordinal);
        Assert.Single(held);
        held.Add(["c", "d"]);
        Assert.Equal(["c", "d"], held[1]);
    }
}
