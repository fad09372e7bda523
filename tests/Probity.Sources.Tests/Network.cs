using System.Net;
using System.Text;

namespace Probity.Sources.Tests;

/// <summary>Answers requests in the process itself: the answers given, one after the other; the last for all that follow.</summary>
internal sealed class Network(params Func<CancellationToken, Task<HttpResponseMessage>>[] answers) : HttpMessageHandler
{
    /// <summary>Every request there was: its address and headers.</summary>
    public List<string> Asked { get; } = [];

    public static Func<CancellationToken, Task<HttpResponseMessage>> Ok(string body) =>
        _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8) });

    public static Func<CancellationToken, Task<HttpResponseMessage>> Status(HttpStatusCode status, string retryAfter = "") => _ =>
    {
        var response = new HttpResponseMessage(status);
        if (retryAfter.Length > 0)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        }

        return Task.FromResult(response);
    };

    /// <summary>An answer whose body stops with a broken connection.</summary>
    public static Func<CancellationToken, Task<HttpResponseMessage>> Broken(string body) =>
        _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new BrokenStream(Encoding.UTF8.GetBytes(body))) });

    /// <summary>No answer until whoever asks gives up.</summary>
    public static async Task<HttpResponseMessage> Silent(CancellationToken cancelled)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancelled);
        return new HttpResponseMessage();
    }

    public static Task<HttpResponseMessage> Refused(CancellationToken cancelled) => throw new HttpRequestException("connection refused");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Func<CancellationToken, Task<HttpResponseMessage>> answer = answers[Math.Min(Asked.Count, answers.Length - 1)];
        Asked.Add($"{request.RequestUri} {string.Join(' ', request.Headers.Select(header => $"{header.Key}={string.Join(',', header.Value)}"))}");
        return answer(cancellationToken);
    }

    private sealed class BrokenStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer) is var read && read > 0 ? read : throw new IOException("the connection broke");

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => throw new IOException("the connection broke");
    }
}

/// <summary>A clock whose pauses end at once; time-outs (a minute or whatever is told) end only where wanted.</summary>
internal sealed class ImpatientClock(bool timesOut) : TimeProvider
{
    private static readonly TimeSpan TimeOut = TimeSpan.FromSeconds(60);

    /// <summary>The pauses there were, in seconds.</summary>
    public List<double> Pauses { get; } = [];

    public override DateTimeOffset GetUtcNow() => new(2026, 5, 12, 12, 0, 0, TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != TimeOut)
        {
            Pauses.Add(dueTime.TotalSeconds);
        }

        bool fires = dueTime != TimeOut || timesOut;
        return System.CreateTimer(callback, state, fires ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
