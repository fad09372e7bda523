using Probity.Ledger;

namespace Probity.Verifier.Tests;

/// <summary>Audits that stall or are killed half-way, and operators that use the moment: what was seen must bind them all the same.</summary>
public sealed class StoppedAuditTests : IDisposable
{
    private readonly AuditedRegister _register = new();

    public void Dispose() => _register.Dispose();

    [Theory]
    [InlineData(200)]
    [InlineData(50)]
    public async Task A_fork_past_which_a_stalled_audit_had_read_was_never_noticed(int establishments)
    {
        _register.Grow(1, establishments);
        Assert.Null(await _register.Find());
        using AuditedRegister other = new AuditedRegister().Grow(1, 900, "Spoon");
        _register.Show(other);
        Assert.Equal(Findings.Changed, await FindUpTo("tile/entries/005"));
        Assert.Equal(Findings.Changed, await FindUpTo("tile/entries/007"));
        Assert.Equal(Findings.Forked, await _register.Find());
        Assert.Equal(Findings.Forked, await _register.Find());
    }

    [Fact]
    public async Task What_a_stalled_audit_read_of_an_honest_log_is_gone_on_from_when_the_log_has_grown()
    {
        _register.Grow(1, 200);
        Assert.Null(await _register.Find());
        _register.Grow(201, 400);
        Assert.Equal(Findings.Unreachable, await FindUpTo("tile/entries/005"));
        _register.Grow(601, 100);
        var files = new RememberedFiles(new PublishedFolder(_register.Public));
        AuditOutcome outcome = await _register.Audit(files);
        Assert.Null(outcome.Finding);
        Assert.DoesNotContain("tile/entries/004", files.Asked);
        Assert.Contains(outcome.Proven, line => line.StartsWith("it only adds to the 603 entries that were verified before", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(600, Findings.Forked)]
    [InlineData(700, Findings.Forked)]
    public async Task A_fork_after_a_first_audit_that_stalled_was_never_noticed(int establishments, string code)
    {
        _register.Grow(1, 600);
        Assert.Equal(Findings.Unreachable, await FindUpTo("tile/entries/004"));
        using AuditedRegister other = new AuditedRegister().Grow(1, establishments, "Spoon");
        _register.Show(other);
        Assert.Equal(code, await _register.Find());
        Assert.Equal(code, await _register.Find());
    }

    [Fact]
    public async Task A_register_that_showed_fewer_entries_than_it_had_signed_passed_where_they_had_not_all_been_read()
    {
        _register.Grow(1, 600);
        Assert.Equal(Findings.Unreachable, await FindUpTo("tile/entries/006"));
        using AuditedRegister other = new AuditedRegister().Grow(1, 300, "Spoon");
        _register.Show(other);
        Assert.Equal(Findings.RolledBack, await _register.Find());
        other.Grow(301, 400, "Spoon");
        _register.Show(other);
        Assert.Equal(Findings.Forked, await _register.Find());
    }

    [Fact]
    public async Task Of_two_signed_checkpoints_of_which_nothing_could_be_read_the_second_was_forgotten()
    {
        _register.Grow(1, 200);
        Assert.Equal(Findings.Unreachable, await FindUpTo("tile/entries/000"));
        using AuditedRegister other = new AuditedRegister().Grow(1, 300, "Spoon");
        using AuditedRegister longer = new AuditedRegister().Grow(1, 400);
        _register.Show(other);
        Assert.Equal(Findings.Unreachable, await FindUpTo("tile/entries/000"));
        _register.Show(longer);
        Assert.Equal(Findings.Forked, await _register.Find());
    }

    [Fact]
    public async Task Entries_that_were_served_otherwise_while_an_audit_stalled_are_told_once()
    {
        _register.Grow(1, 600);
        string bundle = Path.Combine(_register.Public, "tile/entries/001");
        byte[] honest = await File.ReadAllBytesAsync(bundle, TestContext.Current.CancellationToken);
        byte[] hashes = await File.ReadAllBytesAsync(Path.Combine(_register.Public, "tile/0/001"), TestContext.Current.CancellationToken);
        _register.Change("tile/entries/001", bytes =>
        {
            bytes[bytes.AsSpan().IndexOf("Kettle"u8)] ^= 1;
            return bytes;
        });
        Assert.True(EntryBundle.TryRead(await File.ReadAllBytesAsync(bundle, TestContext.Current.CancellationToken), 256, out EntryBundle? changed, out _));
        _register.Change("tile/0/001", _ => [.. Enumerable.Range(0, 256).SelectMany(place => MerkleTree.LeafHash(changed[place]).ToBytes())]);
        Assert.Equal(Findings.Unreachable, await FindUpTo("tile/entries/004"));
        _register.Change("tile/entries/001", _ => honest);
        _register.Change("tile/0/001", _ => hashes);
        Assert.Equal(Findings.Changed, await _register.Find());
        Assert.Null(await _register.Find());
    }

    /// <summary>Audits where a file does not arrive.</summary>
    private async Task<string?> FindUpTo(string refused) =>
        (await _register.Audit(new RememberedFiles(new PublishedFolder(_register.Public)) { Refused = refused })).Finding?.Code;
}
