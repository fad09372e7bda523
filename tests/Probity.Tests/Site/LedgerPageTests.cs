using AngleSharp.Dom;
using Probity.Ledger;
using Probity.Tests.Support;

namespace Probity.Tests.Site;

/// <summary>How strangers are told to verify the register.</summary>
public sealed class LedgerPageTests(ServedDemo site) : IClassFixture<ServedDemo>
{
    [Fact]
    public async Task The_page_told_a_stranger_only_what_needs_a_copy_of_the_operators_folder()
    {
        IDocument page = await site.Page("/ledger");
        string commands = string.Join('\n', page.QuerySelectorAll("section[aria-labelledby=verify] pre").Select(one => one.TextContent));
        string root = site.Client.BaseAddress!.ToString().TrimEnd('/');
        Assert.Contains($"probity-verify follow {root} --key {site.Reader.Log.Key}", commands, StringComparison.Ordinal);
        Assert.Contains("openssl pkeyutl -verify -pubin -inkey key.der -keyform DER -rawin -in text -sigfile signature", commands, StringComparison.Ordinal);
        string[] links = [.. page.QuerySelectorAll("section[aria-labelledby=verify] a").Select(link => link.GetAttribute("href")!)];
        Assert.Equal(["/verify.md", "/tlog-policy"], links);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(SharedData.Root, "docs", "verify.md"), TestContext.Current.CancellationToken), (await site.Get("/verify.md")).Text);
    }

    [Fact]
    public async Task The_guide_quotes_the_fictional_register_as_it_is()
    {
        string guide = (await site.Get("/verify.md")).Text;
        SignedCheckpoint signed = site.Reader.Log.LastCheckpoint()!;
        Assert.Contains($"together they give the signed root {signed.Root}", guide, StringComparison.Ordinal);
        Assert.Contains($"signed by the log's key {site.Reader.Log.Key}", guide, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"a checkpoint of {signed.Size:N0} entries"), guide, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_register_that_links_nothing_has_no_way_to_a_page_about_it() =>
        Assert.DoesNotContain("/linkage", (await site.Page("/")).QuerySelectorAll("nav[aria-label=Site] a").Select(link => link.GetAttribute("href")));
}
