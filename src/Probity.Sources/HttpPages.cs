using System.Globalization;
using System.Net;
using Probity.Evidence;

namespace Probity.Sources;

/// <summary>
/// Reads an address, page by page where the source declares pages. What does not answer is tried again with growing pauses; what never answers is
/// told, and what was read before it stays.
/// </summary>
internal static class HttpPages
{
    private const int Tries = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan TimeOut = TimeSpan.FromSeconds(60);

    public static IEnumerable<SourceRecord> Read(SourceDefinition source, Uri address, ReadOptions options, CancellationToken cancelled)
    {
        using HttpMessageHandler? own = options.Network is null ? new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All } : null;
        using var client = new HttpClient(options.Network ?? own!, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        var mapping = new RecordMapping(source, options.Today);
        int pages = 1;
        for (int page = 1; page <= pages; page++)
        {
            Uri wanted = PageOf(address, source.Http, page);
            (MemoryStream? body, string trouble) = Fetch(client, wanted, source.Http, options, cancelled);
            if (body is null)
            {
                string have = page == 1 ? "nothing was read" : $"pages 1 to {page - 1} of {pages} were read and are kept";
                yield return Incomplete(source, wanted, $"{trouble}; {have}. Run again later");
                yield break;
            }

            var json = new JsonRecords(source, source.Http?.TotalPath ?? "");
            bool any = false;
            foreach (SourceRecord record in SourceReader.ReadStream(source, mapping, wanted.ToString(), body, json))
            {
                cancelled.ThrowIfCancellationRequested();
                any |= !record.IsFile;
                yield return record;
            }

            if (!any && page > 1)
            {
                yield return Incomplete(source, wanted, $"page {page} of {pages} holds no records; pages after it were not asked for. Run again later");
                yield break;
            }

            if (page == 1 && int.TryParse(json.Aside, NumberStyles.None, CultureInfo.InvariantCulture, out int told))
            {
                pages = Math.Max(1, told);
            }

            options.Progress(page / (double)pages);
        }
    }

    private static SourceRecord Incomplete(SourceDefinition source, Uri wanted, string reason) =>
        SourceRecord.OfFile(new Rejection(source.Name, new Place(wanted.ToString(), 0, ""), "", SourceCodes.NetworkIncomplete, reason));

    private static Uri PageOf(Uri address, HttpRule? rule, int page)
    {
        if (rule is null || rule.PageParameter.Length == 0)
        {
            return address;
        }

        string query = $"{rule.PageParameter}={page}" + (rule.SizeParameter.Length > 0 ? $"&{rule.SizeParameter}={rule.PageSize}" : "");
        return new UriBuilder(address) { Query = address.Query.Length > 1 ? $"{address.Query[1..]}&{query}" : query }.Uri;
    }

    private static (MemoryStream? Body, string Trouble) Fetch(HttpClient client, Uri address, HttpRule? rule, ReadOptions options, CancellationToken cancelled)
    {
        string trouble = "";
        TimeSpan pause = FirstPause;
        for (int attempt = 1; attempt <= Tries; attempt++)
        {
            if (attempt > 1)
            {
                Task.Delay(pause, options.Clock, cancelled).GetAwaiter().GetResult();
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }

            (MemoryStream? body, trouble, TimeSpan? asked) = Try(client, address, rule, options.Clock, cancelled);
            if (body is not null)
            {
                return (body, "");
            }

            if (asked == Timeout.InfiniteTimeSpan)
            {
                return (null, $"{trouble}, which another try does not change");
            }

            pause = asked is { } wait && wait > pause ? (wait < LongestPause ? wait : LongestPause) : pause;
        }

        return (null, $"{trouble}, {Tries} tries");
    }

    /// <summary>How long an answer that is no success asks to wait: null where it does not say, infinite where waiting does not help (RFC 9110, sections 10.2.3, 15.5).</summary>
    private static TimeSpan? WaitOf(HttpResponseMessage response, TimeProvider clock)
    {
        bool isFinal = response.StatusCode is < HttpStatusCode.InternalServerError
            and not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.MisdirectedRequest or (HttpStatusCode)425);
        return isFinal ? Timeout.InfiniteTimeSpan : response.Headers.RetryAfter?.Delta ?? response.Headers.RetryAfter?.Date - clock.GetUtcNow();
    }

    private static (MemoryStream? Body, string Trouble, TimeSpan? Asked) Try(HttpClient client, Uri address, HttpRule? rule, TimeProvider clock, CancellationToken cancelled)
    {
        using var late = new CancellationTokenSource(TimeOut, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancelled);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            foreach ((string name, string value) in rule?.Headers ?? [])
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            using HttpResponseMessage response = client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token).GetAwaiter().GetResult();
            if (!response.IsSuccessStatusCode)
            {
                return (null, $"the address answered {(int)response.StatusCode} {response.ReasonPhrase}", WaitOf(response, clock));
            }

            var body = new MemoryStream();
            response.Content.CopyToAsync(body, stop.Token).GetAwaiter().GetResult();
            body.Position = 0;
            return (body, "", null);
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            return (null, $"no full answer within {TimeOut.TotalSeconds:0} s", null);
        }
        catch (HttpRequestException failed)
        {
            return (null, $"the connection failed: {failed.Message}", null);
        }
        catch (IOException failed)
        {
            return (null, $"the answer stopped half-way: {failed.Message}", null);
        }
    }
}
