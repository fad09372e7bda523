using System.Globalization;
using System.Net;
using System.Text;
using Probity.Evidence;
using Probity.Ledger.Witnessing;

namespace Probity.Witnessing;

/// <summary>A witness over HTTP (C2SP tlog-witness): add-checkpoint to submit, HASH/checkpoint to monitor, and its key at the root.</summary>
public static class WitnessApplication
{
    private const int MaxConnections = 256;
    private const string Plain = "text/plain; charset=utf-8";

    /// <summary>Makes the site; it listens only once it is started. What a request may take of time and memory is bounded.</summary>
    public static WebApplication Create(Witness witness, IPEndPoint listen)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = AddCheckpoint.MaxBytes;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Listen(listen);
        });
        WebApplication site = builder.Build();
        site.MapPost("/add-checkpoint", (HttpContext context) => Add(context, witness));
        site.MapMethods("/{hash}/checkpoint", ["GET", "HEAD"], (HttpContext context, string hash) => Latest(context, witness, hash));
        site.MapMethods("/", ["GET", "HEAD"], (HttpContext context) => Answer(context, 200, Plain, $"A witness of transparency logs (https://c2sp.org/tlog-witness).\n{witness.Key}\n"));
        return site;
    }

    private static async Task Add(HttpContext context, Witness witness)
    {
        byte[] body;
        try
        {
            using var content = new MemoryStream();
            await context.Request.Body.CopyToAsync(content, context.RequestAborted);
            body = content.ToArray();
        }
        catch (BadHttpRequestException refused)
        {
            await Answer(context, refused.StatusCode, Plain, "the request is too long or came too slowly\n");
            return;
        }

        WitnessAnswer answer = AddCheckpoint.Parse(body) is { } request
            ? witness.Add(request)
            : new WitnessAnswer.Malformed("the request is not 'old SIZE', the proof's hashes, an empty line and a checkpoint");
        (int status, string type, string text) = Spoken(answer);
        await Answer(context, status, type, text);
    }

    private static (int Status, string Type, string Text) Spoken(WitnessAnswer answer) => answer switch
    {
        WitnessAnswer.Cosigned cosigned => (200, Plain, cosigned.Line.ToString()),
        WitnessAnswer.Malformed malformed => (400, Plain, malformed.Reason + "\n"),
        WitnessAnswer.NotSigned => (403, Plain, "the checkpoint is not signed by the key known for this log\n"),
        WitnessAnswer.UnknownLog => (404, Plain, "this log is not followed here\n"),
        WitnessAnswer.OtherSize other => (409, "text/x.tlog.size", other.Size.ToString(CultureInfo.InvariantCulture) + "\n"),
        WitnessAnswer.Contradiction contradiction => (422, Plain, contradiction.Reason + "\n"),
        WitnessAnswer.Failed failed => (500, Plain, failed.Reason + "\n"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Task Latest(HttpContext context, Witness witness, string hash) =>
        Digest.TryParse(hash, out Digest origin) && origin.ToString() == hash && witness.Latest(origin) is { } note
            ? Answer(context, 200, Plain, note)
            : Answer(context, 404, Plain, "nothing was cosigned here for such a log\n");

    private static async Task Answer(HttpContext context, int status, string type, string text)
    {
        byte[] content = Encoding.UTF8.GetBytes(text);
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
        }
    }
}
