using System.Net;
using System.Net.Sockets;
using System.Text;
using Probity.Ledger.Witnessing;

namespace Probity.Ledger.Tests;

/// <summary>A witness of this machine that answers each request as a test says: with its cosignature, or not.</summary>
internal sealed class AnsweringWitness : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly CosignerKey _key;
    private int _asked;

    /// <param name="name">Its name, also in the policy.</param>
    /// <param name="cosigns">Whether it cosigns, by the number of the request from 1.</param>
    public AnsweringWitness(string name, Func<int, Task<bool>> cosigns)
    {
        _key = CosignerKey.Generate(name);
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Policy = new PolicyWitness(name, _key.Verifier, new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/"));
        }

        _listener.Prefixes.Add(Policy.Url!.AbsoluteUri);
        _listener.Start();
        _ = Task.Run(() => Listen(cosigns), TestContext.Current.CancellationToken);
    }

    /// <summary>As a policy names it.</summary>
    public PolicyWitness Policy { get; }

    public void Dispose()
    {
        _listener.Close();
        _key.Dispose();
    }

    private async Task Listen(Func<int, Task<bool>> cosigns)
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                _ = Answer(context, cosigns(++_asked));
            }
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task Answer(HttpListenerContext context, Task<bool> cosigns)
    {
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body, TestContext.Current.CancellationToken);
        string text = SignedNote.Parse(AddCheckpoint.Parse(body.ToArray())!.Checkpoint)!.Text;
        bool given = await cosigns;
        context.Response.StatusCode = given ? 200 : 500;
        context.Response.ContentType = "text/plain";
        await context.Response.OutputStream.WriteAsync(given ? Encoding.UTF8.GetBytes(_key.Cosign(text, 1_800_000_000).ToString()) : [], TestContext.Current.CancellationToken);
        context.Response.Close();
    }
}
