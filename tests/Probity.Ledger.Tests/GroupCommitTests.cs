using Probity.Evidence;
using Probity.Tests.Support;

namespace Probity.Ledger.Tests;

/// <summary>Many writers at once: each answer is true, and the order is that of arrival.</summary>
public sealed class GroupCommitTests : IDisposable
{
    private static readonly LogOptions Options = new("probity.example/test");
    private static readonly DateTimeOffset Noon = new(2026, 5, 12, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_writer_is_told_where_its_own_statement_stands()
    {
        using TransparencyLog log = TransparencyLog.Open(_folder.FullName, Options);
        (int Record, long Index)[][] told = await Task.WhenAll(Enumerable.Range(0, 64).Select(writer => Task.Run(async () =>
        {
            var own = new List<(int, long)>();
            for (int i = 0; i < 20; i++)
            {
                int record = (writer * 20) + i;
                own.Add((record, (await log.AppendAsync(BatchOf(Finding(record)))).Indexes.Single()));
            }

            return own.ToArray();
        })));
        Assert.Equal(1_280, log.Size);
        Assert.All(told.SelectMany(one => one), one => Assert.Equal(Finding(one.Record), log.Read(one.Index).Statement));
        Assert.All(told, own => Assert.Equal(own.Select(one => one.Index).Order(), own.Select(one => one.Index)));
        log.Sign(Noon);
        Assert.Null(LogVerification.Verify(log, _ => { }, TestContext.Current.CancellationToken).Difference);
    }

    [Fact]
    public async Task Statements_stand_in_the_order_in_which_they_arrived()
    {
        using TransparencyLog log = TransparencyLog.Open(_folder.FullName, Options);
        Task<AppendResult>[] asked = [.. Enumerable.Range(0, 1_000).Select(record => log.AppendAsync(BatchOf(Finding(record))))];
        AppendResult[] told = await Task.WhenAll(asked);
        Assert.Equal(Enumerable.Range(0, 1_000).Select(i => (long)i), told.Select(one => one.Indexes[0]));
    }

    [Fact]
    public async Task Of_two_who_say_the_same_at_once_one_is_told_that_it_is_said_already()
    {
        using TransparencyLog log = TransparencyLog.Open(_folder.FullName, Options);
        AppendResult[] told = await Task.WhenAll(log.AppendAsync(BatchOf(Finding(1))), log.AppendAsync(BatchOf(Finding(1), Finding(2))));
        Assert.Equal([0, AppendResult.AlreadySaid, 1], told.SelectMany(one => one.Indexes));
    }

    [Fact]
    public async Task Appending_at_once_signing_and_appending_in_queue_take_turns()
    {
        using TransparencyLog log = TransparencyLog.Open(_folder.FullName, Options);
        Task queued = Task.Run(async () =>
        {
            for (int record = 0; record < 60; record++)
            {
                await log.AppendAsync(BatchOf(Finding(record)));
            }
        }, TestContext.Current.CancellationToken);
        for (int record = 60; record < 120; record++)
        {
            log.Append([Finding(record)]);
            log.Sign(Noon);
        }

        await queued;
        Assert.Equal(120, log.Sign(Noon).Size);
        Assert.Null(LogVerification.Verify(log, _ => { }, TestContext.Current.CancellationToken).Difference);
    }

    [Fact]
    public async Task What_waits_when_the_log_is_closed_is_still_written_and_nothing_after_it()
    {
        TransparencyLog log = TransparencyLog.Open(_folder.FullName, Options);
        Task<AppendResult>[] asked = [.. Enumerable.Range(0, 50).Select(record => log.AppendAsync(BatchOf(Finding(record))))];
        log.Dispose();
        await Task.WhenAll(asked);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => log.AppendAsync(BatchOf(Finding(99))));
        using TransparencyLog again = TransparencyLog.OpenForReading(_folder.FullName);
        Assert.Equal(50, again.Size);
    }

    [Fact]
    public async Task Below_the_reserve_of_free_space_writing_is_refused_and_signing_is_not()
    {
        using (TransparencyLog log = TransparencyLog.Open(_folder.FullName, Options))
        {
            log.Append([Finding(1)]);
        }

        using TransparencyLog full = TransparencyLog.Open(_folder.FullName, Options with { FreeSpaceFloor = SpaceFloor.Of(long.MaxValue) });
        var refusal = Assert.Throws<LedgerRefusedException>(() => full.Append([Finding(2)]));
        Assert.Equal(LedgerRefusals.NoSpace, refusal.Code);
        Assert.Contains("kept as a reserve", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(LedgerRefusals.NoSpace, (await Assert.ThrowsAsync<LedgerRefusedException>(() => full.AppendAsync(BatchOf(Finding(2))))).Code);
        Assert.Equal(LedgerRefusals.NoSpace, Assert.Throws<LedgerRefusedException>(() => full.PutDocument([1])).Code);
        Assert.Equal([AppendResult.AlreadySaid], full.Append([Finding(1)]).Indexes);
        Assert.Equal(1, full.Sign(Noon).Size);
    }

    [Fact]
    public async Task Who_comes_when_too_many_wait_already_is_told_to_come_back_and_nobody_else_is_harmed()
    {
        using var entered = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        using var queue = new CommitQueue(batches =>
        {
            entered.Set();
            goOn.Wait(TestContext.Current.CancellationToken);
            return [.. batches.Select(_ => new AppendResult([], 0))];
        });
        var asked = new List<Task> { queue.Enqueue(new EntryBatch()) };
        entered.Wait(TestContext.Current.CancellationToken);
        for (int i = 0; i < CommitQueue.MostWaiting; i++)
        {
            asked.Add(queue.Enqueue(new EntryBatch()));
        }

        var refusal = await Assert.ThrowsAsync<LedgerRefusedException>(() => queue.Enqueue(new EntryBatch()));
        Assert.Equal(LedgerRefusals.Busy, refusal.Code);
        goOn.Set();
        await Task.WhenAll(asked);
    }

    [Fact]
    public void A_clock_that_goes_backwards_changes_nothing_but_the_day_that_is_written_down()
    {
        using (TransparencyLog log = TransparencyLog.Open(_folder.FullName, Options))
        {
            log.Append([Finding(1)]);
            log.Sign(Noon);
            log.Append([Finding(2)]);
            Assert.Equal(2, log.Sign(Noon.AddYears(-3)).Size);
        }

        using TransparencyLog again = TransparencyLog.Open(_folder.FullName, Options);
        again.Append([Finding(3)]);
        Assert.Equal(3, again.Sign(Noon.AddDays(1)).Size);
        Assert.Equal([1, 2, 3], again.Checkpoints().Select(one => one.Size));
        Assert.Null(LogVerification.Verify(again, _ => { }, TestContext.Current.CancellationToken).Difference);
    }

    private static EntryBatch BatchOf(params Statement[] statements)
    {
        var batch = new EntryBatch();
        foreach (Statement statement in statements)
        {
            batch.Add(statement);
        }

        return batch;
    }

    private static Statement Finding(int record) => Statement.Finding(
        new Provenance("s", "food", "law", "purpose"), new RecordId("s", $"{record}"), SubjectKind.Establishment,
        Occasion.Of("inspection", new DateOnly(2020, 1, 1)), Fields.Of(("hygiene", Value.Of(5))));
}
