using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Probity.Linkage;
using Probity.Register;
using Probity.Site;
using Probity.Tests.Pipeline;

namespace Probity.Tests.Site;

/// <summary>Reconciliation by numbers of organisations, as a person asks who has a column of them.</summary>
public sealed class ReconciliationNumbersTests : IAsyncLifetime
{
    private readonly LinkedRegister _register = new();
    private readonly HttpClient _client = new();
    private RegisterReader? _reader;
    private WebApplication? _site;

    public async ValueTask InitializeAsync()
    {
        _register.RunAll();
        _reader = RegisterReader.Open(_register.Data);
        _site = SiteApplication.Create(new SiteOptions(_reader, 0, false, TimeProvider.System));
        await _site.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _site!.DisposeAsync();
        _reader!.Dispose();
        _register.Dispose();
    }

    [Theory]
    [InlineData("siren")]
    [InlineData("SIREN")]
    [InlineData("SIREN (France)")]
    [InlineData("Numéro SIREN")]
    public async Task A_number_sent_as_a_property_was_not_compared(string property)
    {
        JsonNode found = Assert.Single(await Ask(property, "7825540", "007 825 540"))!;
        Assert.Equal((_register.Of("companies", "K1000").ToString(), true), ((string)found["id"]!, (bool)found["match"]!));
        Assert.Contains(found["features"]!.AsArray(), feature => (string)feature!["id"]! == "identifier");
    }

    [Fact]
    public async Task A_name_with_another_valid_number_matched_all_the_same()
    {
        Assert.Contains(await Named("Amberlight Bakery Limited", "siren", "007825540"), one => (string)one!["id"]! == _register.Of("companies", "K1000").ToString());
        Assert.DoesNotContain(await Named("Amberlight Bakery Limited", "siren", "443061841"), one => (string)one!["id"]! == _register.Of("companies", "K1000").ToString());
        Assert.Contains(await Named("Amberlight Bakery Limited", "siren", "443061842"), one => (string)one!["id"]! == _register.Of("companies", "K1000").ToString()); // fails its check: says nothing
    }

    [Fact]
    public async Task Version_1_takes_a_number_as_a_condition()
    {
        using var content = new StringContent("""{"queries":[{"conditions":[{"matchType":"property","propertyId":"siren","propertyValue":"007825540","required":true}]}]}""", System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await _client.PostAsync(_site!.Urls.First() + "/reconcile/1.0/match", content, TestContext.Current.CancellationToken);
        JsonNode found = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(_register.Of("companies", "K1000").ToString(), (string)Assert.Single(found["results"]![0]!["candidates"]!.AsArray())!["id"]!);
    }

    [Fact]
    public async Task Numbers_are_proposed_suggested_and_fetched_where_the_register_has_them()
    {
        JsonNode proposed = await Get("/reconcile/properties?type=Organisation");
        Assert.Contains(proposed["properties"]!.AsArray(), one => (string)one!["id"]! == "siren" && (string)one["name"]! == "SIREN (France)");
        Assert.DoesNotContain(proposed["properties"]!.AsArray(), one => (string)one!["id"]! == "lei");
        Assert.Equal("siren", (string)(await Get("/reconcile/suggest/property?prefix=sir"))["result"]![0]!["id"]!);
        string id = _register.Of("court", "C70").ToString();
        JsonNode rows = (await Get("/reconcile?extend=" + Uri.EscapeDataString($$"""{"ids":["{{id}}"],"properties":[{"id":"siren"},{"id":"name"}]}""")))["rows"]!;
        Assert.Equal("005547104", (string)Assert.Single(rows[id]!["siren"]!.AsArray())!["str"]!);
    }

    [Theory]
    [InlineData("/reconcile/properties", "limit=2", 2)]
    [InlineData("/reconcile/1.0/extend/propose", "limit=1", 1)]
    [InlineData("/reconcile/properties", "type=Person", 0)]
    public async Task The_limit_and_the_type_of_a_proposal_were_passed_over(string address, string question, int properties) =>
        Assert.Equal(properties, (await Get($"{address}?{question}"))["properties"]!.AsArray().Count);

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("many")]
    public async Task A_limit_that_is_none_is_refused(string limit)
    {
        using HttpResponseMessage answer = await _client.GetAsync($"{_site!.Urls.First()}/reconcile/properties?limit={limit}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("/reconcile")]
    [InlineData("/reconcile/1.0")]
    [InlineData("/reconcile/properties")]
    [InlineData("/reconcile/suggest/type?prefix=o")]
    public async Task A_question_for_the_head_alone_found_no_service(string address)
    {
        using var question = new HttpRequestMessage(HttpMethod.Head, _site!.Urls.First() + address);
        using HttpResponseMessage answer = await _client.SendAsync(question, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task G42_no_property_names_a_numbering_of_persons()
    {
        foreach (string numbering in new[] { "ssn", "national insurance number", "NIR", "personnummer", "passport", "date of birth" })
        {
            Assert.Null(Probity.Site.Reconciliation.ReconciliationProperty.SchemeOf(numbering));
            Assert.Empty(await Ask(numbering, "1850578006084"));
        }

        string[] always = [.. Probity.Site.Reconciliation.ReconciliationProperty.Always.Select(one => one.Id)];
        Assert.All((await Get("/reconcile/properties"))["properties"]!.AsArray().Select(one => (string)one!["id"]!).Except(always), id => Assert.NotNull(IdentifierSchemes.Find(id)));
    }

    private Task<JsonArray> Named(string name, string property, string value) => Ask(new JsonObject { ["query"] = name, ["properties"] = new JsonArray(new JsonObject { ["pid"] = property, ["v"] = value }) });

    private Task<JsonArray> Ask(string property, params string[] values) =>
        Ask(new JsonObject { ["properties"] = new JsonArray(new JsonObject { ["pid"] = property, ["v"] = new JsonArray([.. values.Select(value => (JsonNode)value)]) }) });

    private async Task<JsonArray> Ask(JsonObject query) => (await Get("/reconcile?queries=" + Uri.EscapeDataString(new JsonObject { ["q"] = query }.ToJsonString())))["q"]!["result"]!.AsArray();

    private async Task<JsonNode> Get(string address)
    {
        using HttpResponseMessage answer = await _client.GetAsync(_site!.Urls.First() + address, TestContext.Current.CancellationToken);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address} answered {(int)answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }
}
