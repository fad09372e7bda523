using System.Globalization;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Register;

namespace Probity.Site;

/// <summary>Addresses of pages about organisations, authorities and methodologies.</summary>
internal static class PageRoutes
{
    public static void Map(IEndpointRouteBuilder site, SiteOptions options)
    {
        var tour = new Lazy<IReadOnlyList<TourStop>>(() => options.IsDemo ? DemoTour.Of(options.Reader) : []);
        Get(site, options, "/", (context, visit) => Page<HomePage>(context, visit, ("Overview", options.Reader.Overview(visit.AsOf)), ("Tour", tour.Value)));
        Get(site, options, "/index.json", (context, visit) => PageWriter.Json(context, 200, PageJson.Of(options.Reader.Overview(visit.AsOf))));
        Get(site, options, "/search", (context, visit) => Search(context, visit, options.Reader));
        Get(site, options, "/search.json", (context, visit) => PageWriter.Json(context, 200, PageJson.Of(options.Reader.Search(Question(context), visit.AsOf), visit.AsOf)));
        Get(site, options, "/authorities", (context, visit) => Page<AuthoritiesPage>(context, visit, ("Overview", options.Reader.Overview(visit.AsOf))));
        Get(site, options, "/authority/{code}", (context, visit) => Authority(context, visit));
        Get(site, options, "/organisation/by/{source}/{record}", (context, visit) => ByRecord(context, visit));
        Get(site, options, "/organisation/{id}", (context, visit) => Organisation(context, visit));
        Get(site, options, "/linkage", (context, visit) => Page<LinkagePage>(context, visit, ("Stated", options.Reader.Linkage.LastRun(visit.AsOf)), ("Judgements", options.Reader.Linkage.Judgements(visit.AsOf).Length)));
        Get(site, options, "/linkage.json", (context, visit) => PageWriter.Json(context, 200, PageJson.Of(options.Reader.Linkage.LastRun(visit.AsOf), visit.AsOf)));
        Get(site, options, "/methodology", (context, visit) => Page<MethodologiesPage>(context, visit, ("Publications", options.Reader.Methodologies(visit.AsOf))));
        Get(site, options, "/about", (context, visit) => Page<AboutPage>(context, visit));
    }

    /// <summary>Maps an address whose question has a time.</summary>
    public static void Get(IEndpointRouteBuilder site, SiteOptions options, string pattern, Func<HttpContext, Visit, Task> answer) =>
        site.MapMethods(pattern, ["GET", "HEAD"], (HttpContext context) =>
        {
            (Visit? visit, string problem) = Visit.Of(options, context.Request);
            return visit is null ? Messages.WrongUse(options, context, problem) : answer(context, visit);
        });

    /// <summary>Writes a page.</summary>
    public static Task Page<T>(HttpContext context, Visit visit, params ReadOnlySpan<(string Name, object? Value)> parameters)
        where T : Microsoft.AspNetCore.Components.IComponent
    {
        var all = new Dictionary<string, object?> { ["Visit"] = visit };
        foreach ((string name, object? value) in parameters)
        {
            all[name] = value;
        }

        return PageWriter.Page<T>(context, 200, all);
    }

    private static Task Search(HttpContext context, Visit visit, RegisterReader reader)
    {
        SearchQuery query = Question(context);
        return Page<SearchPage>(context, visit, ("Query", query), ("Answer", reader.Search(query, visit.AsOf)), ("Overview", reader.Overview(visit.AsOf)));
    }

    /// <summary>What a search asks; what is too long is cut, and what is no page number is the first page.</summary>
    private static SearchQuery Question(HttpContext context)
    {
        string Asked(string name)
        {
            string text = context.Request.Query[name].ToString();
            return text.Length <= 200 ? text : text[..200];
        }

        int page = int.TryParse(Asked("page"), NumberStyles.None, CultureInfo.InvariantCulture, out int read) ? Math.Clamp(read, 1, 5_000) : 1;
        return new SearchQuery(Asked("q").Trim(), Asked("authority"), Asked("type"), Asked("outcome"), page);
    }

    private static Task Organisation(HttpContext context, Visit visit)
    {
        (string name, bool json) = Named(context, "id");
        if (!OrganisationId.TryParse(name, out OrganisationId id) || visit.Site.Reader.Find(id, visit.AsOf) is not { } entry)
        {
            if (visit.Site.Reader.Linkage.RedirectOf(id, visit.AsOf) is not { } current)
            {
                return Messages.NotFound(visit.Site, context);
            }

            context.Response.Redirect(visit.Link($"/organisation/{current}{(json ? ".json" : "")}"), permanent: true, preserveMethod: true);
            return Task.CompletedTask;
        }

        if (json)
        {
            return PageWriter.Json(context, 200, PageJson.Of(entry));
        }

        TransparencyLog log = visit.Site.Reader.Log;
        PageWriter.KeepOutOfCaches(context, entry.Timeline.SelectMany(one => log.FieldsOf(log.Read(one.Index))));
        return Page<OrganisationPage>(context, visit, ("Entry", entry));
    }

    private static Task ByRecord(HttpContext context, Visit visit)
    {
        var record = new RecordId((string)context.Request.RouteValues["source"]!, (string)context.Request.RouteValues["record"]!);
        if (visit.Site.Reader.FindByRecord(record) is not { } id)
        {
            return Messages.NotFound(visit.Site, context);
        }

        context.Response.Redirect(visit.Link(id), permanent: false, preserveMethod: true);
        return Task.CompletedTask;
    }

    private static Task Authority(HttpContext context, Visit visit)
    {
        (string code, bool json) = Named(context, "code");
        if (visit.Site.Reader.Authority(code, visit.AsOf) is not { } page)
        {
            return Messages.NotFound(visit.Site, context);
        }

        return json ? PageWriter.Json(context, 200, PageJson.Of(page, visit.AsOf)) : Page<OneAuthorityPage>(context, visit, ("Page", page));
    }

    /// <summary>A route value, and whether the JSON twin is asked for.</summary>
    public static (string Name, bool Json) Named(HttpContext context, string key)
    {
        string name = (string)context.Request.RouteValues[key]!;
        return name.EndsWith(".json", StringComparison.Ordinal) ? (name[..^5], true) : (name, false);
    }
}
