using System.Net;

namespace Probity.Verifier;

/// <summary>
/// A register's site. Whoever serves it may be hostile: every answer is bounded in time and in bytes (also what a compressed answer unpacks to), and redirects in number.
/// </summary>
public sealed class PublishedSite : IPublicFiles, IDisposable
{
    private const int MaxRedirects = 3;
    private readonly HttpClient _client;
    private readonly Uri _address;
    private readonly TimeSpan _patience;

    /// <summary>A site at an address.</summary>
    /// <param name="address">Absolute, http or https; "checkpoint" stands beneath it.</param>
    /// <param name="patience">How long one file may take from asking to its last byte.</param>
    public PublishedSite(Uri address, TimeSpan patience)
    {
        _address = address.AbsolutePath.EndsWith('/') ? address : new Uri(address + "/");
        _patience = patience;
        var network = new SocketsHttpHandler
        {
            MaxAutomaticRedirections = MaxRedirects,
            AutomaticDecompression = DecompressionMethods.GZip,
            MaxConnectionsPerServer = 8,
            MaxResponseHeadersLength = 32,
            UseCookies = false,
            ConnectTimeout = patience,
        };
        _client = new HttpClient(network) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("probity-verify");
    }

    /// <inheritdoc/>
    public async Task<byte[]?> ReadAsync(string path, int maxBytes, CancellationToken cancelled)
    {
        var address = new Uri(_address, path);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        time.CancelAfter(_patience);
        try
        {
            using HttpResponseMessage answer = await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, time.Token).ConfigureAwait(false);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => await BodyOf(answer, (address, maxBytes), time.Token).ConfigureAwait(false),
                HttpStatusCode.NotFound or HttpStatusCode.Gone => null,
                >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest =>
                    throw new FindingException(Findings.Redirected, $"{address} leads on after {MaxRedirects} redirects, or where this program does not follow (https to http)"),
                _ => throw new FindingException(Findings.Unreachable, $"{address} answered {(int)answer.StatusCode}; try again later: what was verified is remembered"),
            };
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            throw new FindingException(Findings.Stalled, $"{address} did not arrive within {_patience.TotalSeconds:0.###} seconds; try again later: what was verified is remembered");
        }
        catch (Exception trouble) when (trouble is HttpRequestException or IOException or InvalidDataException)
        {
            throw new FindingException(Findings.Unreachable, $"{address} cannot be had: {trouble.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

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
