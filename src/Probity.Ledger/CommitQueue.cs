namespace Probity.Ledger;

/// <summary>
/// Group commit: what many ask to append while one transaction is being written waits, in the order of its arrival, and becomes the next transaction
/// together. One thread writes; an answer is given when the disk has confirmed the transaction.
/// </summary>
internal sealed class CommitQueue : IDisposable
{
    /// <summary>Batches that may wait; an interface that is asked for more tells its callers to come back.</summary>
    public const int MostWaiting = 65_536;

    /// <summary>Statements in one transaction at most, unless one batch alone has more: bounds how long the first of them waits for the last.</summary>
    private const int MostTogether = 16_384;

    private readonly object _gate = new();
    private readonly Func<IReadOnlyList<EntryBatch>, AppendResult[]> _commit;
    private readonly Thread _thread;
    private readonly Queue<Arrival> _arrived = new();
    private bool _isClosed;

    /// <summary>A queue whose thread begins at once.</summary>
    /// <param name="commit">Appends batches in one transaction and answers each, in their order; durable when it returns.</param>
    public CommitQueue(Func<IReadOnlyList<EntryBatch>, AppendResult[]> commit)
    {
        _commit = commit;
        _thread = new Thread(Run) { IsBackground = true, Name = "ledger commits" };
        _thread.Start();
    }

    /// <summary>Queues a batch behind those that arrived before it.</summary>
    /// <returns>Answered when the batch is on disk; fails as the transaction fails.</returns>
    /// <exception cref="LedgerRefusedException">Too many wait already.</exception>
    /// <exception cref="ObjectDisposedException">The log was closed.</exception>
    public Task<AppendResult> Enqueue(EntryBatch batch)
    {
        var answer = new TaskCompletionSource<AppendResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_arrived.Count >= MostWaiting)
            {
                throw new LedgerRefusedException(LedgerRefusals.Busy, $"{_arrived.Count:N0} appends wait for the disk already; ask again in a moment");
            }

            _arrived.Enqueue(new Arrival(batch, answer));
            if (_arrived.Count == 1)
            {
                Monitor.Pulse(_gate);
            }
        }

        return answer.Task;
    }

    /// <summary>Takes nothing more in, commits what waits, and ends the thread.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
    }

    private void Run()
    {
        while (Take() is { Count: > 0 } together)
        {
            try
            {
                AppendResult[] results = _commit([.. together.Select(one => one.Batch)]);
                for (int i = 0; i < together.Count; i++)
                {
                    together[i].Answer.SetResult(results[i]);
                }
            }
            catch (LedgerRefusedException refusal)
            {
                // each caller gets its own copy: a stack trace belongs to one thread
                together.ForEach(one => one.Answer.SetException(new LedgerRefusedException(refusal.Code, refusal.Message, refusal)));
            }
        }
    }

    /// <summary>The next transaction's batches, in the order of their arrival; empty where the queue is closed and nothing waits.</summary>
    private List<Arrival> Take()
    {
        var together = new List<Arrival>();
        lock (_gate)
        {
            while (_arrived.Count == 0 && !_isClosed)
            {
                Monitor.Wait(_gate);
            }

            int statements = 0;
            while (_arrived.TryPeek(out Arrival next) && (together.Count == 0 || statements + next.Batch.Count <= MostTogether))
            {
                together.Add(_arrived.Dequeue());
                statements += next.Batch.Count;
            }
        }

        return together;
    }

    private readonly record struct Arrival(EntryBatch Batch, TaskCompletionSource<AppendResult> Answer);
}
