using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Probity.Register;

namespace Probity.Tests.Site;

/// <summary>The reconciliation service, asked as OpenRefine and others ask it.</summary>
public sealed class ReconciliationTests(ServedDemo site) : IClassFixture<ServedDemo>
{
    private OrganisationSummary Somebody => site.Reader.Organisations(site.Reader.Current).First(one => one.Particulars.Address.Length > 0);

    [Fact]
    public async Task The_manifest_of_each_version_is_at_an_address_of_its_own_and_anyone_may_read_it()
    {
        (_, string old, HttpResponseMessage answer) = await site.Get("/reconcile");
        JsonNode manifest = JsonNode.Parse(old)!;
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("0.2", manifest["versions"]![0]!.ToString());
        Assert.True(manifest["name"] is not null && manifest["identifierSpace"] is not null && manifest["schemaSpace"] is not null);
        Assert.All(new[] { manifest["view"]!["url"]!, manifest["preview"]!["url"]! }, url => Assert.Contains("{{id}}", url.ToString(), StringComparison.Ordinal));
        JsonNode draft = JsonNode.Parse((await site.Get("/reconcile/1.0")).Text)!;
        Assert.Equal("1.0-draft", draft["versions"]![0]!.ToString());
        Assert.Contains("{id}", draft["view"]!["url"]!.ToString(), StringComparison.Ordinal);
        Assert.True(draft["suggest"]!["entity"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_batch_of_ten_as_a_form_is_answered_query_by_query_with_the_waterfall_as_features()
    {
        OrganisationSummary somebody = Somebody;
        string query = new JsonObject { ["query"] = somebody.Particulars.Name.ToUpperInvariant(), ["type"] = "Organisation", ["limit"] = 5, ["type_strict"] = "should", ["properties"] = new JsonArray(new JsonObject { ["pid"] = "address", ["v"] = somebody.Particulars.Address }, new JsonObject { ["pid"] = "postcode", ["v"] = somebody.Particulars.Postcode }) }.ToJsonString();
        string batch = "{" + string.Join(",", Enumerable.Range(0, 10).Select(i => $"\"q{i}\":{query}")) + "}";
        using var form = new FormUrlEncodedContent([new("queries", batch)]);
        JsonNode results = await Post("/reconcile", form);
        Assert.Equal(10, results.AsObject().Count);
        JsonNode best = results["q9"]!["result"]![0]!;
        Assert.Equal(somebody.Id.ToString(), best["id"]!.ToString());
        Assert.Equal(somebody.Particulars.Name, best["name"]!.ToString());
        Assert.InRange(best["score"]!.GetValue<double>(), 90, 100);
        Assert.Equal("Organisation", best["type"]![0]!["id"]!.ToString());
        double bits = best["features"]!.AsArray().Sum(feature => feature!["value"]!.GetValue<double>());
        Assert.Equal(best["score"]!.GetValue<double>(), 100 / (1 + Math.Pow(2, -bits)), 0.2);
        Assert.InRange(results["q0"]!["result"]!.AsArray().Count, 1, 5);
    }

    [Fact]
    public async Task A_batch_in_the_address_is_answered_to_a_function_where_one_is_named()
    {
        string queries = Uri.EscapeDataString($$$"""{"q0":{"query":"{{{Somebody.Particulars.Name}}}"}}""");
        (HttpStatusCode status, string text, HttpResponseMessage answer) = await site.Get($"/reconcile?queries={queries}&callback=jQuery1_2");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.StartsWith("/**/jQuery1_2({\"q0\":", text, StringComparison.Ordinal);
        Assert.Equal("application/javascript", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.BadRequest, (await site.Get($"/reconcile?queries={queries}&callback=alert(1)//")).Status);
    }

    [Fact]
    public async Task An_organisations_own_identifier_found_nobody()
    {
        string id = Somebody.Id.ToString();
        using var form = new FormUrlEncodedContent([new("queries", $$$"""{"q":{"query":"{{{id}}}"}}""")]);
        JsonNode only = Assert.Single((await Post("/reconcile", form))["q"]!["result"]!.AsArray())!;
        Assert.Equal((id, true, 100), (only["id"]!.ToString(), only["match"]!.GetValue<bool>(), only["score"]!.GetValue<double>()));
        JsonNode suggested = JsonNode.Parse((await site.Get($"/reconcile/suggest/entity?prefix={id}")).Text)!["result"]!;
        Assert.Equal(id, Assert.Single(suggested.AsArray())!["id"]!.ToString());
    }

    [Fact]
    public async Task Version_1_takes_conditions_and_answers_in_the_same_order()
    {
        OrganisationSummary somebody = Somebody;
        string request = $$"""
            {"queries":[
              {"type":"Organisation","limit":3,"conditions":[{"matchType":"name","v":"{{somebody.Particulars.Name}}"},{"matchType":"property","pid":"address","v":["{{somebody.Particulars.Address}}"]}]},
              {"conditions":[{"matchType":"name","v":"Zzyzx Quarries Unlimited"}]}]}
            """;
        using StringContent json = Json(request);
        JsonNode results = (await Post("/reconcile/1.0/match", json))["results"]!;
        Assert.Equal(somebody.Id.ToString(), results[0]!["candidates"]![0]!["id"]!.ToString());
        Assert.Empty(results[1]!["candidates"]!.AsArray());
    }

    [Theory]
    [InlineData("/reconcile?queries=%7B%22q0%22%3A%7B%22query%22%3A%22Maria%20Rossi%22%2C%22type%22%3A%22Person%22%7D%7D")]
    [InlineData("/reconcile?queries=%7B%22q0%22%3A%7B%22query%22%3A%22Maria%20Rossi%22%2C%22type%22%3A%5B%22Q5%22%5D%7D%7D")]
    public async Task G42_a_query_for_persons_is_refused(string address)
    {
        (HttpStatusCode status, string text, _) = await site.Get(address);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal("reconcile.type", JsonNode.Parse(text)!["code"]!.ToString());
    }

    [Theory]
    [InlineData("not json", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    [InlineData("""{"queries":[{}]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"queries":[7]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"queries":[{"conditions":[]}]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"queries":[{"conditions":[{"v":"Alder"}]}]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"queries":[{"conditions":[{"matchType":"property","propertyValue":"Alder"}]}]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"queries":[{"props":[],"conditions":[{"matchType":"name","propertyValue":"Alder"}]}]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"queries":[{"type":["Organisation"],"conditions":[{"matchType":"name","propertyValue":"Alder"}]}]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"queries":[{"type":"Person","conditions":[{"matchType":"name","v":"Maria Rossi"}]}]}""", HttpStatusCode.UnprocessableEntity)]
    public async Task What_is_no_question_of_version_1_is_refused_with_a_reason(string request, HttpStatusCode expected)
    {
        using StringContent json = Json(request);
        using HttpResponseMessage answer = await site.Client.PostAsync("/reconcile/1.0/match", json, TestContext.Current.CancellationToken);
        Assert.Equal(expected, answer.StatusCode);
        Assert.NotEmpty(JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["detail"]!.ToString());
    }

    [Theory]
    [InlineData("queries", """{"q0":{"query":"Alder","props":[{"pid":"address","v":"1 High Street"}]}}""", "'props'")]
    [InlineData("queries", """{"q0":{"limit":1}}""", "'query'")]
    [InlineData("queries", """{"q0":{"properties":[]}}""", "'properties'")]
    [InlineData("queries", """{"q0":{"query":"Alder","properties":[{"pid":"address"}]}}""", "'pid' and 'v'")]
    [InlineData("extend", """{"ids":["a"]}""", "'properties'")]
    [InlineData("extend", """{"properties":[{"id":"name"}]}""", "'ids'")]
    [InlineData("extend", "[]", "'ids'")]
    [InlineData("extend", """{"ids":["a"],"properties":[{"id":"turnover"}]}""", "'turnover'")]
    public async Task What_is_no_question_of_version_0_2_is_refused_by_what_is_wrong_with_it(string field, string request, string wrong)
    {
        using var form = new FormUrlEncodedContent([new(field, request)]);
        using HttpResponseMessage answer = await site.Client.PostAsync("/reconcile", form, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(wrong, JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["detail"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_condition_names_its_property_as_the_draft_does_or_as_it_did_before()
    {
        OrganisationSummary somebody = Somebody;
        string[] scores = new string[2];
        foreach ((int i, (string property, string value)) in new[] { ("propertyId", "propertyValue"), ("pid", "v") }.Index())
        {
            using StringContent json = Json($$"""{"queries":[{"conditions":[{"matchType":"name","{{value}}":"{{somebody.Particulars.Name}}"},{"matchType":"property","{{property}}":"address","{{value}}":"{{somebody.Particulars.Address}}"}]}]}""");
            scores[i] = (await Post("/reconcile/1.0/match", json))["results"]![0]!["candidates"]![0]!.ToJsonString();
        }

        Assert.Contains(somebody.Id.ToString(), scores[0], StringComparison.Ordinal);
        Assert.Contains("address: the same", scores[0], StringComparison.Ordinal);
        Assert.Equal(scores[0], scores[1]);
    }

    [Fact]
    public async Task A_query_of_which_nothing_can_be_compared_finds_nobody_and_spoils_no_other()
    {
        OrganisationSummary somebody = Somebody;
        string queries = new JsonObject
        {
            ["blank"] = new JsonObject { ["query"] = " " },
            ["unknown"] = new JsonObject { ["properties"] = new JsonArray(new JsonObject { ["pid"] = "uid", ["v"] = "27eb892afbb2" }) },
            ["here"] = new JsonObject { ["properties"] = new JsonArray(new JsonObject { ["pid"] = "address", ["v"] = somebody.Particulars.Address }, new JsonObject { ["pid"] = "postcode", ["v"] = somebody.Particulars.Postcode }) },
            ["named"] = new JsonObject { ["query"] = somebody.Particulars.Name },
        }.ToJsonString();
        using var form = new FormUrlEncodedContent([new("queries", queries)]);
        JsonNode results = await Post("/reconcile", form);
        Assert.Empty(results["blank"]!["result"]!.AsArray());
        Assert.Empty(results["unknown"]!["result"]!.AsArray());
        Assert.Contains(results["here"]!["result"]!.AsArray(), one => one!["id"]!.ToString() == somebody.Id.ToString());
        Assert.Contains(results["named"]!["result"]!.AsArray(), one => one!["id"]!.ToString() == somebody.Id.ToString());
    }

    [Theory]
    [InlineData("/reconcile?callback=jQuery1_2")]
    [InlineData("/reconcile/suggest/entity?prefix=a&type=Organisation&type_strict=any&callback=jQuery1_2")]
    [InlineData("/reconcile/suggest/property?prefix=post&schema=Organisation&callback=jQuery1_2")]
    [InlineData("/reconcile/properties?type=Organisation&limit=64&callback=jQuery1_2")]
    public async Task What_a_page_asks_for_by_a_script_is_answered_as_a_call(string address) =>
        Assert.StartsWith("/**/jQuery1_2({", (await site.Get(address)).Text, StringComparison.Ordinal);

    [Fact]
    public async Task Too_many_queries_and_too_long_ones_are_refused()
    {
        string many = "{" + string.Join(",", Enumerable.Range(0, 51).Select(i => $"\"q{i}\":{{\"query\":\"a\"}}")) + "}";
        string @long = $$$"""{"q0":{"query":"{{{new string('a', 501)}}}"}}""";
        foreach (string queries in new[] { many, @long })
        {
            using var form = new FormUrlEncodedContent([new("queries", queries)]);
            using HttpResponseMessage answer = await site.Client.PostAsync("/reconcile", form, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Entities_properties_and_types_are_suggested_by_their_beginning()
    {
        string name = Somebody.Particulars.Name;
        JsonNode entities = JsonNode.Parse((await site.Get($"/reconcile/suggest/entity?prefix={Uri.EscapeDataString(name)}")).Text)!;
        Assert.Contains(entities["result"]!.AsArray(), one => one!["name"]!.ToString() == name);
        Assert.Equal("postcode", JsonNode.Parse((await site.Get("/reconcile/1.0/suggest/property?prefix=post")).Text)!["result"]![0]!["id"]!.ToString());
        Assert.Equal("Organisation", JsonNode.Parse((await site.Get("/reconcile/suggest/type?prefix=org")).Text)!["result"]![0]!["id"]!.ToString());
        Assert.Empty(JsonNode.Parse((await site.Get("/reconcile/suggest/type?prefix=person")).Text)!["result"]!.AsArray());
        Assert.Equal(HttpStatusCode.NotFound, (await site.Get("/reconcile/suggest/people?prefix=a")).Status);
    }

    [Fact]
    public async Task Properties_are_proposed_and_fetched_in_the_shape_of_each_version()
    {
        OrganisationSummary somebody = Somebody;
        Assert.Contains(JsonNode.Parse((await site.Get("/reconcile/properties?type=Organisation")).Text)!["properties"]!.AsArray(), one => one!["id"]!.ToString() == "postcode");
        string request = $$"""{"ids":["{{somebody.Id}}","nobody"],"properties":[{"id":"address"},{"id":"type"}]}""";
        using var form = new FormUrlEncodedContent([new("extend", request)]);
        JsonNode old = await Post("/reconcile", form);
        Assert.Equal(somebody.Particulars.Address, old["rows"]![somebody.Id.ToString()]!["address"]![0]!["str"]!.ToString());
        Assert.Empty(old["rows"]!["nobody"]!["address"]!.AsArray());
        using StringContent json = Json(request);
        JsonNode draft = await Post("/reconcile/1.0/extend", json);
        Assert.Equal(somebody.Id.ToString(), draft["rows"]![0]!["id"]!.ToString());
        JsonNode address = draft["rows"]![0]!["properties"]!.AsArray().Single(property => property!["id"]!.ToString() == "address")!;
        Assert.Equal(somebody.Particulars.Address, address["values"]![0]!["str"]!.ToString());
    }

    [Fact]
    public async Task A_preview_says_who_and_where_and_no_rating_and_may_stand_in_a_frame()
    {
        OrganisationSummary somebody = Somebody;
        (_, string text, HttpResponseMessage answer) = await site.Get($"/reconcile/preview?id={somebody.Id}");
        Assert.Contains(somebody.Particulars.Address.Split(',')[0], WebUtility.HtmlDecode(text), StringComparison.Ordinal);
        Assert.DoesNotContain(somebody.Standing.Label, text, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors *", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Get("/reconcile/preview?id=nobody")).Status);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

    private async Task<JsonNode> Post(string address, HttpContent content)
    {
        using HttpResponseMessage answer = await site.Client.PostAsync(address, content, TestContext.Current.CancellationToken);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address} answered {(int)answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }
}
