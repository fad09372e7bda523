using System.Text;
using Probity.Evidence;
using Probity.Ledger.Witnessing;
using Probity.Tests.Support;

namespace Probity.Ledger.Tests;

/// <summary>What a log publishes while policies come, change and go: never less than it showed before, and never what too few cosigned.</summary>
public sealed class PublicationTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 12, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();
    private readonly TransparencyLog _log;
    private readonly WitnessClient _client = new(TimeSpan.FromSeconds(60));
    private readonly AnsweringWitness _a = new("a.example", _ => Task.FromResult(true));
    private readonly AnsweringWitness _b = new("b.example", _ => Task.FromResult(true));

    public PublicationTests() => _log = TransparencyLog.Open(_folder.FullName, new LogOptions("probity.example/test"));

    public void Dispose()
    {
        _log.Dispose();
        _client.Dispose();
        _a.Dispose();
        _b.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_policy_taken_away_and_put_back_published_fewer_entries_than_were_shown_between()
    {
        Sign(10);
        Put(1, _a.Policy);
        await Ask();
        Assert.Equal(10, _log.Published()!.Size);
        Put(null);
        Sign(20);
        Assert.Equal(20, _log.Published()!.Size);
        Put(1, _a.Policy);
        Assert.Null(_log.Published());
        await Ask();
        Assert.Equal(20, _log.Published()!.Size);
    }

    [Fact]
    public async Task A_changed_policy_went_on_publishing_what_does_not_satisfy_it()
    {
        Sign(10);
        Put(1, _a.Policy);
        await Ask();
        Put(2, _a.Policy, _b.Policy);
        Assert.Null(_log.Published());
        Assert.Null(Difference());
        await Ask();
        Assert.Equal(10, _log.Published()!.Size);
        Assert.Equal(2, _log.Policy()!.Judge(SignedNote.Parse(_log.Published()!.Note)!, _log.Key).Cosigned.Length);
    }

    [Fact]
    public async Task What_was_cosigned_enough_for_a_changed_policy_stays_published_and_an_older_one_never_comes_back()
    {
        Sign(10);
        Put(2, _a.Policy, _b.Policy);
        await Ask();
        Put(1, _b.Policy);
        Assert.Equal(10, _log.Published()!.Size);
        Put(null);
        Sign(11);
        Put(1, _b.Policy);
        Assert.Null(_log.Published()); // b cosigned 10 entries, and 11 were shown
    }

    [Fact]
    public async Task A_round_that_was_overtaken_by_another_published_the_older_checkpoint()
    {
        Sign(10);
        Put(1, _a.Policy);
        await Ask();
        SignedNote older = SignedNote.Parse(_log.Published()!.Note)!;
        Sign(20);
        await Ask();
        _log.Witnessed.Publish(10, older);
        Assert.Equal(20, _log.Published()!.Size);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "witnessed", "published"), "torn", TestContext.Current.CancellationToken);
        _log.Witnessed.Publish(10, older); // also where nobody can tell any more what was published
        Assert.Throws<LedgerRefusedException>(() => _log.Published());
    }

    [Fact]
    public async Task Of_two_rounds_at_the_same_time_one_forgot_what_the_other_was_given()
    {
        var reached = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        using var first = new AnsweringWitness("first.example", request => Task.FromResult(request == 1));
        using var second = new AnsweringWitness("second.example", async request =>
        {
            if (request == 1)
            {
                reached.SetResult();
                await go.Task;
            }

            return request == 2;
        });
        Sign(10);
        Put(2, first.Policy, second.Policy);
        Task<RoundOutcome> one = Ask();
        await reached.Task;
        RoundOutcome other = await Ask();
        Assert.Contains(other.Verdict.Cosigned, witness => witness.Name == "second.example");
        go.SetResult();
        Assert.Equal(2, (await one).Verdict.Cosigned.Length);
        Assert.Equal(10, _log.Published()!.Size);
    }

    [Fact]
    public async Task Who_writes_what_witnesses_gave_holds_every_other_off()
    {
        Sign(10);
        Put(1, _a.Policy);
        await using (FileStream held = _log.Witnessed.Hold(CancellationToken.None))
        {
            using var stop = new CancellationTokenSource();
            await stop.CancelAsync();
            Assert.ThrowsAny<OperationCanceledException>(() => _log.Witnessed.Hold(stop.Token));
        }

        await Ask();
        Assert.Equal(10, _log.Published()!.Size);
    }

    [Theory]
    [InlineData("published", "torn", "'{0}', cannot be read")]
    [InlineData("published", "probity.example/test\n10\nO0ReWYgXxhJvt/BcZ2CUYiXcDGXlH4qaTYX8PvOnWTo=\n\n— probity.example/test AAAAAAA=\n", "none that the ledger holds")]
    [InlineData("policy", "quorum of all\n", "{0}")]
    public async Task A_published_checkpoint_or_a_policy_that_was_changed_was_passed_over_in_silence(string file, string content, string named)
    {
        Sign(10);
        Put(1, _a.Policy);
        await Ask();
        Assert.Null(Difference());
        string path = Path.Combine(_folder.FullName, "witnessed", file);
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        Assert.Contains(string.Format(System.Globalization.CultureInfo.InvariantCulture, named, path), Difference(), StringComparison.Ordinal);
    }

    private string? Difference() => LogVerification.Verify(_log, _ => { }, TestContext.Current.CancellationToken).Difference;

    private async Task<RoundOutcome> Ask() => (await new CosigningRound(_log, _client).Run(TestContext.Current.CancellationToken))!;

    private void Put(int? enough, params PolicyWitness[] witnesses)
    {
        string text = enough is { } threshold ? TlogPolicy.Write(new PolicyLog(_log.Key, null), witnesses, threshold) : "";
        CosigningRound.PutPolicy(_log, enough is null ? null : (TlogPolicy.Parse("policy", Encoding.UTF8.GetBytes(text), [])!, text), TestContext.Current.CancellationToken);
    }

    private void Sign(int entries)
    {
        _log.Append([.. Enumerable.Range((int)_log.Size, entries - (int)_log.Size).Select(Finding)]);
        _log.Sign(Noon);
    }

    private static Statement Finding(int number) => Statement.Finding(
        new Provenance("s", "food", "law", "purpose"), new RecordId("s", $"{number}"), SubjectKind.Establishment, Occasion.Of("inspection", new DateOnly(2026, 1, 1)), Fields.Of(("hygiene", Value.Of(5))));
}
