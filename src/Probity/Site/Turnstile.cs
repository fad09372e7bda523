using Probity.Register;

namespace Probity.Site;

/// <summary>Lets through one costly question at a time. Some wait for their turn; whoever comes when enough wait is told so at once and costs nothing.</summary>
/// <param name="mostWaiting">How many may wait.</param>
internal sealed class Turnstile(int mostWaiting)
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _here;

    /// <summary>Answers a question when its turn has come.</summary>
    /// <exception cref="RegisterRefusedException">Enough wait already (<see cref="RegisterRefusals.Busy"/>).</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before its turn.</exception>
    public async Task<T> Pass<T>(Func<T> question, CancellationToken cancelled)
    {
        try
        {
            if (Interlocked.Increment(ref _here) > mostWaiting + 1)
            {
                throw new RegisterRefusedException(RegisterRefusals.Busy, $"{mostWaiting} questions wait already; ask again later");
            }

            await _turn.WaitAsync(cancelled);
            try
            {
                return question();
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _here);
        }
    }
}
