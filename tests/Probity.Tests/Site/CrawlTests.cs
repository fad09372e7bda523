using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Probity.Tests.Site;

/// <summary>Follows the links of the fictional register's site from its first page, and holds every page against what all pages promise.</summary>
public sealed partial class CrawlTests(ServedDemo site) : IClassFixture<ServedDemo>
{
    /// <summary>How many pages of one kind are looked at.</summary>
    private const int PagesOfAKind = 8;

    /// <summary>What a page may weigh, in bytes (docs: site and interface).</summary>
    private const int Heaviest = 60 * 1024;

    [Fact]
    public Task Every_link_leads_somewhere_and_every_page_keeps_its_promises() => Crawl("/");

    [Fact]
    public Task The_register_of_another_time_is_whole_too()
    {
        DateOnly then = site.Reader.Current.ValidAt.AddYears(-2);
        return Crawl($"/?asOf={then:yyyy-MM-dd}", address => Assert.Contains($"asOf={then:yyyy-MM-dd}", address, StringComparison.Ordinal));
    }

    private async Task Crawl(string start, Action<string>? promise = null)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { start };
        var kinds = new Dictionary<string, int>(StringComparer.Ordinal);
        var waiting = new Queue<string>(seen);
        while (waiting.TryDequeue(out string? address))
        {
            foreach (string link in await Visit(address))
            {
                string kind = KindOf(link);
                kinds.TryAdd(kind, 0);
                if (seen.Add(link) && kinds[kind]++ < PagesOfAKind)
                {
                    if (promise is not null && Timeless().Match(link) is { Success: false })
                    {
                        promise(link);
                    }

                    waiting.Enqueue(link);
                }
            }
        }

        string[] expected = ["/about", "/authorities", "/authority/*", "/ledger", "/ledger/*", "/methodology", "/methodology/*/*", "/organisation/*", "/search"];
        Assert.Empty(expected.Except(kinds.Keys));
    }

    /// <summary>Looks at a page; its links within the site.</summary>
    private async Task<IReadOnlyList<string>> Visit(string address)
    {
        (HttpStatusCode status, string text, HttpResponseMessage answer) = await site.Get(address);
        Assert.True(status == HttpStatusCode.OK, $"{address} answered {(int)status}");
        string type = answer.Content.Headers.ContentType!.MediaType!;
        if (type == "application/json")
        {
            Assert.NotNull(JsonNode.Parse(text));
        }

        if (type != "text/html")
        {
            return [];
        }

        Assert.True(text.Length < Heaviest, $"{address} weighs {text.Length} bytes");
        IDocument page = await site.Page(address);
        Readable(page, address);
        return [.. page.QuerySelectorAll("a[href],link[href]").Select(link => link.GetAttribute("href")!)
            .Where(link => link.StartsWith('/')).Select(link => link.Split('#')[0])];
    }

    private static void Readable(IDocument page, string address)
    {
        void Promise(bool kept, string what) => Assert.True(kept, $"{address}: {what}");
        Promise(page.DocumentElement.GetAttribute("lang") is { Length: > 0 }, "a language");
        Promise(page.Title is { Length: > 3 }, "a title");
        Promise(page.QuerySelectorAll("h1").Length == 1, "one first heading");
        Promise(page.QuerySelectorAll("[onclick],[onload],[style],iframe,object").Length == 0, "no script and no style in its text");
        Promise(page.QuerySelectorAll("script").All(script => script.GetAttribute("type") == "module" && script.GetAttribute("src") is ['/', ..] && script.TextContent.Length == 0), "no script but the site's own modules");
        Promise(page.QuerySelector("main#main") is not null && page.QuerySelector("a.skip[href='#main']") is not null, "a way past the navigation");
        Promise(page.QuerySelector("meta[name=viewport]") is not null, "a width that fits a phone");
        Promise(page.QuerySelectorAll("input:not([type=hidden]),select,textarea").All(field => page.QuerySelector($"label[for='{field.Id}']") is not null), "a label for every field");
        Promise(page.QuerySelectorAll("table").All(table => table.QuerySelector("th") is not null), "headings in every table");
        Promise(page.QuerySelectorAll("a").All(link => link.TextContent.Trim().Length > 0), "words in every link");
        Promise(page.QuerySelectorAll("[aria-labelledby]").All(one => page.GetElementById(one.GetAttribute("aria-labelledby")!) is not null), "what labels a part is there");
        string[] ids = [.. page.QuerySelectorAll("[id]").Select(one => one.Id!)];
        Promise(ids.Length == ids.Distinct(StringComparer.Ordinal).Count(), "identifiers once each");
        int[] levels = [.. page.QuerySelectorAll("h1,h2,h3,h4").Select(heading => heading.LocalName[1] - '0')];
        Promise(levels.Zip(levels.Skip(1)).All(pair => pair.Second <= pair.First + 1), "no level of heading left out");
        Promise(page.Body!.TextContent.Contains("Fictional.", StringComparison.Ordinal), "that all is invented");
    }

    /// <summary>"/organisation/*" for an organisation's page: the first part of an address, and a star for each that follows.</summary>
    private static string KindOf(string link)
    {
        string[] parts = link.Split('?')[0].Split('/');
        return $"/{parts[1]}{string.Concat(Enumerable.Repeat("/*", parts.Length - 2))}";
    }

    /// <summary>What is the same at every time: assets, the checkpoint, a methodology's file; and the way back to the last run.</summary>
    [GeneratedRegex("^(/style.css|/icon.svg|/checkpoint|/verify.md|.*[.]yaml|[^?]*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Timeless();
}
