using System.IO.Compression;
using System.Text;

namespace Probity.Verifier.Tests;

/// <summary>What a hostile mirror can serve: each is a named finding, in bounded time and with bounded memory.</summary>
public sealed class HostileSourceTests
{
    private const int MaxBytes = 100_000;
    private static readonly SitePatience Patient = new(TimeSpan.FromSeconds(30), [TimeSpan.Zero, TimeSpan.Zero]);

    /// <summary>How long a test of an answer that never comes waits for it.</summary>
    private static readonly SitePatience Impatient = new(TimeSpan.FromMilliseconds(300), [TimeSpan.Zero]);

    [Fact]
    public async Task A_register_is_followed_over_http()
    {
        using AuditedRegister register = new AuditedRegister().Grow(1, 200);
        await using HostileServer server = HostileServer.Honest(register.Public);
        using var site = new PublishedSite(server.Address, Patient);
        AuditOutcome outcome = await register.Audit(site);
        Assert.Null(outcome.Finding);
        Assert.Equal(603, outcome.Size);
    }

    [Fact]
    public async Task A_plain_static_server_that_speaks_HTTP_1_0_was_told_to_be_unreachable()
    {
        using AuditedRegister register = new AuditedRegister().Grow(1, 1_500);
        using PlainServer server = await PlainServer.Start(register.Public);
        using var site = new PublishedSite(server.Address, SitePatience.Usual(TimeSpan.FromSeconds(60)));
        AuditOutcome outcome = await register.Audit(site);
        Assert.Null(outcome.Finding);
        Assert.Equal(4_503, outcome.Size);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 100\r\n\r\nshort")]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n")]
    public async Task A_connection_that_broke_once_ended_the_audit(string broken)
    {
        int asked = 0;
        await using var server = new HostileServer(async (_, stream, cancelled) =>
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Interlocked.Increment(ref asked) <= 2 ? broken : "HTTP/1.0 200 OK\r\nConnection: close\r\n\r\nwhole"), cancelled));
        using var site = new PublishedSite(server.Address, Patient);
        Assert.Equal("whole"u8.ToArray(), await site.ReadAsync("tile/0/000", MaxBytes, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Attempts_end()
    {
        await using var server = new HostileServer("HTTP/1.1 503 Service Unavailable\nContent-Length: 0\nConnection: close", []);
        using var site = new PublishedSite(server.Address, Patient);
        Assert.Equal(Findings.Unreachable, await CodeOf(site));
        Assert.Equal(3, server.Requests);
    }

    [Fact]
    public async Task No_more_than_four_files_are_asked_for_at_once()
    {
        (int now, int most) = (0, 0);
        using var gate = new SemaphoreSlim(0);
        await using var server = new HostileServer(async (_, stream, cancelled) =>
        {
            InterlockedMost(ref most, Interlocked.Increment(ref now));
            if (Volatile.Read(ref now) == 4)
            {
                gate.Release(100);
            }

            await gate.WaitAsync(cancelled);
            Interlocked.Decrement(ref now);
            await stream.WriteAsync("HTTP/1.0 200 OK\r\n\r\nx"u8.ToArray(), cancelled);
        });
        using var site = new PublishedSite(server.Address, Patient);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => site.ReadAsync("tile/0/000", MaxBytes, TestContext.Current.CancellationToken)));
        Assert.Equal(4, most);
    }

    [Fact]
    public async Task A_site_may_stand_beneath_a_path()
    {
        await using var server = new HostileServer(async (path, stream, cancelled) =>
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {path.Length}\r\n\r\n{path}"), cancelled));
        using var site = new PublishedSite(new Uri(server.Address, "logs/kitchens"), Patient);
        Assert.Equal("logs/kitchens/tile/0/000", Encoding.ASCII.GetString((await site.ReadAsync("tile/0/000", MaxBytes, TestContext.Current.CancellationToken))!));
    }

    [Fact]
    public async Task An_answer_that_never_comes_is_given_up() =>
        Assert.Equal(Findings.Stalled, await CodeOf(static (_, _, cancelled) => Task.Delay(Timeout.Infinite, cancelled), Impatient));

    [Fact]
    public async Task A_body_that_never_ends_in_drops_is_given_up() => Assert.Equal(Findings.Stalled, await CodeOf(
        static async (_, stream, cancelled) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\na few bytes, then nothing"u8.ToArray(), cancelled);
            await Task.Delay(Timeout.Infinite, cancelled);
        },
        Impatient));

    [Fact]
    public async Task A_body_without_an_end_is_stopped_at_the_most_that_such_a_file_can_have()
    {
        long sent = 0;
        Assert.Equal(Findings.TooLarge, await CodeOf(
            async (_, stream, cancelled) =>
            {
                await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), cancelled);
                for (byte[] part = new byte[8_192]; ; sent += part.Length)
                {
                    await stream.WriteAsync(part, cancelled);
                }
            },
            Patient));
        Assert.InRange(sent, MaxBytes, 64 << 20);
    }

    [Fact]
    public async Task A_length_beyond_reason_reserves_no_memory()
    {
        string head = "HTTP/1.1 200 OK\nContent-Length: 9000000000000000000";
        Assert.Equal(Findings.Unreachable, await CodeOf(head, "short"u8.ToArray()));
    }

    [Fact]
    public async Task A_gzip_bomb_is_stopped_while_it_unpacks()
    {
        using var bomb = new MemoryStream();
        await using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++)
            {
                await gzip.WriteAsync(zeros, TestContext.Current.CancellationToken);
            }
        }

        Assert.InRange(bomb.Length, 1, MaxBytes);
        Assert.Equal(Findings.TooLarge, await CodeOf($"HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: {bomb.Length}", bomb.ToArray()));
    }

    [Fact]
    public async Task Compressed_content_that_is_none_is_told() =>
        Assert.Equal(Findings.Unreachable, await CodeOf("HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: 9", "not gzip!"u8.ToArray()));

    [Fact]
    public async Task Redirects_in_a_circle_end()
    {
        await using var server = new HostileServer("HTTP/1.1 302 Found\nLocation: /again\nContent-Length: 0\nConnection: close", []);
        using var site = new PublishedSite(server.Address, Patient);
        Assert.Equal(Findings.Redirected, await CodeOf(site));
        Assert.InRange(server.Requests, 1, 4);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://register.example/checkpoint")]
    [InlineData("http:///nowhere")]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://[::1")]
    [InlineData("")]
    public async Task A_redirect_to_what_is_no_web_address_ended_the_program(string location) =>
        Assert.Equal(Findings.Redirected, await CodeOf($"HTTP/1.1 302 Found\nLocation: {location}\nContent-Length: 0", []));

    [Fact]
    public async Task A_redirect_to_another_web_address_is_followed()
    {
        await using var there = new HostileServer("HTTP/1.1 200 OK\nContent-Length: 4\nConnection: close", "here"u8.ToArray());
        await using var server = new HostileServer($"HTTP/1.1 308 Permanent Redirect\nLocation: {there.Address}tile\nContent-Length: 0\nConnection: close", []);
        using var site = new PublishedSite(server.Address, Patient);
        Assert.Equal("here"u8.ToArray(), await site.ReadAsync("tile/0/000", MaxBytes, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("HTTP/1.1 304 Not Modified")]
    [InlineData("HTTP/1.1 500 Internal Server Error\nContent-Length: 0")]
    [InlineData("HTTP/1.1 403 Forbidden\nContent-Length: 0")]
    [InlineData("HTTP/1.1 206 Partial Content\nContent-Length: 0")]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 100")]
    [InlineData("SSH-2.0-OpenSSH_9.2")]
    [InlineData("")]
    public async Task An_answer_that_is_no_whole_file_is_told(string head) => Assert.Equal(Findings.Unreachable, await CodeOf(head, "some bytes"u8.ToArray()));

    [Fact]
    public async Task Headers_without_an_end_are_stopped() => Assert.Equal(Findings.Unreachable, await CodeOf(
        static async (_, stream, cancelled) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), cancelled);
            for (byte[] header = Encoding.ASCII.GetBytes($"X-More: {new string('x', 4_000)}\r\n"); ;)
            {
                await stream.WriteAsync(header, cancelled);
            }
        },
        Patient));

    [Fact]
    public async Task Nobody_at_the_address_is_told()
    {
        var server = new HostileServer("", []);
        Uri address = server.Address;
        await server.DisposeAsync();
        using var site = new PublishedSite(address, Patient);
        Assert.Equal(Findings.Unreachable, await CodeOf(site));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_no_finding_yet()
    {
        await using var server = new HostileServer("HTTP/1.1 404 Not Found\nContent-Length: 0", []);
        using var site = new PublishedSite(server.Address, Patient);
        Assert.Null(await site.ReadAsync("tile/0/000.p/1", MaxBytes, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_page_of_a_web_server_in_place_of_a_checkpoint_is_told()
    {
        using AuditedRegister register = new();
        await using var server = new HostileServer("HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: 32", "<html><body>Welcome</body></html"u8.ToArray());
        using var site = new PublishedSite(server.Address, Patient);
        Assert.Equal(Findings.CheckpointForm, (await register.Audit(site)).Finding?.Code);
    }

    private static void InterlockedMost(ref int most, int now)
    {
        for (int seen = Volatile.Read(ref most); now > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, now, seen);
        }
    }

    private static Task<string?> CodeOf(string head, byte[] body) => CodeOf(
        async (_, stream, cancelled) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head.ReplaceLineEndings("\r\n") + "\r\n\r\n"), cancelled);
            await stream.WriteAsync(body, cancelled);
        },
        Patient);

    private static async Task<string?> CodeOf(Func<string, System.Net.Sockets.NetworkStream, CancellationToken, Task> answer, SitePatience patience)
    {
        await using var server = new HostileServer(answer);
        using var site = new PublishedSite(server.Address, patience);
        return await CodeOf(site);
    }

    private static async Task<string?> CodeOf(PublishedSite site)
    {
        FindingException found = await Assert.ThrowsAsync<FindingException>(() => site.ReadAsync("tile/0/000", MaxBytes, TestContext.Current.CancellationToken));
        return found.Finding.Code;
    }
}
