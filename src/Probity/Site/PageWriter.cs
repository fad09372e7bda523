using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Probity.Evidence;

namespace Probity.Site;

/// <summary>Writes pages and JSON with a strong ETag over their content, so that what did not change is not sent again.</summary>
internal static class PageWriter
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Among a request's items, says that the answer may not be kept: it is for one person, or shows what can be erased.</summary>
    public const string Uncached = "uncached";

    private const string AMinute = "public, max-age=60";

    /// <summary>Says so of a page that shows the text of a redactable field: a copy in a cache would outlive the erasure.</summary>
    public static void KeepOutOfCaches(HttpContext context, IEnumerable<FieldState> shown)
    {
        if (shown.Any(state => state is FieldState.Opened))
        {
            context.Items[Uncached] = true;
        }
    }

    /// <summary>Renders a page.</summary>
    public static async Task Page<T>(HttpContext context, int status, Dictionary<string, object?> parameters)
        where T : IComponent
    {
        var renderer = new HtmlRenderer(context.RequestServices, context.RequestServices.GetRequiredService<ILoggerFactory>());
        await using (renderer)
        {
            string html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters))).ToHtmlString());
            await Send(context, status, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(html), AMinute);
        }
    }

    /// <summary>Writes JSON.</summary>
    public static Task Json(HttpContext context, int status, JsonNode json) =>
        Send(context, status, status < 400 ? "application/json; charset=utf-8" : "application/problem+json; charset=utf-8", Encoding.UTF8.GetBytes(json.ToJsonString(Indented)), AMinute);

    /// <summary>Writes text or an asset.</summary>
    public static Task Text(HttpContext context, string mediaType, byte[] content) => Send(context, 200, mediaType, content, AMinute);

    /// <summary>Writes content with a word of its own on how long it may be kept (RFC 9111, section 5.2).</summary>
    public static Task Kept(HttpContext context, string mediaType, byte[] content, string cacheControl) => Send(context, 200, mediaType, content, cacheControl);

    private static async Task Send(HttpContext context, int status, string mediaType, byte[] content, string cacheControl)
    {
        HttpResponse response = context.Response;
        response.StatusCode = status;
        if (status == 200 && !context.Items.ContainsKey(Uncached))
        {
            string tag = $"\"{Digest.Of(content).ToString()[..32]}\"";
            response.Headers.ETag = tag;
            response.Headers.CacheControl = cacheControl;
            if (context.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }
        else
        {
            response.Headers.CacheControl = "no-store";
        }

        response.ContentType = mediaType;
        response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(content, context.RequestAborted);
        }
    }
}
