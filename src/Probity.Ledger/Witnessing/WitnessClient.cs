using System.Globalization;
using System.Net;
using System.Text;
using Probity.Evidence;

namespace Probity.Ledger.Witnessing;

/// <summary>
/// Asks witnesses for cosignatures (C2SP tlog-witness, add-checkpoint). Whatever a witness does, asking it ends: within the given time, after at most three
/// requests, and with at most 64 KiB read of each answer; no redirect is followed.
/// </summary>
public sealed class WitnessClient : IDisposable
{
    /// <summary>How long a run waits for each witness.</summary>
    public static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(15);

    private const int MaxAnswerBytes = 65_536;
    private const int MaxRequests = 3;
    private const string SizeType = "text/x.tlog.size";
    private readonly HttpClient _http;
    private readonly TimeSpan _patience;

    /// <summary>A client that waits so long for each witness, all its requests together.</summary>
    public WitnessClient(TimeSpan patience)
    {
        _patience = patience;
        var network = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = patience, MaxResponseHeadersLength = 16, AutomaticDecompression = DecompressionMethods.None };
        _http = new HttpClient(network) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Asks one witness to cosign a checkpoint.</summary>
    /// <param name="witness">Which.</param>
    /// <param name="note">The checkpoint, signed by the log.</param>
    /// <param name="guess">The size that the witness is thought to have cosigned last; it says so where that is wrong.</param>
    /// <param name="request">The request from an older size: with the consistency proof from there.</param>
    /// <param name="cancelled">Stops waiting.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<WitnessReport> Ask(PolicyWitness witness, SignedNote note, long guess, Func<long, AddCheckpoint> request, CancellationToken cancelled)
    {
        if (witness.Url is null)
        {
            return new WitnessReport.Unreached(witness, "the policy has no address for it");
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        patience.CancelAfter(_patience);
        try
        {
            return await Ask((witness, note), guess, request, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            return new WitnessReport.Unreached(witness, string.Create(CultureInfo.InvariantCulture, $"not within {_patience.TotalSeconds:0.#} seconds"));
        }
        catch (Exception trouble) when (trouble is HttpRequestException or IOException)
        {
            return new WitnessReport.Unreached(witness, Printable(trouble.Message));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<WitnessReport> Ask((PolicyWitness Witness, SignedNote Note) of, long guess, Func<long, AddCheckpoint> request, CancellationToken cancelled)
    {
        long size = Checkpoint.Parse(of.Note.Text)?.Size ?? throw new ArgumentException("the note is no checkpoint", nameof(of));
        long old = Math.Min(guess, size);
        for (int asked = 1; ; asked++)
        {
            (int status, string type, string text) = await Post(of.Witness.Url!, request(old).ToString(), cancelled).ConfigureAwait(false);
            if (status != 409 || type != SizeType)
            {
                return Judge(of, status, text);
            }

            if (!text.EndsWith('\n') || WireText.ReadSize(text[..^1]) is not { } known || known == old)
            {
                return new WitnessReport.Refused(of.Witness, status, "it names no other size, which is against its specification");
            }

            if (known > size)
            {
                return new WitnessReport.Refused(of.Witness, status, $"it has seen {known} entries, more than the {size} here: this ledger was restored from an older backup, or its key signed elsewhere");
            }

            if (asked == MaxRequests)
            {
                return new WitnessReport.Refused(of.Witness, status, "it named another size each time; another process may be asking it");
            }

            old = known;
        }
    }

    private static WitnessReport Judge((PolicyWitness Witness, SignedNote Note) of, int status, string text)
    {
        if (status != 200)
        {
            return new WitnessReport.Refused(of.Witness, status, Meaning(status) + (Printable(text) is { Length: > 0 } said ? $" ({said})" : ""));
        }

        NoteSignature[] own = [.. text.Split('\n').Select(NoteSignature.Parse).OfType<NoteSignature>().Where(one => one.IsOf(of.Witness.Key))];
        return own.Length > 0 && Cosignature.Find(of.Note.With(own), of.Witness.Key) is { } cosignature
            ? new WitnessReport.Cosigned(of.Witness, cosignature)
            : new WitnessReport.Refused(of.Witness, status, own.Length > 0 ? "its cosignature is not genuine" : $"no cosignature by {of.Witness.Key.Name} with the policy's key");
    }

    private static string Meaning(int status) => status switch
    {
        400 => "it found the request malformed",
        403 => "it does not accept this log's key; give it the log's vkey ('probity ledger key show')",
        404 => "it does not follow this log; ask its operator to add the log's vkey",
        409 => "it holds another root for this size: two histories were signed",
        422 => "it was not shown that this checkpoint adds to the one it cosigned: two histories were signed, or data were changed",
        429 => "it was asked too often; ask again later",
        >= 300 and < 400 => "it points elsewhere; write its own address into the policy",
        >= 500 => "it failed; ask again later with 'probity ledger cosign'",
        _ => "an answer its specification does not know",
    };

    private async Task<(int Status, string Type, string Text)> Post(Uri prefix, string body, CancellationToken cancelled)
    {
        var address = new Uri(prefix.AbsoluteUri.TrimEnd('/') + "/add-checkpoint");
        using var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        using HttpResponseMessage answer = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancelled).ConfigureAwait(false);
        Stream stream = await answer.Content.ReadAsStreamAsync(cancelled).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            byte[] content = new byte[MaxAnswerBytes];
            int read = await stream.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancelled).ConfigureAwait(false);
            return ((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString() ?? "", Encoding.UTF8.GetString(content.AsSpan(0, read)));
        }
    }

    /// <summary>The beginning of what a stranger said, fit to be printed.</summary>
    private static string Printable(string text) => StrangersText.Printable(text.Split('\n')[0].Trim(), 160);
}
