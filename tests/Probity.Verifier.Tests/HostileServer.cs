using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Probity.Verifier.Tests;

/// <summary>A server on a free port of this machine that answers each request with whatever bytes a test wants, HTTP or not.</summary>
internal sealed class HostileServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, NetworkStream, CancellationToken, Task> _answer;
    private readonly Task _serving;
    private int _requests;

    public HostileServer(Func<string, NetworkStream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = Serve();
    }

    /// <summary>Answers every request with the same bytes.</summary>
    public HostileServer(string head, byte[] body)
        : this(async (_, stream, cancelled) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head.ReplaceLineEndings("\r\n") + "\r\n\r\n"), cancelled);
            await stream.WriteAsync(body, cancelled);
        })
    {
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public int Requests => _requests;

    /// <summary>Answers with the files of a folder, and 404 where there is none.</summary>
    public static HostileServer Honest(string folder) => new(async (path, stream, cancelled) =>
    {
        string file = Path.Combine(folder, path);
        byte[] body = File.Exists(file) ? await File.ReadAllBytesAsync(file, cancelled) : [];
        string status = File.Exists(file) ? "200 OK" : "404 Not Found";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"), cancelled);
        await stream.WriteAsync(body, cancelled);
    });

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task Serve()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.Add(Answer(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception trouble) when (trouble is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // the test is over: the listener was stopped, perhaps between two calls
        }

        await Task.WhenAll(open);
    }

    private async Task Answer(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                string path = await PathOf(stream);
                Interlocked.Increment(ref _requests);
                await _answer(path, stream, _stop.Token);
                client.Client.Shutdown(SocketShutdown.Send);
            }
            catch (Exception trouble) when (trouble is IOException or OperationCanceledException or SocketException)
            {
                // the client went away, which is what it should do
            }
        }
    }

    private async Task<string> PathOf(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, false, 1_024, leaveOpen: true);
        string? first = await reader.ReadLineAsync(_stop.Token);
        while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 })
        {
        }

        return first?.Split(' ') is [_, var target, ..] ? target.TrimStart('/') : "";
    }
}
