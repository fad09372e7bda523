using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Probity.Register;

namespace Probity.Site.Reconciliation;

/// <summary>
/// The reconciliation service over the register, of organisations only (G42): /reconcile speaks version 0.2 of the W3C community group's
/// protocol, /reconcile/1.0 its 1.0-draft. Anyone may ask from any page.
/// </summary>
internal static class ReconciliationRoutes
{
    private const int MaxBytes = 1 << 20;
    private const int Suggested = 10;

    /// <summary>Maps its addresses.</summary>
    public static void Map(IEndpointRouteBuilder site, SiteOptions options)
    {
        var index = new RegisterIndex(options.Reader);
        var answers = new ReconciliationAnswers(index);
        site.MapMethods("/reconcile", ["GET", "HEAD", "POST"], (HttpContext context) => Version02(context, options, answers));
        Get(site, "/reconcile/properties", context => Propose(context, index));
        Get(site, "/reconcile/1.0", context => Send(context, ReconciliationManifest.Version1(options.Reader.Definition, Root(context))));
        site.MapPost("/reconcile/1.0/match", (HttpContext context) => Posted(context, request => (answers.Match(request, out ReconciliationRefusal? refusal), refusal)));
        site.MapPost("/reconcile/1.0/extend", (HttpContext context) => Posted(context, request => (answers.Extend(request, asList: true, out ReconciliationRefusal? refusal), refusal)));
        Get(site, "/reconcile/1.0/extend/propose", context => Propose(context, index));
        foreach (string root in new[] { "/reconcile", "/reconcile/1.0" })
        {
            Get(site, root + "/suggest/{kind}", context => Suggest(context, options, index));
            Get(site, root + "/preview", context => Preview(context, options, index));
            site.MapMethods(root + "/{**rest}", ["OPTIONS"], (HttpContext context) => Preflight(context));
        }
    }

    private static void Get(IEndpointRouteBuilder site, string pattern, Func<HttpContext, Task> answer) =>
        site.MapMethods(pattern, ["GET", "HEAD"], (HttpContext context) => answer(context));

    private static async Task Version02(HttpContext context, SiteOptions options, ReconciliationAnswers answers)
    {
        ((string Queries, string Extend) asked, ReconciliationRefusal? unread) = await Read(context, () => Asked(context));
        if (unread is not null)
        {
            await Refuse(context, unread);
        }
        else if (asked.Queries.Length > 0)
        {
            await Answer(context, asked.Queries, request => (answers.Batch(request, out ReconciliationRefusal? refusal), refusal));
        }
        else if (asked.Extend.Length > 0)
        {
            await Answer(context, asked.Extend, request => (answers.Extend(request, asList: false, out ReconciliationRefusal? refusal), refusal));
        }
        else
        {
            await Send(context, ReconciliationManifest.Version02(options.Reader.Definition, Root(context)));
        }
    }

    private static async Task<(string Queries, string Extend)> Asked(HttpContext context)
    {
        if (HttpMethods.IsPost(context.Request.Method) && context.Request.HasFormContentType)
        {
            IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
            return (form["queries"].ToString(), form["extend"].ToString());
        }

        return (context.Request.Query["queries"].ToString(), context.Request.Query["extend"].ToString());
    }

