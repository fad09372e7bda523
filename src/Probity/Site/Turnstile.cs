using Probity.Register;

namespace Probity.Site;

/// <summary>Lets through one costly question at a time. Some wait for their turn; whoever comes when enough wait is told so at once and costs nothing.</summary>
/// <param name="mostWaiting">How many may wait.</param>
internal sealed class Turnstile(int mostWaiting)
{
    private Task _last = Task.CompletedTask;
    private int _here;

    /// <summary>Answers a question when its turn has come.</summary>
    /// <exception cref="RegisterRefusedException">Enough wait already (<see cref="RegisterRefusals.Busy"/>).</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before its turn.</exception>
    public async Task<T> Pass<T>(Func<T> question, CancellationToken cancelled)
    {
        try
        {
            return Interlocked.Increment(ref _here) <= mostWaiting + 1
                ? await InTurn(question, cancelled)
                : throw new RegisterRefusedException(RegisterRefusals.Busy, $"{mostWaiting} questions wait already; ask again later");
        }
        finally
        {
            Interlocked.Decrement(ref _here);
        }
    }

    private async Task<T> InTurn<T>(Func<T> question, CancellationToken cancelled)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before = Interlocked.Exchange(ref _last, done.Task);
        try
        {
            await before.WaitAsync(cancelled);
            cancelled.ThrowIfCancellationRequested();
            return question();
        }
        finally
        {
            // whoever gives up leaves the turn to those behind only when it would have come
            _ = before.ContinueWith(_ => done.SetResult(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}
