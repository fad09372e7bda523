namespace Probity.Verifier.Tests;

/// <summary>The folder in which an auditor remembers: its trouble is told as its own, and never as the register's.</summary>
public sealed class AuditorMemoryTests : IDisposable
{
    private readonly AuditedRegister _register = new AuditedRegister().Grow(1, 200);

    public void Dispose() => _register.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"v\":1}")]
    [InlineData("{\"v\":2}")]
    [InlineData("{\"v\":2,\"trust\":null,\"checkpoint\":null,\"unread\":null,\"proven_run\":null,\"verified\":null,\"reading\":null,\"stating\":null}")]
    public async Task A_state_that_cannot_be_read_is_told_and_nothing_is_said_of_the_register(string state)
    {
        Assert.Null(await _register.Find());
        await File.WriteAllTextAsync(Path.Combine(_register.Memory, "state.json"), state, TestContext.Current.CancellationToken);
        AuditOutcome outcome = await _register.Audit();
        Assert.Equal((Findings.Memory, AuditVerdict.NotChecked), (outcome.Finding?.Code, outcome.Verdict));
    }

    [Theory]
    [InlineData("\"proven_run\":", "\"proven-run\":")]
    [InlineData("\"checkpoint\":\"register", "\"checkpoint\":\"registe\\n")]
    [InlineData("\"size\":512", "\"size\":\"512\"")]
    [InlineData("\"stating\":[[0,0]", "\"stating\":[[0]")]
    [InlineData("\"stating\":[[0,0]", "\"stating\":[[0,0],[0,0]")]
    public async Task A_state_with_one_thing_changed_ended_in_a_null_reference(string from, string to)
    {
        Assert.Null(await _register.Find());
        string path = Path.Combine(_register.Memory, "state.json");
        string state = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.Contains(from, state, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, state.Replace(from, to, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal(Findings.Memory, await _register.Find());
    }

    [Fact]
    public async Task Kept_entries_that_were_cut_off_are_told()
    {
        Assert.Null(await _register.Find());
        await using (var entries = new FileStream(Path.Combine(_register.Memory, "entries"), FileMode.Open))
        {
            entries.SetLength(1_000);
        }

        Assert.Equal(Findings.Memory, await _register.Find());
    }

    [Fact]
    public async Task A_disk_that_refuses_ended_in_an_exception()
    {
        Assert.Null(await _register.Find());
        _register.Grow(201, 10);
        Directory.CreateDirectory(Path.Combine(_register.Memory, "state.json.new"));
        AuditOutcome outcome = await _register.Audit();
        Assert.Equal((Findings.MemoryUnusable, AuditVerdict.NotChecked), (outcome.Finding?.Code, outcome.Verdict));
        Directory.Delete(Path.Combine(_register.Memory, "state.json.new"));
        Assert.Null(await _register.Find());
    }

    [Fact]
    public async Task A_folder_in_use_is_told()
    {
        Assert.Null(await _register.Find());
        await using var held = new FileStream(Path.Combine(_register.Memory, "entries"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal(Findings.MemoryUnusable, await _register.Find());
    }

    [Fact]
    public async Task What_is_remembered_grew_with_every_run_that_a_log_stated()
    {
        _register.Append(AuditedRegister.Runs(3_000));
        Assert.Null((await _register.Audit(new PublishedFolder(_register.Public), withRatings: false)).Finding);
        Assert.InRange(new FileInfo(Path.Combine(_register.Memory, "state.json")).Length, 1, 30_000);
    }
}
