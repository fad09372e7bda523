using System.Text.Json.Nodes;
using Probity.Ledger;

namespace Probity.Site;

/// <summary>Addresses of openings, and of what was erased (formats/redaction.md).</summary>
internal static class RedactionRoutes
{
    public static void Map(IEndpointRouteBuilder site, SiteOptions options)
    {
        PageRoutes.Get(site, options, "/redactions", (context, visit) => PageRoutes.Page<RedactionsPage>(context, visit, ("Redactions", Known(visit))));
        PageRoutes.Get(site, options, "/redactions.json", (context, visit) => PageWriter.Json(context, 200, new JsonObject
        {
            ["ledger_size"] = SizeOf(visit),
            ["redactions"] = new JsonArray([.. Known(visit).Select(one => (JsonNode)one.ToJson())]),
        }));
        TransparencyLog log = options.Reader.Log;
        var openings = new PublishedOpenings(log);
        site.MapMethods("/openings/{**rest}", ["GET", "HEAD"], (HttpContext context) =>
            log.Published() is { } signed && openings.Find(context.Request.Path.Value![1..], signed.Size) is { } lines
                ? PageWriter.Kept(context, "application/jsonl; charset=utf-8", lines, "no-store")
                : Messages.NotFound(options, context));
    }

    private static IReadOnlyList<TakenDown> Known(Visit visit) => TakenDown.In(visit.Site.Reader.Log, SizeOf(visit));

    private static long SizeOf(Visit visit) => visit.IsOtherTime ? visit.AsOf.KnownAt : visit.Site.Reader.Size;
}
