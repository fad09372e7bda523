using System.Buffers.Binary;
using System.Net;
using Microsoft.Data.Sqlite;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Register;
using Probity.Tests.Pipeline;
using Probity.Tests.Support;

namespace Probity.Tests.Site;

/// <summary>The log as others read it: over HTTP and as static files.</summary>
public sealed class TilesTests(ServedDemo site) : IClassFixture<ServedDemo>
{
    [Fact]
    public async Task The_root_that_was_signed_follows_from_the_served_entries_and_every_served_hash_too()
    {
        (string origin, long size, Digest root) = Read((await site.Get("/checkpoint")).Text);
        Assert.Equal("probity.example/demo", origin);
        var level = new List<Digest>();
        foreach (TilePath bundle in TilePath.Of(size).Where(path => path.Level is null))
        {
            level.AddRange(Leaves(await Bytes(bundle)));
        }

        Assert.Equal((size, root), (level.Count, MerkleTree.RootOf([.. level])));
        for (int height = 0; level.Count > 0; height++)
        {
            foreach (TilePath tile in TilePath.Of(size).Where(path => path.Level == height))
            {
                Digest[] hashes = [.. (await Bytes(tile)).Chunk(Digest.Length).Select(one => Digest.FromBytes(one))];
                Assert.Equal(level.Skip((int)tile.Index * TilePath.FullWidth).Take(tile.Width), hashes);
            }

            level = [.. level.Chunk(TilePath.FullWidth).Where(part => part.Length == TilePath.FullWidth).Select(part => MerkleTree.RootOf(part))];
        }
    }

    [Fact]
    public async Task Tiles_are_kept_for_ever_and_the_checkpoint_is_not()
    {
        (_, _, HttpResponseMessage tile) = await site.Get("/tile/0/000");
        Assert.Equal(("application/octet-stream", "public, max-age=31536000, immutable"), (tile.Content.Headers.ContentType!.MediaType, Assert.Single(tile.Headers.GetValues("Cache-Control"))));
        Assert.Equal(8_192, tile.Content.Headers.ContentLength);
        (_, _, HttpResponseMessage checkpoint) = await site.Get("/checkpoint");
        Assert.Equal(("text/plain", "no-cache"), (checkpoint.Content.Headers.ContentType!.MediaType, Assert.Single(checkpoint.Headers.GetValues("Cache-Control"))));
        Assert.NotNull(checkpoint.Headers.ETag);
    }

    [Theory]
    [InlineData("/tile/0/x999/999")]
    [InlineData("/tile/0/x000/000")]
    [InlineData("/tile/64/000")]
    [InlineData("/tile/0/000.p/256")]
    [InlineData("/tile/0/000.p/0")]
    [InlineData("/tile/7/000.p/1")]
    [InlineData("/tile/entries/x999/999.p/1")]
    [InlineData("/tile/")]
    public async Task What_the_tree_does_not_have_is_not_there(string address) => Assert.Equal(HttpStatusCode.NotFound, (await site.Get(address)).Status);

