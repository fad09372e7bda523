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
        Assert.Contains("of the checkpoint.", said, StringComparison.Ordinal);
        Assert.True(said.Contains("is signed by the key probity.example/demo+", StringComparison.Ordinal) || said.Contains("who signed the checkpoint was not checked", StringComparison.Ordinal), said);
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

    [Theory]
    [InlineData("/ledger/1234.tlog-proof")]
    [InlineData("/tile/entries/")]
    public async Task A_site_that_does_not_answer_was_called_one_that_does_not_hold(string unanswered)
    {
        string said = await SaidByScript((path, body) => path.StartsWith(unanswered, StringComparison.Ordinal) ? null : body);
        Assert.Contains("In your browser: it could not be checked.", said, StringComparison.Ordinal);
        Assert.Contains("answered 503", said, StringComparison.Ordinal);
        Assert.DoesNotContain("HOLD", said, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_page_sent_in_place_of_the_proof_was_called_one_that_does_not_hold() => Assert.Contains(
        "In your browser: it could not be checked.",
        await SaidByScript(static (path, body) => path == "/ledger/1234.tlog-proof" ? "<html>Sign in to this network</html>"u8.ToArray() : body),
        StringComparison.Ordinal);

    [Fact]
    public async Task The_script_finds_an_honest_entry_and_who_signed_it()
    {
        string said = await SaidByScript(static (_, body) => body);
        Assert.Contains("In your browser: it holds.", said, StringComparison.Ordinal);
        Assert.Contains("is signed by the key probity.example/demo+", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_that_was_not_checked_was_said_to_hold()
    {
        string said = await SaidByScript(static (_, body) => body, "without-ed25519");
        Assert.Contains("In your browser: the entry fits the checkpoint, but who signed the checkpoint was not checked.", said, StringComparison.Ordinal);
        Assert.Contains("anybody could have written this checkpoint", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_script_tells_a_changed_entry_a_changed_checkpoint_and_a_changed_signature()
    {
        Assert.Contains("IT DOES NOT HOLD", await SaidByScript(static (path, body) => path.StartsWith("/tile/entries/", StringComparison.Ordinal) ? Replaced(body, "\"v\":1", "\"v\":2") : body), StringComparison.Ordinal);
        Assert.Contains("IT DOES NOT HOLD", await SaidByScript(static (path, body) => path == "/ledger/1234.tlog-proof" ? Replaced(body, "\nprobity.example/demo\n", "\nprobity.exampel/demo\n") : body), StringComparison.Ordinal);
        Assert.Contains("the signature of the checkpoint is not by", await SaidByScript(static (path, body) => path == "/ledger/1234.tlog-proof" ? SignatureChanged(body) : body), StringComparison.Ordinal);
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

    /// <summary>What the page's script says in Node.js, given what the page of entry 1234 shows, where something between changes answers; null for an answer of 503.</summary>
    private async Task<string> SaidByScript(Func<string, byte[], byte[]?> change, params string[] flags)
    {
        await using WebApplication between = Between(change);
        await between.StartAsync(TestContext.Current.CancellationToken);
        IDocument page = await site.Page("/ledger/1234");
        using var folder = new TemporaryFolder();
        string entry = folder.Write("entry", page.GetElementById("entry-bytes")!.TextContent);
        string sources = Path.Combine(SharedData.Root, "src", "Probity", "Site", "entry-check.js");
        string runner = Path.Combine(SharedData.Root, "tests", "Probity.Tests", "Site", "entry-check-in-node.mjs");
        string[] arguments = [runner, sources, between.Urls.First(), "1234", page.GetElementById("entry-check")!.GetAttribute("data-key")!, entry, .. flags];
        try
        {
            using Process node = Process.Start(new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            Task<string> errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string said = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await node.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(node.ExitCode == 0, await errors);
            return said;
        }
        catch (Win32Exception)
        {
            Assert.Skip("there is no node on this machine");
            return "";
        }
    }

    private WebApplication Between(Func<string, byte[], byte[]?> change)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        WebApplication between = builder.Build();
        between.Run(async context =>
        {
            using HttpResponseMessage answer = await site.Client.GetAsync(context.Request.Path.Value, context.RequestAborted);
            byte[]? body = change(context.Request.Path.Value!, await answer.Content.ReadAsByteArrayAsync(context.RequestAborted));
            context.Response.StatusCode = body is null ? 503 : (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            context.Response.Headers.ContentSecurityPolicy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));
            await context.Response.Body.WriteAsync(body ?? [], context.RequestAborted);
        });
        return between;
    }

    /// <summary>A proof with one bit of its first signature changed.</summary>
    private static byte[] SignatureChanged(byte[] proof)
    {
        string text = Encoding.UTF8.GetString(proof);
        int at = text.LastIndexOf("\u2014 ", StringComparison.Ordinal);
        string[] line = text[at..].TrimEnd('\n').Split(' ');
        byte[] signature = Convert.FromBase64String(line[2]);
        signature[40] ^= 1;
        return Encoding.UTF8.GetBytes($"{text[..at]}{line[0]} {line[1]} {Convert.ToBase64String(signature)}\n");
    }

    /// <summary>The bytes, one place in the middle of them (the entry that is looked at among others) changed to a text as long.</summary>
    private static byte[] Replaced(byte[] body, string from, string to) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(body).Replace(from, to, StringComparison.Ordinal));
}
