using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Probity.Tests.Support;

namespace Probity.Tests.Site;

/// <summary>An entry's page verifies its own entry in a real browser, and says so when what the site sends does not fit.</summary>
public sealed class EntryCheckTests(ServedDemo site) : IClassFixture<ServedDemo>
{
    [Fact]
    public async Task The_browser_finds_an_honest_entry_under_the_signed_root()
    {
        string said = await Said(static (_, body) => body);
        Assert.Contains("In your browser: it holds.", said, StringComparison.Ordinal);
        Assert.Contains("lead to the signed root", said, StringComparison.Ordinal);
        Assert.True(said.Contains("is signed by the key probity.example/demo+", StringComparison.Ordinal) || said.Contains("this browser has no Ed25519", StringComparison.Ordinal), said);
    }

    [Fact]
    public async Task The_browser_tells_an_entry_that_was_changed_under_the_page()
    {
        string said = await Said(static (path, body) => path.StartsWith("/tile/entries/", StringComparison.Ordinal) ? Replaced(body, "\"v\":1", "\"v\":2") : body);
        Assert.Contains("IT DOES NOT HOLD", said, StringComparison.Ordinal);
        Assert.Contains("the raw entry is not what this page shows", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_browser_tells_an_entry_that_was_changed_on_the_page_too()
    {
        string said = await Said(static (path, body) => path switch
        {
            _ when path.StartsWith("/tile/entries/", StringComparison.Ordinal) => Replaced(body, "\"v\":1", "\"v\":2"),
            "/ledger/1234" => Replaced(body, "&quot;v&quot;:1", "&quot;v&quot;:2"),
            _ => body,
        });
        Assert.Contains("IT DOES NOT HOLD", said, StringComparison.Ordinal);
        Assert.Contains("lead to the root", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_is_whole_without_a_script_and_allows_none_but_the_sites_own()
    {
        (_, string text, HttpResponseMessage answer) = await site.Get("/ledger/1234");
        Assert.Contains("This program just did: <strong>it holds</strong>", text, StringComparison.Ordinal);
        Assert.Contains("script-src 'self'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        IDocument page = await site.Page("/ledger/1234");
        Assert.True(page.GetElementById("entry-check")!.HasAttribute("hidden"));
        Assert.Equal("/entry-check.js", Assert.Single(page.QuerySelectorAll("script")).GetAttribute("src"));
    }

    /// <summary>What the page of entry 1234 says in Chromium where something between the site and the reader changes answers.</summary>
    private async Task<string> Said(Func<string, byte[], byte[]> change)
    {
        await using WebApplication between = Between(change);
        await between.StartAsync(TestContext.Current.CancellationToken);
        using var profile = new TemporaryFolder();
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--virtual-time-budget=20000", $"--user-data-dir={profile.FullName}", "--dump-dom", between.Urls.First() + "/ledger/1234",
        ];
        try
        {
            using Process browser = Process.Start(new ProcessStartInfo("chromium", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            Task<string> errors = browser.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string dom = await browser.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await browser.WaitForExitAsync(TestContext.Current.CancellationToken);
            IDocument page = await new HtmlParser().ParseDocumentAsync(dom, TestContext.Current.CancellationToken);
            return page.GetElementById("entry-check")?.TextContent ?? $"no such place on the page: {dom} {await errors}";
        }
        catch (Win32Exception)
        {
            Assert.Skip("there is no chromium on this machine");
            return "";
        }
    }

    private WebApplication Between(Func<string, byte[], byte[]> change)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        WebApplication between = builder.Build();
        between.Run(async context =>
        {
            using HttpResponseMessage answer = await site.Client.GetAsync(context.Request.Path.Value, context.RequestAborted);
            byte[] body = change(context.Request.Path.Value!, await answer.Content.ReadAsByteArrayAsync(context.RequestAborted));
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            context.Response.Headers.ContentSecurityPolicy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        });
        return between;
    }

    /// <summary>The bytes, one place in the middle of them (the entry that is looked at among others) changed to a text as long.</summary>
    private static byte[] Replaced(byte[] body, string from, string to) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(body).Replace(from, to, StringComparison.Ordinal));
}
