using Microsoft.AspNetCore.Builder;
using Probity.Register;
using Probity.Site;
using Probity.Tests.Pipeline;

namespace Probity.Tests.Site;

/// <summary>What changed between two published versions of the rules, and whom it moves.</summary>
public sealed class ChangesPageTests : IDisposable
{
    private readonly SmallRegister _register = new();

    public void Dispose() => _register.Dispose();

    [Fact]
    public async Task A_later_version_is_shown_beside_the_earlier_with_those_who_move()
    {
        string folder = Path.Combine(_register.Folder, "register");
        foreach (string file in Directory.GetFiles(SmallRegister.RegisterFolder, "*.yaml", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(folder, Path.GetRelativePath(SmallRegister.RegisterFolder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        string rules = await File.ReadAllTextAsync(Path.Combine(folder, "methodology", "fhrs-1.0.0.yaml"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "methodology", "fhrs-1.1.0.yaml"), rules
            .Replace("version: 1.0.0", "version: 1.1.0", StringComparison.Ordinal)
            .Replace("total: \"<= 15\", worst: \"<= 5\"}", "total: \"<= 5\", worst: \"<= 5\"}", StringComparison.Ordinal)
            .Replace("expect: {outcome: \"5\", total: 15, worst: 5}", "expect: {outcome: \"4\", total: 15, worst: 5}", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal(0, SmallRegister.Probity("run", folder, "--source", "fhrs=" + _register.Write("extract.csv", SmallRegister.Three), "--data", _register.Data, "--as-of", "2026-01-01").Exit);
        using RegisterReader reader = RegisterReader.Open(_register.Data);
        await using WebApplication site = SiteApplication.Create(new SiteOptions(reader, 0, false, TimeProvider.System));
        await site.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(site.Urls.First()) };
        string page = await client.GetStringAsync(new Uri("/methodology/gb.food-hygiene/1.1.0", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("/methodology/gb.food-hygiene/1.1.0/changes?from=1.0.0", page, StringComparison.Ordinal);
        string changes = await client.GetStringAsync(new Uri("/methodology/gb.food-hygiene/1.1.0/changes?from=1.0.0", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("<th scope=\"row\">outcome band rows 1 when total</th><td>&lt;= 15</td><td>&lt;= 5</td>", changes, StringComparison.Ordinal);
        Assert.Contains("<strong>1</strong> of 3 organisations have another outcome.", changes, StringComparison.Ordinal);
    }
}