    /// <summary>Reads what was sent, at most <see cref="MaxBytes"/>; why not, where it cannot be read.</summary>
    private static async Task<(T? Sent, ReconciliationRefusal? Refusal)> Read<T>(HttpContext context, Func<Task<T>> read)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MaxBytes;
        }

        try
        {
            return (await read(), null);
        }
        catch (BadHttpRequestException trouble)
        {
            return (default, ReconciliationRefusal.Of(trouble));
        }
        catch (InvalidDataException)
        {
            return (default, ReconciliationRefusal.Malformed("the form has too many fields, or too long ones"));
        }
    }

    private static async Task Posted(HttpContext context, Func<JsonElement, (JsonNode?, ReconciliationRefusal?)> answer)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        (string? sent, ReconciliationRefusal? unread) = await Read(context, () => reader.ReadToEndAsync(context.RequestAborted));
        await (sent is null ? Refuse(context, unread!) : Answer(context, sent, answer));
    }

    private static async Task Answer(HttpContext context, string text, Func<JsonElement, (JsonNode?, ReconciliationRefusal?)> answer)
    {
        JsonDocument request;
        try
        {
            request = JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            await Refuse(context, ReconciliationRefusal.Malformed("the request is not JSON"));
            return;
        }

        using (request)
        {
            (JsonNode? found, ReconciliationRefusal? refusal) = answer(request.RootElement);
            await (found is null ? Refuse(context, refusal!) : Send(context, found));
        }
    }

    private static Task Propose(HttpContext context, RegisterIndex index)
    {
        int limit = int.MaxValue;
        if (context.Request.Query["limit"].ToString() is { Length: > 0 } asked && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit == 0))
        {
            return Refuse(context, ReconciliationRefusal.Malformed("'limit' is a whole number of 1 or more"));
        }

        string type = context.Request.Query["type"].ToString() is { Length: > 0 and < 100 } named ? named : ReconciliationManifest.TypeId;
        IEnumerable<ReconciliationProperty> properties = type == ReconciliationManifest.TypeId ? index.Properties().Take(limit) : [];
        return Send(context, new JsonObject
        {
            ["type"] = type,
            ["properties"] = new JsonArray([.. properties.Select(property => (JsonNode)new JsonObject { ["id"] = property.Id, ["name"] = property.Name })]),
        });
    }

    private static Task Suggest(HttpContext context, SiteOptions options, RegisterIndex index)
    {
        string prefix = context.Request.Query["prefix"].ToString();
        prefix = prefix.Length > 200 ? prefix[..200] : prefix.Trim();
        IEnumerable<JsonObject>? found = context.Request.RouteValues["kind"] switch
        {
            "entity" when prefix.Length == 0 => [],
            "entity" when index.Find(prefix) is { } named => [Suggestion(named)],
            "entity" => options.Reader.Search(new SearchQuery(prefix, "", "", "", 1), options.Reader.Current).Results.Take(Suggested).Select(one =>
                Suggestion(one)),
            "property" => index.Properties().Where(property => Begins(property.Name, prefix) || Begins(property.Id, prefix)).Select(property => new JsonObject { ["id"] = property.Id, ["name"] = property.Name }),
            "type" => new[] { ReconciliationManifest.Type }.Where(type => Begins(type["name"]!.ToString(), prefix)),
            _ => null,
        };
        return found is null ? Messages.NotFound(options, context) : Send(context, new JsonObject { ["result"] = new JsonArray([.. found]) });
    }

    private static JsonObject Suggestion(OrganisationSummary one) =>
        new() { ["id"] = one.Id.ToString(), ["name"] = one.Particulars.Name, ["description"] = ReconciliationAnswers.Description(one), ["notable"] = new JsonArray(ReconciliationManifest.Type) };

    private static Task Preview(HttpContext context, SiteOptions options, RegisterIndex index)
    {
        if (index.Find(context.Request.Query["id"].ToString()) is not { } found)
        {
            return Messages.NotFound(options, context);
        }

        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *";
        string town = options.Reader.Find(found.Id, options.Reader.Current)?.Identity is { } identity ? identity.TextOf("town") ?? identity.TextOf("city") ?? "" : "";
        return PageWriter.Page<PreviewPage>(context, 200, new Dictionary<string, object?> { ["Organisation"] = found, ["Town"] = town, ["Register"] = options.Reader.Definition.Title, ["Fictional"] = options.IsDemo });
    }

    private static bool Begins(string name, string prefix) => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    private static string Root(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}";

    private static Task Preflight(HttpContext context)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*";
        context.Response.Headers.AccessControlAllowMethods = "GET, POST";
        context.Response.Headers.AccessControlAllowHeaders = "Content-Type";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static Task Refuse(HttpContext context, ReconciliationRefusal refusal)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*";
        return PageWriter.Json(context, refusal.Status, new JsonObject { ["type"] = "about:blank", ["title"] = refusal.Code, ["status"] = refusal.Status, ["code"] = refusal.Code, ["detail"] = refusal.Reason });
    }

    /// <summary>Writes JSON, or for pages that can read no other site's (JSONP, version 0.2) a call of the function they name.</summary>
    private static Task Send(HttpContext context, JsonNode json)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*";
        string callback = context.Request.Query["callback"].ToString();
        if (callback.Length == 0 || !HttpMethods.IsGet(context.Request.Method))
        {
            return PageWriter.Json(context, 200, json);
        }

        bool isName = callback.Length <= 100 && (char.IsAsciiLetter(callback[0]) || callback[0] is '_' or '$') && callback.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '$' or '.');
        return isName
            ? PageWriter.Text(context, "application/javascript; charset=utf-8", Encoding.UTF8.GetBytes($"/**/{callback}({json.ToJsonString()});"))
            : Refuse(context, ReconciliationRefusal.Malformed("'callback' is not the name of a function"));
    }
}
