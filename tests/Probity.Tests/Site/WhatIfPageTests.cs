using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Probity.Tests.Support;

namespace Probity.Tests.Site;

/// <summary>What the what-if page shows in a real browser when a number is turned.</summary>
public sealed class WhatIfPageTests(ServedDemo site) : IClassFixture<ServedDemo>
{
    private const string Address = "/methodology/demo.food-hygiene/1.0.0/what-if";

    // turns a number as soon as the page is there
    private const string Turned = "\nform.querySelector('input[type=number]').dispatchEvent(new Event('input'));\n";

    [Fact]
    public async Task After_an_answer_of_400_the_page_kept_the_counts_of_the_question_before()
    {
        IDocument page = await Shown((400, """{"title":"This cannot be asked","status":400,"detail":"The total must be a number."}"""));
        Assert.Equal("The total must be a number.", page.GetElementById("fault")!.TextContent);
        Assert.False(page.GetElementById("fault")!.HasAttribute("hidden"));
        Assert.True(page.GetElementById("moved")!.HasAttribute("hidden"));
        Assert.All(page.QuerySelectorAll("#moves tbody tr"), row => Assert.Equal("–", row.Children[3].TextContent));
    }

    [Fact]
    public async Task What_is_answered_is_shown_and_no_fault()
    {
        IDocument page = await Shown((200, """{"population":{"organisations":10,"moved":7,"outcomes":[{"code":"5","before":1,"after":8}],"moves":[]}}"""));
        Assert.Equal("7", page.QuerySelector("#moved strong")!.TextContent);
        Assert.True(page.GetElementById("fault")!.HasAttribute("hidden"));
        Assert.Equal(("8", "+7"), (page.QuerySelector("[data-code='5']")!.Children[3].TextContent, page.QuerySelector("[data-code='5']")!.Children[4].TextContent));
    }

    private async Task<IDocument> Shown((int Status, string Json) answer)
    {
        await using WebApplication between = Between(answer);
        await between.StartAsync(TestContext.Current.CancellationToken);
        using var profile = new TemporaryFolder();
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--virtual-time-budget=20000", $"--user-data-dir={profile.FullName}", "--dump-dom", between.Urls.First() + Address,
        ];
        try
        {
            using Process browser = Process.Start(new ProcessStartInfo("chromium", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            Task<string> errors = browser.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string dom = await browser.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await browser.WaitForExitAsync(TestContext.Current.CancellationToken);
            IDocument page = await new HtmlParser().ParseDocumentAsync(dom, TestContext.Current.CancellationToken);
            Assert.True(page.GetElementById("moves") is not null, $"{dom} {await errors}");
            return page;
        }
        catch (Win32Exception)
        {
            Assert.Skip("there is no chromium on this machine");
            throw;
        }
    }

    private WebApplication Between((int Status, string Json) said)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        WebApplication between = builder.Build();
        between.Run(async context =>
        {
            string path = context.Request.Path.Value!;
            using HttpResponseMessage answer = await site.Client.GetAsync(path, context.RequestAborted);
            byte[] body = await answer.Content.ReadAsByteArrayAsync(context.RequestAborted);
            bool isAnswer = path.EndsWith("/what-if.json", StringComparison.Ordinal);
            context.Response.StatusCode = isAnswer ? said.Status : (int)answer.StatusCode;
            context.Response.ContentType = isAnswer ? "application/json" : answer.Content.Headers.ContentType?.ToString();
            await context.Response.Body.WriteAsync(isAnswer ? Encoding.UTF8.GetBytes(said.Json) : path == "/what-if.js" ? [.. body, .. Encoding.UTF8.GetBytes(Turned)] : body, context.RequestAborted);
        });
        return between;
    }
}
