using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Register;
using Probity.Site;

namespace Probity.Tests.Pipeline;

/// <summary>A text that a source gives, a page shows, and an office takes down.</summary>
public sealed class RedactionCommandTests : IDisposable
{
    private const string Secret = "Ermintrude Quill, the owner's sister, refused entry";
    private const string Structural = "      structural:";
    private static readonly string[] Grounds = ["--basis", "GDPR Art. 17(1)(d)", "--by", "records officer", "--approved-by", "data protection officer"];
    private readonly SmallRegister _register = new();

    public void Dispose() => _register.Dispose();

    [Fact]
    public async Task What_is_taken_down_is_gone_everywhere_and_no_rating_changes()
    {
        string register = RegisterWith(Structural, "      remark: {from: Remark, redactable: true}\n" + Structural);
        JsonNode first = Run(register);
        (long index, _) = Committed().Single();
        string ratings = SmallRegister.Probity("export", "ratings", "--data", _register.Data).Output;
        Assert.Equal(["openings.db"], FilesWith("Ermintrude"));
        Assert.Contains("redactable fields: 1 open", SmallRegister.Probity("verify", _register.Data).Output, StringComparison.Ordinal);
        await Serve(async site =>
        {
            Assert.Contains("Ermintrude", await site.GetStringAsync($"/ledger/{index}", TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Contains("Ermintrude", await site.GetStringAsync($"/openings/{index / 256:000}", TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Contains("Nothing was taken down", await site.GetStringAsync("/redactions", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        });

        (int exit, string output, string error) = SmallRegister.Probity(["ledger", "redact", $"{index}", "--field", "remark", "--data", _register.Data, "--json", .. Grounds]);
        Assert.True(exit == 0, error);
        long redaction = (long)JsonNode.Parse(output)!["redaction"]!;
        Assert.Empty(FilesWith("Ermintrude"));

        JsonNode again = Run(register);
        Assert.Equal(0, (long)again["appended"]!);
        Assert.Equal(first["outcomes"]!.ToJsonString(), again["outcomes"]!.ToJsonString());
        Assert.Equal(WithoutSize(ratings), WithoutSize(SmallRegister.Probity("export", "ratings", "--data", _register.Data).Output));
        Assert.Empty(FilesWith("Ermintrude"));
        Assert.Contains("0 open, each as its entry commits to it; 1 redacted", SmallRegister.Probity("verify", _register.Data).Output, StringComparison.Ordinal);
        await Serve(async site =>
        {
            foreach (string page in (string[])[$"/ledger/{index}", "/redactions", "/redactions.json", $"/ledger/{redaction}"])
            {
                string text = await site.GetStringAsync(page, TestContext.Current.CancellationToken);
                Assert.DoesNotContain("Ermintrude", text, StringComparison.Ordinal);
                Assert.Contains(page == $"/ledger/{index}" ? "Taken down" : "data protection officer", text, StringComparison.Ordinal);
            }

            Assert.Equal(HttpStatusCode.NotFound, (await site.GetAsync($"/openings/{index / 256:000}", TestContext.Current.CancellationToken)).StatusCode);
        });
    }

    [Fact]
    public void An_export_writes_openings_and_one_after_a_redaction_removes_them()
    {
        Run(RegisterWith(Structural, "      remark: {from: Remark, redactable: true}\n" + Structural));
        (long index, _) = Committed().Single();
        string mirror = Path.Combine(_register.Folder, "mirror");
        Assert.Equal(0, SmallRegister.Probity("ledger", "export", mirror, "--data", _register.Data).Exit);
        Assert.Contains("Ermintrude", File.ReadAllText(Path.Combine(mirror, "openings", $"{index / 256:000}")), StringComparison.Ordinal);
        Assert.Equal(0, SmallRegister.Probity(["ledger", "redact", $"{index}", "--field", "remark", "--data", _register.Data, .. Grounds]).Exit);
        Assert.Equal(0, SmallRegister.Probity("ledger", "export", mirror, "--data", _register.Data).Exit);
        Assert.Empty(Directory.GetFiles(Path.Combine(mirror, "openings"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void G18_one_role_cannot_redact_alone()
    {
        Run(RegisterWith(Structural, "      remark: {from: Remark, redactable: true}\n" + Structural));
        (long index, _) = Committed().Single();
        (int exit, string output, _) = SmallRegister.Probity("ledger", "redact", $"{index}", "--field", "remark", "--basis", "law", "--by", "records officer", "--approved-by", "Records Officer ", "--data", _register.Data, "--json");
        Assert.Equal((1, "guard-rail.G18"), (exit, (string)JsonNode.Parse(output)!["error"]!["code"]!));
        Assert.Equal(["openings.db"], FilesWith("Ermintrude"));
    }

    [Theory]
    [InlineData("9999", "remark", "entry.unknown")]
    [InlineData("0", "remark", "ledger.not-redactable")]
    public void What_cannot_be_redacted_is_refused_by_name(string index, string field, string code)
    {
        Run(RegisterWith(Structural, "      remark: {from: Remark, redactable: true}\n" + Structural));
        (int exit, string output, _) = SmallRegister.Probity(["ledger", "redact", index, "--field", field, "--data", _register.Data, "--json", .. Grounds]);
        Assert.Equal((1, code), (exit, (string)JsonNode.Parse(output)!["error"]!["code"]!));
    }

    [Theory]
    [InlineData("hygiene: {from: [scores/Hygiene, Scores/Hygiene, Hygiene], type: whole, required: true, one_of: [0, 5, 10, 15, 20, 25]}", "hygiene: {from: Hygiene, type: decimal, redactable: true}", "redaction.rated")]
    [InlineData("name: {from: BusinessName, required: true}", "name: {from: BusinessName, required: true, redactable: true}", "field.redactable")]
    [InlineData("new_rating_pending: {from: NewRatingPending, type: flag}", "new_rating_pending: {from: NewRatingPending, type: flag, redactable: true}", "field.redactable")]
    public void A_register_that_could_not_keep_its_word_is_refused(string rule, string instead, string code)
    {
        string register = RegisterWith(rule, instead);
        (int exit, string output, _) = SmallRegister.Probity("run", register, "--source", "fhrs=" + Extract(), "--data", _register.Data, "--json");
        Assert.Equal(1, exit);
        Assert.Contains($"[{code}]", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rejection_does_not_quote_a_text_that_must_be_erasable()
    {
        JsonNode summary = Run(RegisterWith(Structural, "      remark: {from: Remark, redactable: true, one_of: [fine]}\n" + Structural));
        Assert.Equal(1, (long)summary["rejected_records"]!);
        Assert.Empty(FilesWith("Ermintrude"));
    }

    private JsonNode Run(string register)
    {
        (_, string output, string error) = SmallRegister.Probity("run", register, "--source", "fhrs=" + Extract(), "--data", _register.Data, "--as-of", "2026-01-01", "--json");
        Assert.DoesNotContain("Ermintrude", output + error, StringComparison.Ordinal);
        return JsonNode.Parse(output)!;
    }

    private string Extract()
    {
        string[] lines = SmallRegister.Three.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return _register.Write("extract.csv", $"{lines[0]},Remark\n{lines[1]},\n{lines[2]},\"{Secret}\"\n{lines[3]},\n");
    }

    /// <summary>The food hygiene register with one piece of its source's file replaced.</summary>
    private string RegisterWith(string piece, string instead)
    {
        foreach (string file in Directory.GetFiles(SmallRegister.RegisterFolder, "*.yaml", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(file);
            string changed = file.EndsWith("fhrs.yaml", StringComparison.Ordinal) ? text.Replace(piece, instead, StringComparison.Ordinal) : text;
            Assert.True(changed != text || !file.EndsWith("fhrs.yaml", StringComparison.Ordinal));
            _register.Write(Path.Combine("register", Path.GetRelativePath(SmallRegister.RegisterFolder, file)), changed);
        }

        return Path.Combine(_register.Folder, "register");
    }

    private List<(long Index, Statement Statement)> Committed()
    {
        using TransparencyLog log = TransparencyLog.OpenForReading(_register.Data);
        return [.. log.ReadRange(0, log.Size).Where(entry => entry.Statement.Commitments.Count > 0).Select(entry => (entry.Index, entry.Statement))];
    }

    /// <summary>The files of the data folder that hold a text, in UTF-8 or UTF-16.</summary>
    private string[] FilesWith(string text) => [.. Directory.GetFiles(_register.Data, "*", SearchOption.AllDirectories)
        .Where(file => File.ReadAllBytes(file) is { } bytes && (bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0 || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(text)) >= 0))
        .Select(file => Path.GetRelativePath(_register.Data, file)).Order(StringComparer.Ordinal)];

    private async Task Serve(Func<HttpClient, Task> ask)
    {
        using RegisterReader reader = RegisterReader.Open(_register.Data);
        await using WebApplication site = SiteApplication.Create(new SiteOptions(reader, 0, false, TimeProvider.System));
        await site.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(site.Urls.First()) };
        await ask(client);
    }

    /// <summary>Rows without the ledger size: a redaction is one entry more.</summary>
    private static string[] WithoutSize(string export) => [.. export.Split('\n').Select(row => row[..Math.Max(0, row.LastIndexOf(','))])];
}
