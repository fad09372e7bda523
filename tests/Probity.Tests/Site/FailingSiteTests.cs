using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Rating;
using Probity.Register;
using Probity.Site;
using Probity.Tests.Pipeline;

namespace Probity.Tests.Site;

/// <summary>A site whose data folder fails beneath it, and requests that no site can read.</summary>
public sealed class FailingSiteTests : IAsyncLifetime
{
    private readonly SmallRegister _register = new();
    private readonly StringWriter _errors = new();
    private readonly HttpClient _client = new();
    private RegisterReader? _reader;
    private WebApplication? _site;

    public async ValueTask InitializeAsync()
    {
        _register.Run(SmallRegister.Three);
        _reader = RegisterReader.OpenPublished(_register.Data);
        _site = SiteApplication.Create(new SiteOptions(_reader, 0, false, TimeProvider.System) { Errors = _errors });
        await _site.StartAsync(TestContext.Current.CancellationToken);
        _client.BaseAddress = new Uri(_site.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _site!.DisposeAsync();
        _reader!.Dispose();
        _register.Dispose();
        await _errors.DisposeAsync();
    }

    [Theory]
    [InlineData("/search?q=oven")]
    [InlineData("/index.json")]
    public async Task Folders_of_the_operators_machine_were_shown_to_strangers(string address)
    {
        string views = Path.Combine(_register.Data, "views.db");
        File.Delete(views);
        await File.WriteAllTextAsync(views, "no database at all, and long enough to be read as one", TestContext.Current.CancellationToken);
        using HttpResponseMessage answer = await _client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.DoesNotContain(Path.GetTempPath().TrimEnd('/'), text, StringComparison.Ordinal);
        Assert.DoesNotContain("views.db", text, StringComparison.Ordinal);
        Assert.Contains("damaged", text, StringComparison.Ordinal);
        Assert.Contains(views, _errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/reconcile", "application/x-www-form-urlencoded")]
    [InlineData("/reconcile/1.0/match", "application/json")]
    public async Task A_body_that_is_too_long_was_told_as_trouble_of_the_register(string address, string type)
    {
        using var body = new StringContent("queries=" + new string('x', 1_100_000));
        body.Headers.ContentType = new MediaTypeHeaderValue(type);
        using HttpResponseMessage answer = await _client.PostAsync(new Uri(address, UriKind.Relative), body, TestContext.Current.CancellationToken);
        JsonNode told = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "request.too-large"), (answer.StatusCode, (string)told["code"]!));
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Empty(_errors.ToString());
    }

    [Fact]
    public async Task A_form_of_too_many_fields_is_malformed()
    {
        using var form = new FormUrlEncodedContent(Enumerable.Range(0, 2_000).Select(i => new KeyValuePair<string, string>($"q{i}", "x")));
        using HttpResponseMessage answer = await _client.PostAsync(new Uri("/reconcile", UriKind.Relative), form, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_trial_of_rules_that_failed_once_failed_for_ever()
    {
        using RegisterReader reader = RegisterReader.Open(_register.Data);
        var trials = new RuleTrials(reader);
        AsOf now = reader.Current;
        Methodology rules = reader.InForce(now)!.Methodology;
        string views = Path.Combine(_register.Data, "views.db");
        using (RegisterReader failing = RegisterReader.Open(_register.Data))
        {
            var onThese = new RuleTrials(failing);
            File.Move(views, views + ".aside");
            await Assert.ThrowsAsync<RegisterRefusedException>(() => onThese.WhatIf(rules, rules, now, TestContext.Current.CancellationToken));
            File.Move(views + ".aside", views);
            Assert.Equal(3, (await onThese.WhatIf(rules, rules, now, TestContext.Current.CancellationToken)).Organisations);
        }

        Assert.Equal(0, (await trials.Between(rules, rules, now, TestContext.Current.CancellationToken)).Moved);
    }

    [Theory]
    [InlineData(LedgerRefusals.OlderThanSigned, "older than what it signed last")]
    [InlineData(LedgerRefusals.Corrupt, "damaged")]
    [InlineData(LedgerRefusals.NoPermission, "cannot be read")]
    public void A_ledger_that_was_put_back_or_damaged_is_told_clearly_and_without_its_folder(string code, string words)
    {
        var told = SiteRefusal.Of(new LedgerRefusedException(code, "'/srv/secret/data' is not as it should be"));
        Assert.Equal((503, code, true), (told.Status, told.Code, told.IsTrouble));
        Assert.Contains(words, told.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("/srv", told.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_register_that_is_busy_says_when_to_ask_again()
    {
        var told = SiteRefusal.Of(new RegisterRefusedException(RegisterRefusals.Busy, "2 questions wait already"));
        Assert.Equal((503, 5, false), (told.Status, told.RetryAfterSeconds, told.IsTrouble));
    }
}
