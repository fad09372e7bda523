namespace Probity.Ledger.Tests;

/// <summary>Addresses as C2SP tlog-tiles writes them, and the faults its implementations must refuse.</summary>
public sealed class TilePathTests
{
    [Theory]
    [InlineData("tile/0/000", 0, 0L, 256)]
    [InlineData("tile/0/000.p/255", 0, 0L, 255)]
    [InlineData("tile/15/x455/667", 15, 455_667L, 256)]
    [InlineData("tile/15/x123/x456/789.p/41", 15, 123_456_789L, 41)]
    [InlineData("tile/1/x001/x234/067", 1, 1_234_067L, 256)]
    [InlineData("tile/63/x999/x999/x999/x999/x999/999.p/255", 63, 999_999_999_999_999_999L, 255)]
    [InlineData("tile/entries/000", null, 0L, 256)]
    [InlineData("tile/entries/x012/345.p/1", null, 12_345L, 1)]
    public void An_address_is_read_and_written_the_same(string text, int? level, long index, int width)
    {
        Assert.True(TilePath.TryParse(text, out TilePath path));
        Assert.Equal(new TilePath(level, index, width), path);
        Assert.Equal(text, path.ToString());
    }

    [Theory]
    [InlineData("tile/64/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/abc/000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/0/x001")]
    [InlineData("tile/0/x001/")]
    [InlineData("tile/0/x001/x234/067.p/")]
    [InlineData("tile/0/001/002")]
    [InlineData("tile/0/x001/0002")]
    [InlineData("tile/0/x001/-002")]
    [InlineData("tile/0/x001/002.p/256")]
    [InlineData("tile/0/x001/002.p/0")]
    [InlineData("tile/0/x001/002.p/01")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/0/x001.p/002")]
    [InlineData("tile/0/1")]
    [InlineData("tile/0/+01")]
    [InlineData("tile/0/x001/x001/x001/x001/x001/x001/001")]
    [InlineData("tile/0/000.p/1/2")]
    [InlineData("tile/0")]
    [InlineData("tile")]
    [InlineData("")]
    [InlineData("/tile/0/000")]
    [InlineData("Tile/0/000")]
    public void What_is_not_written_exactly_so_is_refused(string text) => Assert.False(TilePath.TryParse(text, out _));

    [Fact]
    public void A_tree_of_seventy_thousand_has_the_tiles_of_the_specification()
    {
        TilePath[] all = [.. TilePath.Of(70_000)];
        Assert.Equal(273, all.Count(path => path is { Level: 0, IsFull: true }));
        Assert.Equal(112, Assert.Single(all, path => path is { Level: 0, IsFull: false }).Width);
        Assert.Single(all, path => path is { Level: 1, IsFull: true });
        Assert.Equal(17, Assert.Single(all, path => path is { Level: 1, IsFull: false }).Width);
        Assert.Equal(1, Assert.Single(all, path => path.Level == 2).Width);
        Assert.Equal(274, all.Count(path => path.Level is null));
        Assert.All(all, path => Assert.True(path.IsIn(70_000)));
    }

    [Fact]
    public void A_tile_is_there_as_far_as_the_tree_reaches_and_no_further()
    {
        Assert.True(new TilePath(0, 0, 256).IsIn(256));
        Assert.True(new TilePath(0, 0, 17).IsIn(256));
        Assert.True(new TilePath(1, 0, 1).IsIn(256));
        Assert.False(new TilePath(0, 0, 256).IsIn(255));
        Assert.False(new TilePath(0, 1, 1).IsIn(256));
        Assert.False(new TilePath(1, 0, 2).IsIn(256));
        Assert.False(new TilePath(8, 0, 1).IsIn(long.MaxValue));
        Assert.False(new TilePath(63, 0, 1).IsIn(long.MaxValue));
        Assert.False(new TilePath(0, 999_999_999_999_999_999, 255).IsIn(70_000));
        Assert.Empty(TilePath.Of(0));
    }
}
