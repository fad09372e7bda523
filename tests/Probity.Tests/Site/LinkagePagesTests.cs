using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Probity.Evidence;
using Probity.Pipeline;
using Probity.Register;
using Probity.Site;
using Probity.Tests.Pipeline;

namespace Probity.Tests.Site;

public sealed class LinkagePagesTests : IAsyncLifetime
{
    private readonly LinkedRegister _register = new();
    private readonly HttpClientHandler _network = new() { AllowAutoRedirect = false };
    private RegisterReader? _reader;
    private WebApplication? _public;
    private WebApplication? _office;
    private HttpClient _client = new();

    public async ValueTask InitializeAsync()
    {
        _register.RunAll();
        _reader = RegisterReader.Open(_register.Data);
        _client = new HttpClient(_network);
        _public = await Started(null);
        _office = await Started(new Office("A. Clerk, registrar", _register.Data));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _network.Dispose();
        await _public!.DisposeAsync();
        await _office!.DisposeAsync();
        _reader!.Dispose();
        _register.Dispose();
    }

    [Fact]
    public async Task An_organisations_page_says_why_its_records_are_one_and_how_to_contest_it()
    {
        OrganisationId id = _register.Of("court", "C70");
        IDocument page = await Page(_public!, $"/organisation/{id}");
        IElement section = page.QuerySelector("section[aria-labelledby=records]")!;
        Assert.Contains("court:C70", section.TextContent, StringComparison.Ordinal);
        Assert.Contains("Is somebody else's record on this page?", section.TextContent, StringComparison.Ordinal);
        Assert.Contains(section.QuerySelectorAll("table.waterfall"), table => table.TextContent.Contains("name", StringComparison.Ordinal));
        JsonNode json = JsonNode.Parse((await Get(_public!, $"/organisation/{id}.json")).Text)!;
        Assert.Contains(json["records"]!.AsArray(), one => (string)one!["source"]! == "court" && (string)one["decided_by"]! == "score");
    }