    [Fact]
    public async Task A_document_that_a_publication_names_is_served_by_its_hash_and_nothing_else_is()
    {
        Digest hash = Publication.DocumentOf(site.Reader.Log.Read(2).Statement)!.Value;
        (HttpStatusCode status, string text, HttpResponseMessage answer) = await site.Get($"/document/{hash}");
        Assert.Equal((HttpStatusCode.OK, hash), (status, Publication.DigestOf(text)));
        Assert.Equal("public, max-age=31536000, immutable", Assert.Single(answer.Headers.GetValues("Cache-Control")));
        Assert.Equal(HttpStatusCode.NotFound, (await site.Get($"/document/{hash.ToString().ToUpperInvariant()}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Get($"/document/{Digest.Of([])}")).Status);
    }

    [Fact]
    public async Task An_export_holds_what_the_site_serves()
    {
        using var register = new SmallRegister();
        using var folder = new TemporaryFolder();
        register.Run(SmallRegister.Header + string.Concat(Enumerable.Range(1, 400).Select(id => SmallRegister.Line(id, "Invented", "5", "2024-03-01T00:00:00", "5,0,5"))));
        Assert.Equal(0, SmallRegister.Probity("ledger", "export", folder["public"], "--data", register.Data).Exit);
        (_, long size, Digest root) = Read(await File.ReadAllTextAsync(folder["public/checkpoint"], TestContext.Current.CancellationToken));
        string[] files = [.. Directory.GetFiles(folder["public"], "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder["public"], file).Replace('\\', '/')).Order(StringComparer.Ordinal)];
        Assert.Equal(TilePath.Of(size).Select(path => path.ToString()).Append("checkpoint").Order(StringComparer.Ordinal), files.Where(file => !file.StartsWith("document/", StringComparison.Ordinal)));
        Assert.Equal(3, files.Count(file => file.StartsWith("document/", StringComparison.Ordinal)));
        Assert.All(files.Where(file => file.StartsWith("document/", StringComparison.Ordinal)), file => Assert.Equal(file["document/".Length..], Digest.Of(File.ReadAllBytes(folder[$"public/{file}"])).ToString()));
        Digest[] leaves = [.. TilePath.Of(size).Where(path => path.Level is null).SelectMany(path => Leaves(File.ReadAllBytes(folder[$"public/{path}"])))];
        Assert.Equal((size, root), (leaves.Length, MerkleTree.RootOf(leaves)));

        register.Run(SmallRegister.Three);
        Assert.Equal(0, SmallRegister.Probity("ledger", "export", folder["public"], "--data", register.Data, "--json").Exit);
        (_, long next, _) = Read(await File.ReadAllTextAsync(folder["public/checkpoint"], TestContext.Current.CancellationToken));
        Assert.True(next > size);
        Assert.All(TilePath.Of(next), path => Assert.True(File.Exists(folder[$"public/{path}"])));
    }

    [Fact]
    public void An_export_never_mixes_two_logs()
    {
        using var one = new SmallRegister();
        using var other = new SmallRegister();
        one.Run(SmallRegister.Three);
        other.Run(SmallRegister.Three.Replace("Oven", "Stove", StringComparison.Ordinal));
        Assert.Equal(0, SmallRegister.Probity("ledger", "export", Path.Combine(one.Folder, "public"), "--data", one.Data).Exit);
        string before = File.ReadAllText(Path.Combine(one.Folder, "public", "checkpoint"));
        (int exit, _, string error) = SmallRegister.Probity("ledger", "export", Path.Combine(one.Folder, "public"), "--data", other.Data);
        Assert.Equal(1, exit);
        Assert.Contains("ledger.other-origin", error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Path.Combine(one.Folder, "public", "checkpoint")));
    }

    [Fact]
    public void What_an_interrupted_export_of_another_log_left_is_replaced_and_a_missing_entry_is_told()
    {
        using var register = new SmallRegister();
        string folder = Path.Combine(register.Folder, "public");
        register.Run(SmallRegister.Three);
        register.Write("public/tile/entries/000.p/12", "left behind");
        Assert.Equal(0, SmallRegister.Probity("ledger", "export", folder, "--data", register.Data).Exit);
        (_, long size, Digest root) = Read(File.ReadAllText(Path.Combine(folder, "checkpoint")));
        Assert.Equal(12, size);
        Assert.Equal(root, MerkleTree.RootOf([.. Leaves(File.ReadAllBytes(Path.Combine(folder, new TilePath(null, 0, (int)size).ToString())))]));
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(register.Data, "ledger.db")};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "DELETE FROM entry WHERE idx = 5";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        (int exit, _, string error) = SmallRegister.Probity("ledger", "export", folder, "--data", register.Data);
        Assert.Equal(1, exit);
        Assert.Contains("ledger.corrupt", error, StringComparison.Ordinal);
    }

    private async Task<byte[]> Bytes(TilePath path)
    {
        HttpResponseMessage answer = await site.Client.GetAsync("/" + path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    private static List<Digest> Leaves(byte[] bundle)
    {
        var leaves = new List<Digest>();
        for (int at = 0; at < bundle.Length;)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(bundle.AsSpan(at));
            leaves.Add(MerkleTree.LeafHash(bundle.AsSpan(at + 2, length)));
            at += 2 + length;
        }

        return leaves;
    }

    private static (string Origin, long Size, Digest Root) Read(string note)
    {
        string[] lines = note.Split('\n');
        return (lines[0], long.Parse(lines[1], System.Globalization.CultureInfo.InvariantCulture), Digest.FromBytes(Convert.FromBase64String(lines[2])));
    }
}
