using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using Probity.Evidence;
using Probity.Register;

namespace Probity.Tests.Site;

/// <summary>What single addresses of the site answer.</summary>
public sealed class AnswersTests(ServedDemo site) : IClassFixture<ServedDemo>
{
    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/nothing/here", HttpStatusCode.NotFound)]
    [InlineData("/?asOf=yesterday", HttpStatusCode.BadRequest)]
    public async Task Every_answer_forbids_what_a_page_does_not_need(string address, HttpStatusCode expected)
    {
        (HttpStatusCode status, _, HttpResponseMessage answer) = await site.Get(address);
        Assert.Equal(expected, status);
        Assert.StartsWith("default-src 'none'; style-src 'self'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/?asOf=2026-02-30", 400)]
    [InlineData("/search?knownAt=-1", 400)]
    [InlineData("/search?knownAt=99999999999999999999", 400)]
    [InlineData("/ledger/entry?index=one", 400)]
    [InlineData("/ledger/999999999", 404)]
    [InlineData("/ledger/-1", 404)]
    [InlineData("/organisation/o0000000000000000", 404)]
    [InlineData("/organisation/nobody", 404)]
    [InlineData("/organisation/by/inspections/nothing", 404)]
    [InlineData("/authority/%F0%9F%98%80", 404)]
    [InlineData("/authority/..%2F..%2Fetc", 404)]
    [InlineData("/methodology/gb.food-hygiene/9.9.9", 404)]
    [InlineData("/methodology/gb.food-hygiene/9.9.9/what-if", 404)]
    [InlineData("/methodology/demo.food-hygiene/1.0.0/changes", 404)]
    [InlineData("/methodology/demo.food-hygiene/1.0.0/what-if?band.1.total=five", 400)]
    [InlineData("/methodology/demo.food-hygiene/1.0.0/what-if?band.1.total=5.5", 400)]
    [InlineData("/methodology/demo.food-hygiene/1.0.0/what-if?nosuch=1", 400)]
    public async Task What_cannot_be_shown_is_told_on_a_page(string address, int expected)
    {
        (HttpStatusCode status, string text, HttpResponseMessage answer) = await site.Get(address);
        Assert.Equal((expected, "text/html", true), ((int)status, answer.Content.Headers.ContentType!.MediaType, answer.Headers.CacheControl!.NoStore));
        Assert.Contains("<h1>", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_if_passed_over_a_number_that_the_rules_do_not_have()
    {
        (HttpStatusCode _, string text, HttpResponseMessage _) = await site.Get("/methodology/demo.food-hygiene/1.0.0/what-if.json?nosuch=1&band.1.total=5");
        string detail = (string)JsonNode.Parse(text)!["detail"]!;
        Assert.StartsWith("The rules have no number 'nosuch'; they have ", detail, StringComparison.Ordinal);
        Assert.Contains("band.1.total", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/organisation/o0000000000000000.json", 404)]
    [InlineData("/ledger/999999999.json", 404)]
    [InlineData("/index.json?asOf=soon", 400)]
    [InlineData("/methodology/demo.food-hygiene/1.0.0/what-if.json?nosuch=1", 400)]
    public async Task Machines_are_told_as_problem_details(string address, int expected)
    {
        (HttpStatusCode status, string text, HttpResponseMessage answer) = await site.Get(address);
        Assert.Equal((expected, "application/problem+json"), ((int)status, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal(expected, (int)JsonNode.Parse(text)!["status"]!);
    }

    [Fact]
    public async Task What_did_not_change_is_not_sent_again()
    {
        (_, _, HttpResponseMessage first) = await site.Get("/about");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/about");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        HttpResponseMessage second = await site.Client.SendAsync(again, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
    }

    [Fact]
    public async Task HEAD_tells_the_length_and_sends_nothing()
    {
        (_, string text, _) = await site.Get("/about");
        using var asked = new HttpRequestMessage(HttpMethod.Head, "/about");
        HttpResponseMessage answer = await site.Client.SendAsync(asked, TestContext.Current.CancellationToken);
        Assert.Equal(System.Text.Encoding.UTF8.GetByteCount(text), answer.Content.Headers.ContentLength);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nothing_can_be_written()
    {
        foreach (string address in (string[])["/", "/search", "/ledger", "/organisation/o0000000000000000", "/health"])
        {
            HttpResponseMessage answer = await site.Client.PostAsJsonAsync(address, new { outcome = "5" }, TestContext.Current.CancellationToken);
            Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotFound]);
        }
    }

    [Fact]
    public async Task Health_tells_what_stands_behind_the_site()
    {
        JsonNode health = JsonNode.Parse((await site.Get("/health")).Text)!;
        Assert.Equal(("ok", site.Reader.Log.Size, site.Reader.Log.Size), ((string)health["status"]!, (long)health["ledger_size"]!, (long)health["signed_size"]!));
    }

    [Fact]
    public async Task A_page_and_its_twin_say_the_same()
    {
        OrganisationSummary one = site.Reader.Organisations(site.Reader.Current).First(each => each.Standing.Status == StandingStatus.Confirmed && each.Standing.Score > 15);
        IDocument page = await site.Page($"/organisation/{one.Id}");
        JsonNode twin = JsonNode.Parse((await site.Get($"/organisation/{one.Id}.json")).Text)!;
        Assert.Equal((string)twin["name"]!, page.QuerySelector("h1")!.TextContent.Trim());
        Assert.Equal((string)twin["standing"]!["outcome"]!, page.QuerySelector(".mark")!.TextContent.Trim());
        Assert.Equal(twin["timeline"]!.AsArray().Count, page.QuerySelectorAll(".timeline > li").Length);
        Assert.Equal($"/organisation/{one.Id}.json", page.QuerySelector("link[rel=alternate]")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_waterfall_adds_up_to_the_score_for_eyes_and_for_screen_readers()
    {
        OrganisationSummary one = site.Reader.Organisations(site.Reader.Current).First(each => each.Standing.Status == StandingStatus.Confirmed && each.Standing.Score > 15);
        IElement table = (await site.Page($"/organisation/{one.Id}")).QuerySelector("table.waterfall")!;
        int[] adds = [.. table.QuerySelectorAll("tbody tr").Select(row => int.Parse(row.QuerySelector(".number")!.TextContent, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(one.Standing.Score, adds.Sum());
        Assert.Equal(adds.Length, table.QuerySelectorAll("tbody td[aria-hidden] rect").Length);
        JsonArray bars = JsonNode.Parse((await site.Get($"/organisation/{one.Id}.json")).Text)!["rating"]!["waterfall"]!.AsArray();
        Assert.Equal(adds, bars.Select(bar => (int)bar!["points"]!));
    }

    [Fact]
    public async Task G40_the_transparency_record_is_linked_from_each_outcome()
    {
        OrganisationSummary one = site.Reader.Organisations(site.Reader.Current).First(each => each.Standing.Status == StandingStatus.Confirmed);
        string address = (await site.Page($"/organisation/{one.Id}")).QuerySelectorAll("a").Single(link => link.TextContent == "Algorithm record").GetAttribute("href")!;
        IDocument record = await site.Page(address);
        Assert.Equal(6, record.QuerySelectorAll("h2").Length);
        Assert.Contains("Kittiwold Kitchen Inspectorate (invented)", record.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        JsonObject twin = JsonNode.Parse((await site.Get(address + ".json")).Text)!.AsObject();
        Assert.Equal(["tier_1", "owner_and_responsibility", "description_and_rationale", "deployment_context", "tool_specification", "risks"], twin.Select(section => section.Key));
    }

    [Fact]
    public async Task What_if_answers_on_the_page_without_script_and_for_the_script_alike()
    {
        const string Asked = "?band.1.total=5&band.1.worst=5";
        IDocument page = await site.Page("/methodology/demo.food-hygiene/1.0.0/what-if" + Asked);
        JsonNode answer = JsonNode.Parse((await site.Get("/methodology/demo.food-hygiene/1.0.0/what-if.json" + Asked)).Text)!["population"]!;
        Assert.True((int)answer["moved"]! > 0);
        Assert.Equal((int)answer["moved"]!, int.Parse(page.QuerySelector("#moved strong")!.TextContent, System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("5", page.QuerySelector("input[name='band.1.total']")!.GetAttribute("value"));
        Assert.Equal("get", page.QuerySelector("form#turn")!.GetAttribute("method"));
        Assert.Equal(0, (int)JsonNode.Parse((await site.Get("/methodology/demo.food-hygiene/1.0.0/what-if.json")).Text)!["population"]!["moved"]!);
        Assert.Equal("/what-if.js", Assert.Single(page.QuerySelectorAll("script")).GetAttribute("src"));
        Assert.Equal("text/javascript", (await site.Get("/what-if.js")).Answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task G30_no_headline_without_its_parts_and_its_day()
    {
        OrganisationSummary one = site.Reader.Organisations(site.Reader.Current).First(each => each.Standing.Status == StandingStatus.Confirmed);
        foreach (string address in (string[])[$"/organisation/{one.Id}", $"/search?q={Uri.EscapeDataString(one.Id.ToString())}"])
        {
            string text = (await site.Page(address)).QuerySelector("main")!.TextContent;
            Assert.All(one.Standing.Dimensions, part => Assert.Contains(part.Label, text, StringComparison.OrdinalIgnoreCase));
            Assert.Contains(PlainDay(one.Standing.RatedOn!.Value), text, StringComparison.Ordinal);
        }

        JsonNode found = JsonNode.Parse((await site.Get($"/search.json?q={one.Id}")).Text)!["results"]![0]!["standing"]!;
        Assert.Equal((one.Standing.Dimensions.Length, Day.Text(one.Standing.RatedOn!.Value)), (found["dimensions"]!.AsObject().Count, (string)found["rated_on"]!));
    }

    [Fact]
    public async Task G16_where_rule_and_authority_differ_the_authoritys_rating_is_the_headline()
    {
        OrganisationSummary one = site.Reader.Organisations(site.Reader.Current).First(each => each.Standing.Status == StandingStatus.Differs);
        IDocument page = await site.Page($"/organisation/{one.Id}");
        Assert.Equal(one.Standing.Published, page.QuerySelector(".mark")!.TextContent.Trim());
        Assert.Contains("The authority's rating stands until it decides otherwise.", page.QuerySelector(".headline")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task G28_lists_are_never_worst_first_and_pages_of_other_times_are_not_indexed()
    {
        IDocument list = await site.Page("/search?outcome=0");
        string[] names = [.. list.QuerySelectorAll(".results h2").Select(heading => heading.TextContent.Trim())];
        Assert.True(names.Length > 1);
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.Equal("noindex", (await site.Page("/?asOf=2024-01-01")).QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.Contains("Disallow: /search", (await site.Get("/robots.txt")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_time_shows_what_was_true_and_known_then()
    {
        DateOnly then = site.Reader.Current.ValidAt.AddYears(-2);
        AsOf asOf = site.Reader.At(then, null);
        OrganisationSummary[] before = [.. site.Reader.Organisations(asOf)];
        OrganisationSummary moved = site.Reader.Organisations(site.Reader.Current).Join(before, one => one.Id, one => one.Id, (now, then) => (now, then))
            .First(pair => pair.now.Standing.Status == StandingStatus.Confirmed && pair.then.Standing.Status == StandingStatus.Confirmed && pair.now.Standing.Outcome != pair.then.Standing.Outcome).then;
        IDocument page = await site.Page($"/organisation/{moved.Id}?asOf={Day.Text(then)}");
        Assert.Equal(moved.Standing.Outcome, page.QuerySelector(".mark")!.TextContent.Trim());
        Assert.Contains("You see the register as of", page.QuerySelector(".othertime")!.TextContent, StringComparison.Ordinal);
        JsonNode twin = JsonNode.Parse((await site.Get($"/organisation/{moved.Id}.json?asOf={Day.Text(then)}")).Text)!;
        Assert.Equal((moved.Standing.Outcome, Day.Text(then)), ((string)twin["standing"]!["outcome"]!, (string)twin["valid_at"]!));
        Assert.Equal(before.Length, (int)JsonNode.Parse((await site.Get($"/index.json?asOf={Day.Text(then)}")).Text)!["count"]!);
    }

    [Fact]
    public async Task An_organisation_of_later_is_not_there_before()
    {
        OrganisationSummary last = site.Reader.Organisations(site.Reader.Current).MaxBy(one => site.Reader.Find(one.Id, site.Reader.Current)!.Evidence[0].Index)!;
        long first = site.Reader.Find(last.Id, site.Reader.Current)!.Evidence[0].Index;
        Assert.Equal(HttpStatusCode.OK, (await site.Get($"/organisation/{last.Id}?knownAt={first + 1}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Get($"/organisation/{last.Id}?knownAt={first}")).Status);
    }

    [Fact]
    public async Task A_records_own_identifier_leads_to_its_page()
    {
        OrganisationSummary one = site.Reader.Organisations(site.Reader.Current).First();
        (HttpStatusCode status, _, HttpResponseMessage answer) = await site.Get($"/organisation/by/{one.Record.Source}/{one.Record.Record}?asOf=2025-01-01");
        Assert.Equal(HttpStatusCode.TemporaryRedirect, status);
        Assert.StartsWith($"/organisation/{one.Id}?asOf=2025-01-01", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_carries_a_proof_that_anyone_can_follow()
    {
        JsonNode entry = JsonNode.Parse((await site.Get("/ledger/4321.json")).Text)!;
        Digest[] path = [.. entry["inclusion_proof"]!.AsArray().Select(hash => Digest.TryParse((string)hash!, out Digest read) ? read : default)];
        Assert.True(Digest.TryParse((string)entry["leaf_hash"]!, out Digest leaf));
        SignedCheckpoints signed = SignedCheckpoints.Read((string)entry["checkpoint"]!);
        Assert.True(Ledger.MerkleProof.VerifyInclusion(leaf, 4321, signed.Size, path, signed.Root));
        Assert.Contains("it holds", (await site.Page("/ledger/4321")).QuerySelector("#proof")!.ParentElement!.TextContent, StringComparison.Ordinal);
    }

    private static string PlainDay(DateOnly day) => day.ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Size and root of a checkpoint's text (C2SP tlog-checkpoint).</summary>
    private readonly record struct SignedCheckpoints(long Size, Digest Root)
    {
        public static SignedCheckpoints Read(string note)
        {
            string[] lines = note.Split('\n');
            return new SignedCheckpoints(long.Parse(lines[1], System.Globalization.CultureInfo.InvariantCulture), Digest.FromBytes(Convert.FromBase64String(lines[2])));
        }
    }
}