    [Fact]
    public async Task The_report_is_a_page_and_its_twin()
    {
        IDocument page = await Page(_public!, "/linkage");
        Assert.Contains("/linkage", page.QuerySelectorAll("nav[aria-label=Site] a").Select(link => link.GetAttribute("href"))); // no page led there
        JsonNode report = JsonNode.Parse((await Get(_public!, "/linkage.json")).Text)!["report"]!;
        Assert.Equal(100, (int)report["records"]!);
        Assert.Contains("Doubtful pairs waiting", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(8, report["bands"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_name_alone_was_a_match_that_nobody_had_to_look_at()
    {
        var queries = new JsonObject(_reader!.Organisations(_reader.Current).Take(40).Select(one => KeyValuePair.Create(one.Id.ToString(), (JsonNode?)new JsonObject { ["query"] = one.Particulars.Name })));
        JsonNode answers = JsonNode.Parse((await Get(_public!, "/reconcile?queries=" + Uri.EscapeDataString(queries.ToJsonString()))).Text)!;
        JsonNode[] limited = [.. answers.AsObject().SelectMany(one => one.Value!["result"]!.AsArray()).Select(one => one!).Where(one => one["features"]!.AsArray().Any(feature => feature!["id"]!.ToString() == "limit"))];
        Assert.Contains(limited, one => one["score"]!.GetValue<double>() >= 90);
        Assert.All(limited, one => Assert.False(one["match"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task A_merged_identifier_was_unknown_to_reconciliation()
    {
        OrganisationId old = _register.Of("court", "C80");
        _register.Judge("companies:K1011", "court:C80", "--same");
        _register.Run();
        OrganisationId now = _register.Of("companies", "K1011");
        Assert.NotEqual(old, now);
        (HttpStatusCode status, string preview, _) = await Get(_public!, $"/reconcile/preview?id={old}");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(now.ToString(), preview, StringComparison.Ordinal);
        string extend = Uri.EscapeDataString($$"""{"ids":["{{old}}"],"properties":[{"id":"name"}]}""");
        Assert.NotEmpty(JsonNode.Parse((await Get(_public!, $"/reconcile?extend={extend}")).Text)!["rows"]![old.ToString()]!["name"]!.AsArray());
    }

    [Fact]
    public async Task A_judgement_that_numbers_contradict_was_shown_nowhere()
    {
        Assert.Contains("would join nothing", (await Page(_office!, "/office/pair?one=companies:K1000&other=companies:K1001")).Body!.TextContent, StringComparison.Ordinal);
        _register.Judge("companies:K1000", "companies:K1001", "--same");
        _register.Run();
        string note = (await Page(_public!, "/linkage")).QuerySelector("div.warning")!.TextContent;
        Assert.Contains("1 contradiction of judgements", note, StringComparison.Ordinal);
        Assert.Contains("companies:K1000 has the siren number 007825540, companies:K1001 has 007110976", note, StringComparison.Ordinal);
        Assert.EndsWith("says \"the same\" of companies:K1000 and companies:K1001.", string.Join(' ', note.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_judgement_of_records_without_numbers_that_the_numbers_of_their_organisations_contradict_was_shown_nowhere()
    {
        string page = (await Page(_office!, "/office/pair?one=inspections:I500&other=inspections:I501")).Body!.TextContent;
        Assert.Contains("these records belong to the organisations that would be joined: \"the same\" would join nothing", page, StringComparison.Ordinal);
        _register.Judge("inspections:I500", "inspections:I501", "--same");
        _register.Run();
        string note = (await Page(_public!, "/linkage")).QuerySelector("div.warning")!.TextContent;
        Assert.Contains("companies:K1000 has the siren number 007825540, companies:K1001 has 007110976", note, StringComparison.Ordinal);
        Assert.Contains("of inspections:I500 and inspections:I501", note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_weakest_link_of_a_judged_organisation_was_a_probability_by_which_nothing_was_joined()
    {
        _register.Judge("companies:K1011", "court:C80", "--same");
        _register.Run();
        string judged = _register.Of("companies", "K1011").ToString();
        JsonNode report = JsonNode.Parse((await Get(_public!, "/linkage.json")).Text)!["report"]!;
        JsonNode[] listed = [.. report["biggest"]!.AsArray().Concat(report["weakest"]!.AsArray()).Select(one => one!)];
        Assert.Contains(listed, one => (string)one["organisation"]! == judged && (int)one["judged"]! == 1);
        Assert.All(listed, one => Assert.InRange((double)one["weakest_link"]!, (double)report["threshold"]!, 1));
    }

    [Fact]
    public async Task A_record_that_stands_alone_was_one_organisation_with_probability_1_while_pairs_of_it_were_doubtful()
    {
        _register.Judge("companies:K1011", "court:C80", "--same");
        _register.Run();
        _register.Judge("companies:K1011", "court:C80", "--revoke");
        _register.Run();
        JsonNode record = JsonNode.Parse((await Get(_public!, $"/organisation/{_register.Of("court", "C80")}.json")).Text)!["records"]!.AsArray().Single()!;
        Assert.Equal((null, null, null), (record["probability"], record["decided_by"], record["partner"]));
        Assert.Contains(_reader!.Linkage.LastRun(_reader.Current)!.Report["doubtful"]!.AsArray(), pair => (string)pair!["other"]!["record"]! == "C80");
    }

    [Fact]
    public async Task One_page_said_that_there_are_judgements_and_that_nobody_has_judged()
    {
        _register.Judge("companies:K1011", "court:C80", "--same");
        _register.Judge("companies:K1011", "court:C80", "--revoke");
        _register.Run();
        string text = (await Page(_public!, "/linkage")).Body!.TextContent;
        Assert.DoesNotContain("Nobody has judged", text, StringComparison.Ordinal);
        Assert.Contains("none that counts here", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_holds_probabilities_against_what_people_judged()
    {
        Assert.Contains("Nobody has judged a pair same or not the same", (await Page(_public!, "/linkage")).Body!.TextContent, StringComparison.Ordinal);
        _register.Judge("companies:K1011", "court:C80", "--same");
        _register.Judge("companies:K1012", "court:C80", "--not-same");
        _register.Run();
        JsonNode calibration = JsonNode.Parse((await Get(_public!, "/linkage.json")).Text)!["report"]!["calibration"]!;
        Assert.Equal(2, (int)calibration["judged_pairs"]!);
        Assert.Equal(1, calibration["bands"]!.AsArray().Sum(band => (int)band!["same"]!));
        Assert.InRange((double)calibration["brier_score"]!, 0, 1);
        IDocument page = await Page(_public!, "/linkage");
        Assert.Contains("Of 2 pairs that people judged", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.QuerySelectorAll("svg.reliability circle"));
    }

    [Fact]
    public async Task A_merged_identifier_answers_308_on_the_page_and_its_twin()
    {
        OrganisationId case_ = _register.Of("court", "C80");
        _register.Judge("companies:K1011", "court:C80", "--same");
        _register.Run();
        OrganisationId company = _register.Of("companies", "K1011");
        foreach (string twin in new[] { "", ".json" })
        {
            (HttpStatusCode status, _, HttpResponseMessage answer) = await Get(_public!, $"/organisation/{case_}{twin}");
            Assert.Equal((HttpStatusCode.PermanentRedirect, $"/organisation/{company}{twin}"), (status, answer.Headers.Location!.ToString()));
        }
    }

    [Fact]
    public async Task The_office_lists_all_doubtful_pairs_page_by_page()
    {
        _register.Run(("court", _register.Write("court.csv", CasesOfLikeNames())));
        int all = DoubtfulPair.Asked(_reader!).Length;
        Assert.InRange(all, OfficePage.PairsAPage + 1, 2 * OfficePage.PairsAPage);
        IDocument first = await Page(_office!, "/office");
        Assert.Equal(OfficePage.PairsAPage, first.QuerySelectorAll("tbody tr").Length);
        string next = first.QuerySelector("nav a[rel=next]")!.GetAttribute("href")!;
        IDocument second = await Page(_office!, next);
        Assert.Equal(all - OfficePage.PairsAPage, second.QuerySelectorAll("tbody tr").Length);
        Assert.Null(second.QuerySelector("nav a[rel=next]"));
        Assert.Equal(second.QuerySelector("tbody")!.TextContent, (await Page(_office!, "/office?page=99")).QuerySelector("tbody")!.TextContent);
        Assert.Equal(first.QuerySelector("tbody")!.TextContent, (await Page(_office!, "/office?page=none")).QuerySelector("tbody")!.TextContent);
    }

    [Theory]
    [InlineData("/office")]
    [InlineData("/office/pair?one=companies:K1011&other=court:C80")]
    public async Task The_public_site_has_no_page_of_the_office(string address) => Assert.Equal(HttpStatusCode.NotFound, (await Get(_public!, address)).Status);

    [Fact]
    public async Task G16_G42_the_public_site_takes_no_judgement()
    {
        long before = _reader!.Log.Size;
        using var form = new FormUrlEncodedContent(Form("same", "because"));
        using HttpResponseMessage answer = await _client.PostAsync(_public!.Urls.First() + "/office/judgement", form, TestContext.Current.CancellationToken);
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed });
        Assert.Equal(before, _reader.Log.Size);
    }

    [Fact]
    public async Task A_form_that_is_not_the_offices_own_is_refused()
    {
        long before = _reader!.Log.Size;
        using var form = new FormUrlEncodedContent(Form("same", "because"));
        using HttpResponseMessage answer = await _client.PostAsync(_office!.Urls.First() + "/office/judgement", form, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.BadRequest, before), (answer.StatusCode, _reader.Log.Size));
    }

    [Fact]
    public async Task The_officer_judges_a_pair_on_its_page_and_the_ledger_holds_it_with_author_and_reason()
    {
        IDocument queue = await Page(_office!, "/office");
        Assert.Contains("A. Clerk, registrar", queue.Body!.TextContent, StringComparison.Ordinal);
        IDocument pair = await Page(_office!, "/office/pair?one=companies:K1011&other=court:C80");
        Assert.Equal("no-store", (await Get(_office!, "/office/pair?one=companies:K1011&other=court:C80")).Answer.Headers.CacheControl!.ToString());
        IElement token = pair.QuerySelector("form input[type=hidden]")!;
        HttpResponseMessage unreasoned = await Post(token, Form("same", " "));
        Assert.Equal(HttpStatusCode.OK, unreasoned.StatusCode);
        Assert.Contains("Error: ", await unreasoned.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        HttpResponseMessage recorded = await Post(token, Form("same", "The file holds the number."));
        Assert.Equal(HttpStatusCode.SeeOther, recorded.StatusCode);
        var judgement = Assert.Single(_reader!.Linkage.Judgements(_reader.Current));
        Assert.Equal(("A. Clerk, registrar", "The file holds the number.", Linkage.Verdict.Same), (judgement.Author, judgement.Reason, judgement.Verdict));
        Assert.Contains("Judgements so far", (await Page(_office!, "/office")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_office_lists_pairs_by_name_and_town_not_by_numbers_alone()
    {
        IDocument queue = await Page(_office!, "/office");
        Assert.Contains(queue.QuerySelectorAll("tbody a"), link => link.TextContent == "Larchmount Dairies Limited, Clawdon and Larchmount Bakers, Clawdon");
        Assert.Contains("companies:K1011 and court:C80", queue.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pair_that_the_last_run_joined_shows_its_waterfall_too()
    {
        LinkedRecord joined = _reader!.Find(_register.Of("court", "C70"), _reader.Current)!.Records.First(record => record.Membership?.Ground.Partner is not null);
        IDocument page = await Page(_office!, $"/office/pair?one={joined.Membership!.Ground.Partner}&other={joined.Record}");
        Assert.Contains("The last run joined these two.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("two records at random", page.QuerySelector("table.waterfall")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_for_reconciliation_names_the_town() =>
        Assert.Contains("K368 6PW, Clawdon", (await Get(_public!, $"/reconcile/preview?id={_register.Of("companies", "K1011")}")).Text, StringComparison.Ordinal);

    /// <summary>The sample's court file with cases of firms that bear the first word of a company in its town, and another second one.</summary>
    private static string CasesOfLikeNames()
    {
        string[] companies = [.. File.ReadLines(LinkedRegister.Extract("companies")).Skip(1).Take(30).Select(line => line.Split(',')).Select(line => $"{line[1]},,{line[5]}")];
        string[] court = File.ReadAllLines(LinkedRegister.Extract("court"));
        string sample = court.Single(line => line.StartsWith("C80,", StringComparison.Ordinal));
        return string.Join('\n', court.Concat(companies.Select((firm, i) => sample.Replace("C80,Larchmount Bakers,,Clawdon", $"C9{i:D2},{firm}", StringComparison.Ordinal))));
    }

    private static Dictionary<string, string> Form(string verdict, string reason) =>
        new() { ["one"] = "companies:K1011", ["other"] = "court:C80", ["verdict"] = verdict, ["reason"] = reason };

    private Task<HttpResponseMessage> Post(IElement token, Dictionary<string, string> form)
    {
        form[token.GetAttribute("name")!] = token.GetAttribute("value")!;
        return _client.PostAsync(_office!.Urls.First() + "/office/judgement", new FormUrlEncodedContent(form), TestContext.Current.CancellationToken);
    }

    private async Task<WebApplication> Started(Office? office)
    {
        WebApplication site = SiteApplication.Create(new SiteOptions(_reader!, 0, false, TimeProvider.System) { Office = office });
        await site.StartAsync(TestContext.Current.CancellationToken);
        return site;
    }

    private async Task<(HttpStatusCode Status, string Text, HttpResponseMessage Answer)> Get(WebApplication site, string address)
    {
        HttpResponseMessage answer = await _client.GetAsync(site.Urls.First() + address, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer);
    }

    private async Task<IDocument> Page(WebApplication site, string address)
    {
        (HttpStatusCode status, string text, _) = await Get(site, address);
        Assert.True(status == HttpStatusCode.OK, $"{address} answered {(int)status}: {text}");
        return await new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocumentAsync(text, TestContext.Current.CancellationToken);
    }
}
