using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Ledger;

namespace Probity.Site;

/// <summary>Addresses of the ledger, and of what machines ask for.</summary>
internal static class LedgerRoutes
{
    private const int LatestShown = 20;

    public static void Map(IEndpointRouteBuilder site, SiteOptions options)
    {
        PageRoutes.Get(site, options, "/ledger", (context, visit) => Ledger(context, visit));
        PageRoutes.Get(site, options, "/ledger/entry", (context, visit) => Chosen(context, visit));
        PageRoutes.Get(site, options, "/ledger/{index}", (context, visit) => OneEntry(context, visit));
        site.MapMethods("/organisation/{id}/rating-proof.json", ["GET", "HEAD"], (HttpContext context) => RatingProofOf(context, options));
        var tiles = new PublishedTiles(options.Reader.Log);
        site.MapMethods("/checkpoint", ["GET", "HEAD"], (HttpContext context) => tiles.Checkpoint is { } signed
            ? PageWriter.Kept(context, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(signed.Note), "no-cache")
            : Messages.NotFound(options, context));
        site.MapMethods("/tlog-policy", ["GET", "HEAD"], (HttpContext context) =>
            PageWriter.Kept(context, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(PublishedPolicy.Of(options.Reader.Log)), "no-cache"));
        site.MapMethods("/tile/{**rest}", ["GET", "HEAD"], (HttpContext context) => Tile(context, options, tiles));
        site.MapMethods("/document/{hash}", ["GET", "HEAD"], (HttpContext context) => Document(context, options));
        site.MapGet("/health", (HttpContext context) => Health(options, context));
        site.MapGet("/robots.txt", (HttpContext context) => PageWriter.Text(context, "text/plain; charset=utf-8", "User-agent: *\nDisallow: /search\n"u8.ToArray()));
        Asset(site, "/verify.md", "text/plain; charset=utf-8");
        Asset(site, "/style.css", "text/css; charset=utf-8");
        Asset(site, "/what-if.js", "text/javascript; charset=utf-8");
        Asset(site, "/entry-check.js", "text/javascript; charset=utf-8");
        Asset(site, "/icon.svg", "image/svg+xml");
    }

    private static Task Ledger(HttpContext context, Visit visit)
    {
        TransparencyLog log = visit.Site.Reader.Log;
        long size = visit.IsOtherTime ? visit.AsOf.KnownAt : visit.Site.Reader.Size;
        IReadOnlyList<Entry> latest = [.. log.ReadRange(Math.Max(0, size - LatestShown), size).Reverse()];
        SignedCheckpoint? signed = visit.IsOtherTime ? log.Checkpoints().LastOrDefault(one => one.Size <= size) : log.Published();
        long waiting = visit.IsOtherTime ? 0 : Math.Max(0, (log.LastCheckpoint()?.Size ?? 0) - size);
        return PageRoutes.Page<LedgerPage>(
            context,
            visit,
            ("Size", size),
            ("Signed", signed),
            ("Key", log.Key),
            ("Latest", latest),
            ("Waiting", waiting),
            ("Root", $"{context.Request.Scheme}://{context.Request.Host}"),
            ("Verdict", visit.IsOtherTime || signed is null ? null : Witnessing.Of(log, signed)));
    }

    private static Task Chosen(HttpContext context, Visit visit)
    {
        if (!long.TryParse(context.Request.Query["index"], NumberStyles.None, CultureInfo.InvariantCulture, out long index))
        {
            return Messages.WrongUse(visit.Site, context, "The number of an entry must be a whole number, 0 or more.");
        }

        context.Response.Redirect(visit.Link($"/ledger/{index}"));
        return Task.CompletedTask;
    }

    private static Task OneEntry(HttpContext context, Visit visit)
    {
        string name = (string)context.Request.RouteValues["index"]!;
        string number = name.Split('.')[0];
        bool json = name == number + ".json";
        bool proof = name == number + ".tlog-proof";
        bool isNumber = long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long index) && index.ToString(CultureInfo.InvariantCulture) == number;
        ProvenEntry? proven = isNumber && (json || proof || name == number)
            ? ProvenEntry.Read(visit.Site.Reader, index)
            : null;
        if (proven is null || (visit.IsOtherTime && index >= visit.AsOf.KnownAt))
        {
            return Messages.NotFound(visit.Site, context);
        }

        if (proof)
        {
            return EntryProof.Of(visit.Site.Reader.Log, index) is { } note
                ? PageWriter.Kept(context, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(note.ToString()), "no-cache")
                : Messages.NotFound(visit.Site, context);
        }

        PageWriter.KeepOutOfCaches(context, proven.Fields);
        return json
            ? PageWriter.Json(context, 200, PageJson.Of(proven))
            : PageRoutes.Page<LedgerEntryPage>(context, visit, ("Proven", proven), ("Key", visit.Site.Reader.Log.Key), ("Organisation", visit.Site.Reader.FindByRecord(proven.Entry.Statement.About)));
    }

    /// <summary>A tile of the tree that the last checkpoint covers (C2SP tlog-tiles): its content never changes.</summary>
    private static Task Tile(HttpContext context, SiteOptions options, PublishedTiles tiles) =>
        TilePath.TryParse(context.Request.Path.Value![1..], out TilePath path) && tiles.Checkpoint is { } signed && tiles.Find(path, signed.Size) is { } content
            ? PageWriter.Kept(context, "application/octet-stream", content, "public, max-age=31536000, immutable")
            : Messages.NotFound(options, context);

    /// <summary>A document that a publication names: its address is its SHA-256, so its content never changes.</summary>
    private static Task Document(HttpContext context, SiteOptions options)
    {
        string name = (string)context.Request.RouteValues["hash"]!;
        return Digest.TryParse(name, out Digest hash) && hash.ToString() == name && options.Reader.FindDocument(hash) is { } content
            ? PageWriter.Kept(context, "text/plain; charset=utf-8", content, "public, max-age=31536000, immutable")
            : Messages.NotFound(options, context);
    }

    /// <summary>The proof that the rating which the last run gave belongs to that run.</summary>
    private static Task RatingProofOf(HttpContext context, SiteOptions options) =>
        OrganisationId.TryParse((string)context.Request.RouteValues["id"]!, out OrganisationId id) && options.Reader.ProveRating(id) is { } proof
            ? PageWriter.Json(context, 200, proof.ToJson())
            : Messages.NotFound(options, context);

    private static Task Health(SiteOptions options, HttpContext context)
    {
        AsOf current = options.Reader.Current;
        SignedCheckpoint? published = options.Reader.Log.Published();
        return PageWriter.Json(context, 200, new JsonObject
        {
            ["status"] = "ok",
            ["register"] = options.Reader.Definition.Id,
            ["valid_at"] = Day.Text(current.ValidAt),
            ["known_at"] = current.KnownAt,
            ["ledger_size"] = options.Reader.Log.Size,
            ["signed_size"] = options.Reader.Log.LastCheckpoint()?.Size ?? 0,
            ["published_size"] = published?.Size ?? 0,
            ["ledger_root"] = published?.Root.ToString(),
        });
    }

    private static void Asset(IEndpointRouteBuilder site, string path, string mediaType)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Probity.Site" + path.Replace('/', '.'))
            ?? throw new InvalidOperationException($"the program was built without {path}");
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        site.MapGet(path, (HttpContext context) => PageWriter.Text(context, mediaType, content));
    }
}
