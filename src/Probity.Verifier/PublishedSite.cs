using System.Collections.Immutable;
using System.Net;

namespace Probity.Verifier;

/// <summary>How long a verifier waits for a site.</summary>
/// <param name="File">The most that one file may take from asking to its last byte, all attempts and pauses together.</param>
/// <param name="Pauses">How long it waits before each further attempt, where the connection broke or the site said that it is busy; as many attempts more as there are pauses.</param>
public sealed record SitePatience(TimeSpan File, ImmutableArray<TimeSpan> Pauses)
{
    /// <summary>Four attempts within the time given.</summary>
    public static SitePatience Usual(TimeSpan file) => new(file, [TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)]);
}

/// <summary>
/// A register's site. Whoever serves it may be hostile: every answer is bounded in time and in bytes (also what a compressed answer unpacks to), redirects and attempts in number.
/// It may also be a plain server that takes few connections at a time and closes each: no more than four are asked for at once.
/// </summary>
public sealed class PublishedSite : IPublicFiles, IDisposable
{
    private const int MaxRedirects = 3;

    /// <summary>Python's http.server lets five connections wait.</summary>
    private const int AtOnce = 4;

    private readonly HttpClient _client;
    private readonly Uri _address;
    private readonly SitePatience _patience;
    private readonly SemaphoreSlim _turns = new(AtOnce);

    /// <summary>A site at an address.</summary>
    /// <param name="address">Absolute, http or https; "checkpoint" stands beneath it.</param>
    /// <param name="patience">How long it is waited for.</param>
    public PublishedSite(Uri address, SitePatience patience)
    {
        _address = address.AbsolutePath.EndsWith('/') ? address : new Uri(address + "/");
        _patience = patience;
        var network = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            MaxConnectionsPerServer = AtOnce,
            MaxResponseHeadersLength = 32,
            UseCookies = false,
            ConnectTimeout = patience.File,
        };
        _client = new HttpClient(network) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("probity-verify");
    }

    /// <inheritdoc/>
    public async Task<byte[]?> ReadAsync(string path, int maxBytes, CancellationToken cancelled)
    {
        await _turns.WaitAsync(cancelled).ConfigureAwait(false);
        try
        {
            return await ReadInTimeAsync(new Uri(_address, path), maxBytes, cancelled).ConfigureAwait(false);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _turns.Dispose();
    }

    private async Task<byte[]?> ReadInTimeAsync(Uri address, int maxBytes, CancellationToken cancelled)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        time.CancelAfter(_patience.File);
        string trouble = "";
        try
        {
            for (int attempt = 0; ; attempt++)
            {
                (byte[]? body, trouble) = await AskAsync(address, maxBytes, time.Token).ConfigureAwait(false);
                if (trouble.Length == 0)
                {
                    return body;
                }

                if (attempt == _patience.Pauses.Length)
                {
                    throw new FindingException(Findings.Unreachable, $"{address} {trouble}, at each of {attempt + 1} attempts; try again later: what was verified is remembered");
                }

                await Task.Delay(_patience.Pauses[attempt], time.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            throw new FindingException(
                Findings.Stalled,
                $"{address} did not arrive within {_patience.File.TotalSeconds:0.###} seconds{(trouble.Length > 0 ? $" (at an earlier attempt it {trouble})" : "")}; try again later: what was verified is remembered");
        }
    }

    /// <summary>One attempt: the file, null for none of that name, or what went wrong and may go better at the next.</summary>
    /// <exception cref="FindingException">What will not go better.</exception>
    private async Task<(byte[]? Body, string Trouble)> AskAsync(Uri address, int maxBytes, CancellationToken cancelled)
    {
        try
        {
            using HttpResponseMessage answer = await FollowAsync(address, cancelled).ConfigureAwait(false);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => (await BodyOf(answer, (address, maxBytes), cancelled).ConfigureAwait(false), ""),
                HttpStatusCode.NotFound or HttpStatusCode.Gone => (null, ""),
                HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => (null, $"answered {(int)answer.StatusCode}"),
                _ => throw new FindingException(Findings.Unreachable, $"{address} answered {(int)answer.StatusCode}, which is no file of a register"),
            };
        }
        catch (Exception trouble) when (trouble is HttpRequestException or IOException)
        {
            return (null, $"cannot be had: {trouble.InnerException?.Message ?? trouble.Message}");
        }
        catch (InvalidDataException trouble)
        {
            throw new FindingException(Findings.Unreachable, $"{address} cannot be had: {trouble.Message}");
        }
    }

    /// <summary>Asks, and follows redirects here: wherever a hostile site points, it is a web address or the end.</summary>
    private async Task<HttpResponseMessage> FollowAsync(Uri asked, CancellationToken cancelled)
    {
        Uri address = asked;
        for (int redirects = 0; ; redirects++)
        {
            HttpResponseMessage answer = await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancelled).ConfigureAwait(false);
            if ((int)answer.StatusCode is not (301 or 302 or 303 or 307 or 308))
            {
                return answer;
            }

            using (answer)
            {
                bool follows = Uri.TryCreate(address, answer.Headers.Location, out Uri? next)
                    && next.Host.Length > 0
                    && (next.Scheme == Uri.UriSchemeHttps || (next.Scheme == Uri.UriSchemeHttp && address.Scheme == Uri.UriSchemeHttp));
                address = follows && redirects < MaxRedirects
                    ? next!
                    : throw new FindingException(Findings.Redirected, $"{asked} leads on after {redirects} redirects{(follows ? "" : ", where this program does not follow: neither from https to http nor to what is no web address")}");
            }
        }
    }

    private static async Task<byte[]> BodyOf(HttpResponseMessage answer, (Uri Address, int MaxBytes) asked, CancellationToken cancelled)
    {
        Stream body = await answer.Content.ReadAsStreamAsync(cancelled).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            long told = answer.Content.Headers.ContentLength ?? 0;
            using var bytes = new MemoryStream((int)Math.Clamp(told, 0, asked.MaxBytes));
            byte[] part = new byte[Math.Min(81_920, asked.MaxBytes + 1)];
            for (int read; (read = await body.ReadAsync(part, cancelled).ConfigureAwait(false)) > 0;)
            {
                bytes.Write(part.AsSpan(0, read));
                if (bytes.Length > asked.MaxBytes)
                {
                    throw new FindingException(Findings.TooLarge, $"{asked.Address} sends more than {asked.MaxBytes} bytes, which such a file cannot have; reading was stopped");
                }
            }

            return bytes.ToArray();
        }
    }
}
