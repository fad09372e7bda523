using System.Text.Json.Nodes;

namespace Probity.Site;

/// <summary>Pages, and problem details after RFC 9457, for what cannot be shown.</summary>
internal static class Messages
{
    public static Task NotFound(SiteOptions options, HttpContext context) =>
        Write(options, context, (404, "Not here", "There is nothing at this address, or the register did not know it at the time you ask about. It may have another name: search for it."));

    public static Task WrongUse(SiteOptions options, HttpContext context, string problem) => Write(options, context, (400, "This cannot be asked", problem));

    public static Task Failed(SiteOptions options, HttpContext context, string problem) =>
        Write(options, context, (503, "The register cannot answer now", problem));

    private static Task Write(SiteOptions options, HttpContext context, (int Status, string Heading, string Text) message)
    {
        if (context.Request.Path.Value?.EndsWith(".json", StringComparison.Ordinal) == true)
        {
            return PageWriter.Json(context, message.Status, new JsonObject { ["title"] = message.Heading, ["status"] = message.Status, ["detail"] = message.Text });
        }

        var visit = new Visit(options, options.Reader.Current, false, "", context.Request.Path);
        return PageWriter.Page<MessagePage>(context, message.Status, new() { ["Visit"] = visit, ["Heading"] = message.Heading, ["Text"] = message.Text });
    }
}
