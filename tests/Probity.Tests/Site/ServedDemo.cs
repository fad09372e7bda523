using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Probity.Register;
using Probity.Site;
using Probity.Tests.Demo;

namespace Probity.Tests.Site;

/// <summary>The fictional register, served on a free port of this machine, asked without following redirects.</summary>
public sealed class ServedDemo : IAsyncLifetime
{
    private readonly DemoRegister _register = new();
    private readonly HttpClientHandler _network = new() { AllowAutoRedirect = false };
    private WebApplication? _site;

    public HttpClient Client { get; private set; } = new();

    public RegisterReader Reader => _register.Reader;

    public async ValueTask InitializeAsync()
    {
        _site = SiteApplication.Create(new SiteOptions(_register.Reader, 0, true, TimeProvider.System));
        await _site.StartAsync(TestContext.Current.CancellationToken);
        Client = new HttpClient(_network) { BaseAddress = new Uri(_site.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _network.Dispose();
        await _site!.DisposeAsync();
        _register.Dispose();
    }

    /// <summary>An answer with its text.</summary>
    public async Task<(HttpStatusCode Status, string Text, HttpResponseMessage Answer)> Get(string address)
    {
        HttpResponseMessage answer = await Client.GetAsync(address, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer);
    }

    /// <summary>A page that must be there, read as a browser reads it.</summary>
    public async Task<IDocument> Page(string address)
    {
        (HttpStatusCode status, string text, _) = await Get(address);
        Assert.True(status == HttpStatusCode.OK, $"{address} answered {(int)status}: {text}");
        return await new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocumentAsync(text, TestContext.Current.CancellationToken);
    }
}
