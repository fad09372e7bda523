using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Probity.Commands;
using Probity.Evidence;
using Probity.Register;
using Probity.Site;
using Probity.Tests.Pipeline;

namespace Probity.Tests.Site;

/// <summary>The case officer's pages: who may ask, what a pair shows, and what a page says after a split.</summary>
public sealed class OfficePagesTests : IAsyncLifetime
{
    private readonly LinkedRegister _register = new();
    private readonly HttpClient _client = new(new HttpClientHandler { AllowAutoRedirect = false });
    private RegisterReader? _reader;
    private SiteOptions? _options;
    private WebApplication? _office;

    public async ValueTask InitializeAsync()
    {
        _register.RunAll();
        _reader = RegisterReader.Open(_register.Data);
        _options = new SiteOptions(_reader, 0, false, TimeProvider.System) { Office = new Office("A. Clerk, registrar", _register.Data) };
        _office = SiteApplication.Create(_options);
        await _office.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _office!.DisposeAsync();
        _reader!.Dispose();
        _register.Dispose();
    }

    [Fact]
    public async Task The_address_printed_at_the_start_was_not_the_offices()
    {
        string start = ServeCommand.StartOf(_office!, _options!);
        Assert.EndsWith("/office", start, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync(start, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(_office!.Urls.First(), ServeCommand.StartOf(_office!, _options! with { Office = null }));
    }

    [Theory]
    [InlineData("rebound.example:{0}", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost.rebound.example:{0}", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1:1", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost:{0}", HttpStatusCode.OK)]
    [InlineData("127.0.0.1:{0}", HttpStatusCode.OK)]
    [InlineData("[::1]:{0}", HttpStatusCode.OK)]
    public async Task A_name_of_another_site_that_stands_for_this_machine_was_answered(string host, HttpStatusCode expected)
    {
        foreach (string address in new[] { "/office", "/office/pair?one=companies:K1011&other=court:C80", "/linkage.json", "/style.css" })
        {
            using var question = new HttpRequestMessage(HttpMethod.Get, _office!.Urls.First() + address);
            question.Headers.Host = string.Format(System.Globalization.CultureInfo.InvariantCulture, host, new Uri(_office.Urls.First()).Port);
            using HttpResponseMessage answer = await _client.SendAsync(question, TestContext.Current.CancellationToken);
            Assert.Equal((address, expected), (address, answer.StatusCode));
        }
    }

    [Theory]
    [InlineData("/linkage.json")]
    [InlineData("/reconcile")]
    public async Task Pages_of_other_sites_could_read_what_the_office_answers(string address)
    {
        using HttpResponseMessage answer = await _client.GetAsync(_office!.Urls.First() + address, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, false), (answer.StatusCode, answer.Headers.Contains("Access-Control-Allow-Origin")));
    }

    [Theory]
    [InlineData("companies:K1002", "inspections:I502", "one organisation by way of other records")]
    [InlineData("companies:K1000", "companies:K1001", "a veto decides")]
    [InlineData("companies:K1000", "court:C80", "too little in common")]
    public async Task A_pair_that_was_decided_showed_no_evidence(string one, string other, string words)
    {
        IDocument page = await Page($"/office/pair?one={one}&other={other}");
        Assert.Contains(words, page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("two records at random", page.QuerySelector("table.waterfall")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_that_are_one_by_way_of_others_showed_no_evidence()
    {
        RecordId[] records = [.. _reader!.Find(_register.Of("companies", "K1002"), _reader.Current)!.Records.Select(one => one.Record)];
        int shown = 0;
        foreach (RecordId one in records)
        {
            foreach (RecordId other in records.Where(other => other.CompareTo(one) > 0))
            {
                shown += (await Page($"/office/pair?one={one}&other={other}")).QuerySelectorAll("table.waterfall").Length;
            }
        }

        Assert.Equal(records.Length * (records.Length - 1) / 2, shown);
        Assert.InRange(records.Length, 3, 6);
    }

    [Fact]
    public async Task A_judged_pair_shows_its_evidence_after_the_next_run_too()
    {
        _register.Judge("companies:K1011", "court:C80", "--not-same");
        _register.Run();
        IDocument page = await Page("/office/pair?one=companies:K1011&other=court:C80");
        Assert.Contains("they were judged", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("table.waterfall"));
    }

    [Fact]
    public async Task An_identifier_that_was_split_off_again_led_to_the_organisation_that_stayed_without_a_word()
    {
        OrganisationId old = _register.Of("court", "C80");
        _register.Judge("companies:K1011", "court:C80", "--same");
        _register.Run();
        Assert.Null((await Page($"/organisation/{_register.Of("companies", "K1011")}")).QuerySelector("[role=note]"));
        _register.Judge("companies:K1011", "court:C80", "--revoke");
        _register.Run();
        OrganisationId stayed = _register.Of("companies", "K1011");
        OrganisationId parted = _register.Of("court", "C80");
        using HttpResponseMessage redirected = await _client.GetAsync($"{_office!.Urls.First()}/organisation/{old}", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.PermanentRedirect, $"/organisation/{stayed}"), (redirected.StatusCode, redirected.Headers.Location!.ToString()));
        IElement note = (await Page($"/organisation/{stayed}")).QuerySelector("[role=note]")!;
        Assert.Contains(old.ToString(), note.TextContent, StringComparison.Ordinal);
        Assert.Contains($"/organisation/{parted}", note.QuerySelectorAll("a").Select(link => link.GetAttribute("href")));
        Assert.Matches("merged into this .* on .* 20.. and redirects here for ever, but on .* 20.. it turned out to be another", note.TextContent);
        Assert.Null((await Page($"/organisation/{parted}")).QuerySelector("[role=note]"));
        string json = await _client.GetStringAsync($"{_office!.Urls.First()}/organisation/{stayed}.json", TestContext.Current.CancellationToken);
        Assert.Equal(parted.ToString(), (string)System.Text.Json.Nodes.JsonNode.Parse(json)!["split_again"]![0]!["now"]!);
        Assert.Contains($"its record is {parted} now", SmallRegister.Probity("explain", old.ToString(), "--data", _register.Data).Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_organisations_were_asked_about_once_for_each_two_records_of_theirs()
    {
        IDocument before = await Page("/office");
        string[] asked = [.. before.QuerySelectorAll("tbody tr").Select(row => row.TextContent)];
        Assert.Contains(asked, row => row.Contains("companies:K1011 and court:C80; 1 more pair of the same two", StringComparison.Ordinal));
        Assert.DoesNotContain(asked, row => row.Contains("inspections:I511", StringComparison.Ordinal));
        _register.Judge("companies:K1011", "court:C80", "--not-same");
        Assert.DoesNotContain((await Page("/office")).QuerySelectorAll("tbody tr"), row => row.TextContent.Contains("C80", StringComparison.Ordinal)); // before the run too
        _register.Run();
        Assert.DoesNotContain(_reader!.Linkage.LastRun(_reader.Current)!.Report["doubtful"]!.AsArray(), pair => (string)pair!["one"]!["record"]! == "C80" || (string)pair["other"]!["record"]! == "C80");
        Assert.Equal(asked.Length - 1, (await Page("/office")).QuerySelectorAll("tbody tr").Length);
    }

    [Fact]
    public async Task The_queue_shows_contradictions_names_of_what_was_judged_and_what_no_longer_counts()
    {
        Assert.Contains("/office", (await Page("/linkage")).QuerySelectorAll("nav a").Select(link => link.GetAttribute("href"))); // no page led back
        _register.Judge("inspections:I500", "inspections:I501", "--same");
        _register.Judge("companies:K1011", "court:C80", "--same");
        _register.Judge("companies:K1011", "court:C80", "--revoke");
        _register.Run();
        IElement queue = (await Page("/office")).QuerySelector("main")!;
        Assert.Contains(queue.QuerySelector(".warning")!.QuerySelectorAll("a"), link => link.GetAttribute("href") == "/office/pair?one=inspections%3AI500&other=inspections%3AI501");
        string[] judged = [.. queue.QuerySelectorAll("ul.results li").Select(one => one.TextContent)];
        Assert.Equal(3, judged.Length);
        Assert.StartsWith("Larchmount Dairies Limited, Clawdon and Larchmount Bakers, Clawdon: taken back", judged[0], StringComparison.Ordinal);
        Assert.Equal([false, true, false], judged.Select(one => one.Contains("no longer counts", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_an_officer_had_typed_was_lost_where_it_could_not_be_recorded()
    {
        IElement token = (await Page("/office/pair?one=companies:K1011&other=court:C80")).QuerySelector("form input[type=hidden]")!;
        var form = new Dictionary<string, string> { ["one"] = "companies:K1011", ["other"] = "court:C80", ["verdict"] = "perhaps", ["reason"] = "Seen on site: \"one door\"", [token.GetAttribute("name")!] = token.GetAttribute("value")! };
        using HttpResponseMessage answer = await _client.PostAsync(_office!.Urls.First() + "/office/judgement", new FormUrlEncodedContent(form), TestContext.Current.CancellationToken);
        IDocument page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        Assert.Contains("Choose one of the answers", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Seen on site: \"one door\"", page.QuerySelector("textarea")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("input[checked]"));
        form["verdict"] = "not-same";
        form["reason"] = new string('x', 2_001);
        using HttpResponseMessage again = await _client.PostAsync(_office.Urls.First() + "/office/judgement", new FormUrlEncodedContent(form), TestContext.Current.CancellationToken);
        IDocument kept = await new HtmlParser().ParseDocumentAsync(await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        Assert.Equal("not-same", Assert.Single(kept.QuerySelectorAll("input[checked]")).GetAttribute("value"));
    }

    private async Task<IDocument> Page(string address)
    {
        using HttpResponseMessage answer = await _client.GetAsync(_office!.Urls.First() + address, TestContext.Current.CancellationToken);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address} answered {(int)answer.StatusCode}: {text}");
        return await new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocumentAsync(text, TestContext.Current.CancellationToken);
    }
}
