using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Probity.Register;
using Probity.Site;
using Probity.Tests.Pipeline;

namespace Probity.Tests.Site;

/// <summary>Names that would do harm if a page took them for more than words.</summary>
public sealed class HostileWordsTests : IDisposable
{
    private const string Name = "<script>alert(1)</script> \"><img src=x onerror=alert(2)> {{7*7}} ${x} & Sons";
    private readonly SmallRegister _register = new();

    public void Dispose() => _register.Dispose();

    [Fact]
    public async Task Words_stay_words_on_every_page()
    {
        string quoted = $"\"{Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        _register.Run(SmallRegister.Header
            + $"1,L1,{quoted},{quoted},{quoted},{quoted},{quoted},{quoted},5,k,2024-03-01T00:00:00,\"0\",0,0,FHRS,False\n");
        using RegisterReader reader = RegisterReader.Open(_register.Data);
        await using WebApplication site = SiteApplication.Create(new SiteOptions(reader, 0, false, TimeProvider.System));
        await site.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(site.Urls.First()) };
        OrganisationSummary one = Assert.Single(reader.Organisations(reader.Current));
        Assert.Equal(Name, one.Particulars.Name);
        string word = Uri.EscapeDataString(Name);
        string[] addresses = ["/", "/authorities", "/ledger", "/ledger/4", $"/organisation/{one.Id}", $"/authority/{word}", $"/search?q={word}", $"/search?authority={word}&type={word}&outcome={word}", $"/{word}", $"/?asOf={word}"];
        foreach (string address in addresses)
        {
            HttpResponseMessage answer = await client.GetAsync(address, TestContext.Current.CancellationToken);
            Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.BadRequest]);
            IDocument page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
            Assert.Empty(page.QuerySelectorAll("script:not([type='module'][src^='/']),img,[onerror]"));
            Assert.Equal("main", page.QuerySelector("#main")!.LocalName);
        }

        HttpResponseMessage shown = await client.GetAsync($"/organisation/{one.Id}", TestContext.Current.CancellationToken);
        IDocument organisation = await new HtmlParser().ParseDocumentAsync(await shown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        Assert.Equal(Name, organisation.QuerySelector("h1")!.TextContent.Trim());
    }
}
