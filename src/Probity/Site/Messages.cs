using System.Globalization;
using System.Text.Json.Nodes;

namespace Probity.Site;

/// <summary>Pages, and problem details after RFC 9457, for what cannot be shown.</summary>
internal static class Messages
{
    public static Task NotFound(SiteOptions options, HttpContext context) => Write(
        options, context, "Not here", new SiteRefusal(404, "address.unknown", "There is nothing at this address, or the register did not know it at the time you ask about. It may have another name: search for it."));

    public static Task WrongUse(SiteOptions options, HttpContext context, string problem) => Write(options, context, "This cannot be asked", new SiteRefusal(400, "request.malformed", problem));

    public static Task Refused(SiteOptions options, HttpContext context, SiteRefusal refusal) =>
        Write(options, context, refusal.Status < 500 ? "This cannot be asked" : "The register cannot answer now", refusal);

    private static Task Write(SiteOptions options, HttpContext context, string heading, SiteRefusal refusal)
    {
        if (refusal.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (context.Request.Path.Value?.EndsWith(".json", StringComparison.Ordinal) == true)
        {
            return PageWriter.Json(context, refusal.Status, new JsonObject { ["title"] = heading, ["status"] = refusal.Status, ["code"] = refusal.Code, ["detail"] = refusal.Words });
        }

        var visit = new Visit(options, default, false, "", context.Request.Path); // of no time: what fails may be the very asking for it
        return PageWriter.Page<MessagePage>(context, refusal.Status, new() { ["Visit"] = visit, ["Heading"] = heading, ["Text"] = refusal.Words });
    }
}
