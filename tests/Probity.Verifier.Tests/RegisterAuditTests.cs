using Probity.Evidence;
using Probity.Ledger;

namespace Probity.Verifier.Tests;

public sealed class RegisterAuditTests : IDisposable
{
    private readonly AuditedRegister _register = new AuditedRegister().Grow(1, 200);

    public void Dispose() => _register.Dispose();

    [Fact]
    public async Task All_of_an_honest_register_is_proven()
    {
        AuditOutcome outcome = await _register.Audit();
        Assert.Null(outcome.Finding);
        Assert.Equal((603, _register.Checkpoint.Root.ToString()), (outcome.Size, outcome.Root));
        Assert.Contains(outcome.Proven, line => line.StartsWith("603 entries read: each is a canonical statement", StringComparison.Ordinal));
        Assert.Contains(outcome.Proven, line => line.StartsWith("200 ratings recomputed from 602 entries", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_next_audit_reads_what_is_new_and_proves_that_nothing_before_was_changed()
    {
        Assert.Null(await _register.Find());
        _register.Grow(201, 200);
        var files = new RememberedFiles(new PublishedFolder(_register.Public));
        AuditOutcome outcome = await _register.Audit(files);
        Assert.Null(outcome.Finding);
        Assert.Contains(outcome.Proven, line => line.StartsWith("it only adds to the 603 entries that were verified before", StringComparison.Ordinal));
        Assert.Equal(["tile/entries/002", "tile/entries/003", "tile/entries/004.p/180"], files.Asked.Where(path => path.Contains("entries", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(files.Asked, path => path.StartsWith("document", StringComparison.Ordinal));
        Assert.Single(outcome.Proven, line => line.StartsWith("400 ratings recomputed", StringComparison.Ordinal));
        Assert.DoesNotContain(outcome.Proven, line => line.StartsWith("200 ratings recomputed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_audit_that_was_stopped_goes_on_where_it_stopped()
    {
        var files = new RememberedFiles(new PublishedFolder(_register.Public)) { Refused = "tile/entries/001" };
        Assert.Equal(Findings.Unreachable, (await _register.Audit(files)).Finding?.Code);
        var again = new RememberedFiles(new PublishedFolder(_register.Public));
        Assert.Null((await _register.Audit(again)).Finding);
        Assert.DoesNotContain("tile/entries/000", again.Asked);
    }

    [Fact]
    public async Task An_audit_again_of_the_same_checkpoint_proves_it_again()
    {
        Assert.Null(await _register.Find());
        AuditOutcome outcome = await _register.Audit();
        Assert.Null(outcome.Finding);
        Assert.Contains("nothing was added since it was verified before", outcome.Proven);
    }

    [Theory]
    [InlineData("tile/entries/001", 0, Findings.TileContent)]
    [InlineData("tile/entries/002.p/91", 0, Findings.TileContent)]
    [InlineData("tile/0/001", 64, Findings.TileContent)]
    [InlineData("tile/1/000.p/2", 40, Findings.TileContent)]
    [InlineData("checkpoint", 30, Findings.CheckpointForged)]
    public async Task One_changed_byte_is_found(string path, int place, string code)
    {
        _register.Change(path, bytes =>
        {
            // in an entry a letter of a name becomes another letter, so that no form is broken
            int letter = bytes.AsSpan().IndexOf("Kettle"u8);
            bytes[letter < 0 ? place : letter] ^= 1;
            return bytes;
        });
        Assert.Equal(code, await _register.Find());
    }

    [Fact]
    public async Task A_changed_entry_whose_tile_was_changed_too_does_not_give_the_signed_root()
    {
        _register.Change("tile/entries/001", bytes =>
        {
            bytes[bytes.AsSpan().IndexOf("Kettle"u8)] ^= 1;
            return bytes;
        });
        byte[] bundle = await File.ReadAllBytesAsync(Path.Combine(_register.Public, "tile/entries/001"), TestContext.Current.CancellationToken);
        Assert.True(EntryBundle.TryRead(bundle, 256, out EntryBundle? entries, out _));
        _register.Change("tile/0/001", _ => [.. Enumerable.Range(0, 256).SelectMany(place => MerkleTree.LeafHash(entries[place]).ToBytes())]);
        _register.Change("tile/1/000.p/2", tile => [.. tile.AsSpan(0, 32), .. HashTiles.RootOf([.. Enumerable.Range(0, 256).Select(place => MerkleTree.LeafHash(entries[place]))]).ToBytes()]);
        Assert.Equal(Findings.Root, await _register.Find());
        Assert.Equal(Findings.Root, await _register.Find());
    }

    [Theory]
    [InlineData("tile/entries/001", Findings.BundleForm)]
    [InlineData("tile/entries/002.p/91", Findings.BundleForm)]
    [InlineData("tile/0/000", Findings.TileForm)]
    [InlineData("tile/1/000.p/2", Findings.TileForm)]
    [InlineData("checkpoint", Findings.CheckpointForm)]
    public async Task A_file_that_is_cut_off_is_found(string path, string code)
    {
        _register.Change(path, bytes => bytes[..^1]);
        Assert.Equal(code, await _register.Find());
    }

    [Theory]
    [InlineData("tile/entries/001", Findings.BundleForm)]
    [InlineData("tile/0/002.p/91", Findings.TileForm)]
    public async Task Bytes_behind_the_end_are_found(string path, string code)
    {
        _register.Change(path, bytes => [.. bytes, 0]);
        Assert.Equal(code, await _register.Find());
    }

    [Theory]
    [InlineData("tile/entries/000")]
    [InlineData("tile/1/000.p/2")]
    [InlineData("checkpoint")]
    public async Task A_file_that_is_missing_is_named(string path)
    {
        File.Delete(Path.Combine(_register.Public, path));
        AuditOutcome outcome = await _register.Audit();
        Assert.Equal(Findings.Missing, outcome.Finding?.Code);
        Assert.Contains(path, outcome.Finding!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_longer_than_any_of_its_kind_is_not_read()
    {
        _register.Change("tile/entries/000", _ => new byte[EntryBundle.MaxBytes + 1]);
        Assert.Equal(Findings.TooLarge, await _register.Find());
    }

    [Fact]
    public async Task A_document_that_is_missing_or_another_is_found()
    {
        string document = Directory.GetFiles(Path.Combine(_register.Public, "document"))[0];
        string path = "document/" + Path.GetFileName(document);
        _register.Change(path, bytes => [.. bytes, (byte)'\n']);
        Assert.Equal(Findings.Document, await _register.Find());
        File.Delete(document);
        Assert.Equal(Findings.Missing, await _register.Find());
    }

    [Fact]
    public async Task A_full_tile_answers_for_its_deleted_partial_ones()
    {
        using AuditedRegister later = new AuditedRegister().Grow(1, 200).Grow(201, 200);
        foreach (string path in (ReadOnlySpan<string>)["tile/entries/002", "tile/0/002"])
        {
            File.Delete(Path.Combine(_register.Public, path + ".p", "91"));
            File.Copy(Path.Combine(later.Public, path), Path.Combine(_register.Public, path));
        }

        Assert.Null(await _register.Find());
    }

    [Fact]
    public async Task A_log_that_was_rolled_back_is_caught_by_who_remembers()
    {
        byte[] old = await File.ReadAllBytesAsync(Path.Combine(_register.Public, "checkpoint"), TestContext.Current.CancellationToken);
        _register.Grow(201, 50);
        Assert.Null(await _register.Find());
        _register.Change("checkpoint", _ => old);
        Assert.Equal(Findings.RolledBack, await _register.Find());
    }

    [Theory]
    [InlineData(200)]
    [InlineData(300)]
    public async Task A_second_signed_history_is_caught_by_who_remembers(int establishments)
    {
        Assert.Null(await _register.Find());
        using AuditedRegister other = new AuditedRegister().Grow(1, establishments, "Spoon");
        _register.Show(other);
        Assert.Equal(Findings.Forked, await _register.Find());
        string kept = await File.ReadAllTextAsync(Path.Combine(_register.Memory, "contradicting-checkpoint"), TestContext.Current.CancellationToken);
        Assert.Equal(other.Checkpoint, Checkpoint.Parse(SignedNote.Parse(kept)!.Text));
        Assert.Equal(Findings.Forked, await _register.Find());
    }

    [Fact]
    public async Task Ratings_that_do_not_follow_from_the_statements_are_found_though_they_are_signed()
    {
        _register.Lie();
        AuditOutcome outcome = await _register.Audit();
        Assert.Equal(Findings.Ratings, outcome.Finding?.Code);
        Assert.Contains(Digest.Of("a lie"u8).ToString(), outcome.Finding!.Message, StringComparison.Ordinal);
        Assert.Equal(Findings.Ratings, await _register.Find());
    }

    [Fact]
    public async Task A_memory_of_another_log_is_not_used()
    {
        Assert.Null(await _register.Find());
        using SignerKey other = SignerKey.Generate("elsewhere.example/log");
        _register.Change("checkpoint", _ => System.Text.Encoding.UTF8.GetBytes(SignedNote.Sign((_register.Checkpoint with { Origin = other.Verifier.Name }).ToText(), other).ToString()));
        var request = new AuditRequest(new PublishedFolder(_register.Public), new Trust.LogKey(other.Verifier), _register.Memory, true);
        AuditOutcome outcome = await new RegisterAudit(request, static (_, _) => { }).VerifyAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Findings.Memory, outcome.Finding?.Code);
    }
}
