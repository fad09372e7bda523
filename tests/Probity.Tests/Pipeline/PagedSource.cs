using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Probity.Tests.Pipeline;

/// <summary>
/// A source of food hygiene records that answers page by page like the scheme's own interface, and lets a test do something before a page is
/// answered.
/// </summary>
internal sealed class PagedSource : IAsyncDisposable
{
    /// <summary>Pages there are.</summary>
    public const int Pages = 6;

    /// <summary>Records on each.</summary>
    public const int PageSize = 1_000;

    private readonly WebApplication _site;

    private PagedSource(WebApplication site) => _site = site;

    /// <summary>Its address.</summary>
    public string Address => _site.Urls.First() + "/Establishments";

    /// <summary>Done before a page is answered; the number of the page, from 1.</summary>
    public Func<int, Task> Before { get; set; } = static _ => Task.CompletedTask;

    public static async Task<PagedSource> Start()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication site = builder.Build();
        var source = new PagedSource(site);
        site.MapGet("/Establishments", async (HttpContext context) =>
        {
            int page = int.Parse(context.Request.Query["pageNumber"].ToString(), CultureInfo.InvariantCulture);
            await source.Before(page);
            await context.Response.WriteAsync(Page(page), context.RequestAborted);
        });
        await site.StartAsync(TestContext.Current.CancellationToken);
        return source;
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private static string Page(int page)
    {
        IEnumerable<string> records = Enumerable.Range((page - 1) * PageSize, PageSize).Select(id => string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"FHRSID":{{{id}}},"BusinessName":"Invented Kitchen {{{id}}}","RatingValue":"5","RatingDate":"2020-02-12T00:00:00","scores":{"Hygiene":0,"Structural":5,"ConfidenceInManagement":5}}"""));
        return string.Create(CultureInfo.InvariantCulture, $$$"""{"establishments":[{{{string.Join(',', records)}}}],"meta":{"totalPages":{{{Pages}}}}}""");
    }
}
