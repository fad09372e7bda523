using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Register;
using Probity.Site;
using Probity.Tests.Pipeline;

namespace Probity.Tests.Site;

/// <summary>A register whose policy asks for two witnesses shows the public nothing of what they have not cosigned, on no page and in no file.</summary>
public sealed class QuorumTests : IAsyncLifetime
{
    private static readonly string Later = SmallRegister.Three.Replace("15,10,10", "20,10,10", StringComparison.Ordinal) + SmallRegister.Line(4, "Unwitnessed Grill", "5", "2025-04-01T00:00:00", "0,0,5");
    private readonly HttpClientHandler _network = new() { AllowAutoRedirect = false };
    private WitnessedRegister? _register;
    private RegisterReader? _reader;
    private WebApplication? _site;
    private HttpClient? _client;
    private int _port;

    public async ValueTask InitializeAsync()
    {
        _register = await WitnessedRegister.Make();
        _client = new HttpClient(_network);
    }

    public async ValueTask DisposeAsync()
    {
        _client!.Dispose();
        _network.Dispose();
        if (_site is not null)
        {
            await _site.DisposeAsync();
        }

        _reader?.Dispose();
        await _register!.DisposeAsync();
    }

    [Fact]
    public async Task Pages_search_and_twins_showed_a_run_that_too_few_witnesses_had_cosigned()
    {
        (AsOf published, AsOf waiting) = await RunTwice();
        OrganisationId two = Id("2");
        Assert.Equal(35m, Score(await Json($"/organisation/{two}.json")));
        Assert.Equal(published.KnownAt, (long)(await Json("/index.json"))["ledger_size"]!);
        Assert.Equal(3, (int)(await Json("/index.json"))["count"]!);
        Assert.Equal(3, (int)(await Json("/search.json"))["total"]!);
        Assert.Empty((await Json("/search.json?q=unwitnessed"))["results"]!.AsArray());
        foreach (string address in (string[])["/", "/search?q=grill", "/authorities", "/authority/900", "/ledger", $"/?knownAt={waiting.KnownAt}", "/search?q=grill&knownAt=99999", "/reconcile/suggest/entity?prefix=Unwitnessed", $"/organisation/{two}?knownAt=99999"])
        {
            (HttpStatusCode status, string text) = await Get(address);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.DoesNotContain("Unwitnessed", text, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await Get("/organisation/by/fhrs/4")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Get($"/organisation/{OrganisationId.FirstSeenAs(new RecordId("fhrs", "4"))}")).Status);
        Assert.Equal(35m, Score(await Json($"/organisation/{two}.json?knownAt=99999")));
        await Witness();
        Assert.Equal(40m, Score(await Json($"/organisation/{two}.json")));
        Assert.Single((await Json("/search.json?q=unwitnessed"))["results"]!.AsArray());
    }

    [Fact]
    public async Task The_ledgers_addresses_went_beyond_the_published_checkpoint()
    {
        await RunTwice();
        using TransparencyLog log = TransparencyLog.OpenForReading(_register!.Data);
        SignedCheckpoint published = log.Published()!;
        Assert.True(published.Size < log.LastCheckpoint()!.Size);
        foreach (string ending in (string[])["", ".json", ".tlog-proof"])
        {
            Assert.Equal(HttpStatusCode.OK, (await Get($"/ledger/{published.Size - 1}{ending}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await Get($"/ledger/{published.Size}{ending}")).Status);
        }

        Assert.Contains($"/ledger/{published.Size - 1}\"", (await Get("/ledger")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"/ledger/{published.Size}\"", (await Get("/ledger")).Text, StringComparison.Ordinal);
        Assert.Equal(published.Size, (long)(await Json("/redactions.json"))["ledger_size"]!);
        JsonNode health = await Json("/health");
        Assert.Equal((published.Size, published.Root.ToString()), ((long)health["published_size"]!, (string)health["ledger_root"]!));
        JsonNode proof = await Json($"/organisation/{Id("2")}/rating-proof.json");
        Assert.Contains("35", (string)proof["result"]!, StringComparison.Ordinal);
        Assert.EndsWith(published.Note, (string)proof["run_proof"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exports_and_explanations_told_what_was_not_published_yet()
    {
        await RunTwice();
        Assert.DoesNotContain("Unwitnessed", WitnessedRegister.Say(0, "export", "ratings", "--data", _register!.Data), StringComparison.Ordinal);
        Assert.DoesNotContain("Unwitnessed", WitnessedRegister.Say(0, "export", "ratings", "--data", _register.Data, "--known-at", "99999"), StringComparison.Ordinal);
        WitnessedRegister.Say(1, "explain", "fhrs:4", "--data", _register.Data);
        WitnessedRegister.Say(1, "ledger", "prove-rating", "fhrs:4", "--data", _register.Data);
        WitnessedRegister.Say(0, "explain", "fhrs:2", "--data", _register.Data);
    }

    [Fact]
    public async Task Before_any_run_is_cosigned_the_site_says_that_nothing_is_published()
    {
        _port = await _register!.Stop();
        _register.Run(1, SmallRegister.Three);
        await Serve();
        (HttpStatusCode status, string text) = await Get("/");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("not published yet", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Oven", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await Get("/checkpoint")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Get("/tile/entries/000.p/1")).Status);
        Assert.Contains("register.not-published", SmallRegister.Probity("export", "ratings", "--data", _register.Data).Error, StringComparison.Ordinal);
        await Witness();
        Assert.Equal(3, (int)(await Json("/index.json"))["count"]!);
    }

    /// <summary>A run that both witnesses cosign, and one that only one does; the site serves from then on.</summary>
    private async Task<(AsOf Published, AsOf Waiting)> RunTwice()
    {
        _register!.Run(0, SmallRegister.Three);
        using RegisterReader everything = RegisterReader.Open(_register.Data);
        AsOf published = everything.Current;
        _port = await _register.Stop();
        _register.Run(1, Later);
        await Serve();
        return (published, everything.Current);
    }

    private async Task Serve()
    {
        _reader = RegisterReader.OpenPublished(_register!.Data);
        _site = SiteApplication.Create(new SiteOptions(_reader, 0, false, TimeProvider.System));
        await _site.StartAsync(TestContext.Current.CancellationToken);
        _client!.BaseAddress = new Uri(_site.Urls.First());
    }

    private async Task Witness()
    {
        await _register!.Start("b", _port);
        WitnessedRegister.Say(0, "ledger", "cosign", "--data", _register.Data);
    }

    private OrganisationId Id(string record) => _reader!.FindByRecord(new RecordId("fhrs", record))!.Value;

    private static decimal Score(JsonNode organisation) => (decimal)organisation["standing"]!["score"]!;

    private async Task<JsonNode> Json(string address)
    {
        (HttpStatusCode status, string text) = await Get(address);
        Assert.True(status == HttpStatusCode.OK, $"{address} answered {(int)status}: {text}");
        return JsonNode.Parse(text)!;
    }

    private async Task<(HttpStatusCode Status, string Text)> Get(string address)
    {
        using HttpResponseMessage answer = await _client!.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
