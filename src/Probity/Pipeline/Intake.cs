using System.Collections.Concurrent;
using System.Text.Json;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Sources;

namespace Probity.Pipeline;

/// <summary>Reads sources and appends what they state, batch by batch: one thread reads, others write batches out and hash them, one appends.</summary>
/// <param name="log">Where statements go.</param>
/// <param name="request">What to read.</param>
/// <param name="register">Which sources there are.</param>
/// <param name="progress">Told what is being done and how far it is, 0 to 1.</param>
internal sealed class Intake(TransparencyLog log, RunRequest request, RegisterFolder register, Action<string, double> progress)
{
    private const int BatchSize = 8_192;
    private const int BatchesAhead = 4;
    private readonly ConcurrentBag<EntryBatch> _used = [];

    /// <summary>Takes all inputs in, source by source in the order in which they are first named. Rejections are written to rejections.jsonl in the data folder.</summary>
    public IntakeCount TakeIn(DateOnly today, CancellationToken cancelled)
    {
        var count = new IntakeCount();
        using var rejections = new StreamWriter(Path.Combine(request.DataFolder, "rejections.jsonl"));
        foreach (IGrouping<string, SourceInput> inputs in request.Inputs.GroupBy(input => input.Source))
        {
            TakeIn(register.SourceOf(inputs.Key), [.. inputs.Select(input => input.Location)], today, (count, rejections), cancelled);
        }

        return count;
    }

    private void TakeIn(SourceDefinition source, string[] locations, DateOnly today, (IntakeCount Count, StreamWriter Rejections) account, CancellationToken cancelled)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        using var batches = new BlockingCollection<Task<EntryBatch>>(BatchesAhead);
        Task appending = Task.Factory.StartNew(() => AppendAll(batches, account.Count, stop), cancelled, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            var statements = new List<Statement>(BatchSize);
            foreach (SourceRecord record in SourceReader.Read(source, locations, OptionsFor(source, today), stop.Token))
            {
                account.Count.Add(record);
                foreach (Rejection rejection in record.Rejections)
                {
                    account.Rejections.WriteLine(RejectionLine.Of(rejection));
                }

                statements.AddRange(record.Statements);
                if (statements.Count >= BatchSize)
                {
                    batches.Add(WrittenOut(statements), stop.Token);
                    statements = new List<Statement>(BatchSize);
                }
            }

            batches.Add(WrittenOut(statements), stop.Token);
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            // the appender stopped: its own failure is what the caller must see
        }
        finally
        {
            batches.CompleteAdding();
            appending.GetAwaiter().GetResult();
        }
    }

    /// <summary>A batch of the bytes and hashes of statements, made on another thread.</summary>
    private Task<EntryBatch> WrittenOut(List<Statement> statements) => Task.Run(() =>
    {
        EntryBatch batch = Empty();
        foreach (Statement statement in statements)
        {
            batch.Add(statement);
        }

        return batch;
    });

    private void AppendAll(BlockingCollection<Task<EntryBatch>> batches, IntakeCount count, CancellationTokenSource stop)
    {
        bool done = false;
        try
        {
            foreach (Task<EntryBatch> written in batches.GetConsumingEnumerable(stop.Token))
            {
                EntryBatch batch = written.GetAwaiter().GetResult();
                count.Add(batch, log.Append(batch));
                _used.Add(batch);
            }

            done = true;
        }
        finally
        {
            if (!done)
            {
                stop.Cancel();
            }
        }
    }

    /// <summary>A batch whose entries are on disk already, to be filled again, or a new one.</summary>
    private EntryBatch Empty()
    {
        if (!_used.TryTake(out EntryBatch? batch))
        {
            return new EntryBatch();
        }

        batch.Clear();
        return batch;
    }

    private ReadOptions OptionsFor(SourceDefinition source, DateOnly today) =>
        new() { Today = today, Progress = share => progress("reading " + source.Name, share), Clock = request.Clock };
}

/// <summary>Rejections as lines of JSON.</summary>
internal static class RejectionLine
{
    /// <summary>One line, without its end.</summary>
    public static string Of(Rejection rejection) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["source"] = rejection.Source,
        ["file"] = rejection.Place.File,
        ["line"] = rejection.Place.Line,
        ["record"] = rejection.Place.Record,
        ["field"] = rejection.Field,
        ["code"] = rejection.Code,
        ["reason"] = rejection.Reason,
    });
}
