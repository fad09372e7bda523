using Probity.Register;
using Probity.Site;

namespace Probity.Tests.Site;

public sealed class TurnstileTests
{
    [Fact]
    public async Task Costly_questions_that_came_at_the_same_time_were_all_computed_at_once_without_bound()
    {
        var turnstile = new Turnstile(mostWaiting: 2);
        using var go = new ManualResetEventSlim();
        var inside = new TaskCompletionSource();
        int now = 0, most = 0;
        int Question()
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            inside.TrySetResult();
            go.Wait(TestContext.Current.CancellationToken);
            return Interlocked.Decrement(ref now);
        }

        Task<int> first = Task.Run(() => turnstile.Pass(Question, CancellationToken.None), TestContext.Current.CancellationToken);
        await inside.Task;
        Task<int>[] waiting = [turnstile.Pass(Question, CancellationToken.None), turnstile.Pass(Question, CancellationToken.None)];
        var refused = await Assert.ThrowsAsync<RegisterRefusedException>(() => turnstile.Pass(Question, CancellationToken.None));
        Assert.Equal(RegisterRefusals.Busy, refused.Code);
        Assert.All(waiting, one => Assert.False(one.IsCompleted));
        go.Set();
        await Task.WhenAll(waiting.Append(first));
        Assert.Equal(1, most);
        Assert.Equal(0, await turnstile.Pass(Question, CancellationToken.None)); // whoever was refused may come again
    }

    [Fact]
    public async Task One_that_fails_or_is_given_up_lets_the_next_through()
    {
        var turnstile = new Turnstile(mostWaiting: 0);
        await Assert.ThrowsAsync<InvalidDataException>(() => turnstile.Pass<int>(() => throw new InvalidDataException("as it happens"), CancellationToken.None));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => turnstile.Pass(() => 1, new CancellationToken(canceled: true)));
        Assert.Equal(1, await turnstile.Pass(() => 1, CancellationToken.None));
    }
}
