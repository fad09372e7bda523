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
            foreach (string page in (string[])[$"/ledger/{index}", $"/ledger/{index}.json", "/organisation/by/fhrs/2"])
            {
                Assert.Equal("a page that shows an erasable text could be kept: no-store", "a page that shows an erasable text could be kept: " + await CachingOf(site, page));
            }

            Assert.Equal("public, max-age=60", await CachingOf(site, $"/ledger/{index + 1}"));
            Assert.Equal(HttpStatusCode.NotFound, (await site.GetAsync("/ledger/01.tlog-proof", TestContext.Current.CancellationToken)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await site.GetAsync("/ledger/01", TestContext.Current.CancellationToken)).StatusCode);
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

    [Fact]
    public void G18_a_role_that_the_register_does_not_entitle_could_redact()
    {
        string register = RegisterWith(Structural, "      remark: {from: Remark, redactable: true}\n" + Structural);
        File.AppendAllText(Path.Combine(register, "register.yaml"), "\nredaction_roles: [records officer, legal counsel]\n");
        Run(register);
        (long index, _) = Committed().Single();
        string[] of = ["ledger", "redact", $"{index}", "--field", "remark", "--data", _register.Data, "--json"];
        (int exit, string output, _) = SmallRegister.Probity([.. of, .. Grounds]);
        Assert.Equal((1, "role.unknown"), (exit, (string)JsonNode.Parse(output)!["error"]!["code"]!));
        Assert.Equal(["openings.db"], FilesWith("Ermintrude"));
        Assert.Equal(0, SmallRegister.Probity([.. of, "--basis", "law", "--by", "Records Officer", "--approved-by", "legal counsel"]).Exit);
        Assert.Empty(FilesWith("Ermintrude"));
    }

    [Fact]
    public async Task A_restored_backup_of_the_openings_was_served_and_its_redaction_forgotten()
    {
        Run(RegisterWith(Structural, "      remark: {from: Remark, redactable: true}\n" + Structural));
        (long index, _) = Committed().Single();
        string openings = Path.Combine(_register.Data, "openings.db");
        byte[] backup = await File.ReadAllBytesAsync(openings, TestContext.Current.CancellationToken);
        Assert.Equal(0, SmallRegister.Probity(["ledger", "redact", $"{index}", "--field", "remark", "--data", _register.Data, .. Grounds]).Exit);
        await File.WriteAllBytesAsync(openings, backup, TestContext.Current.CancellationToken);
        await Serve(async site =>
        {
            foreach (string page in (string[])[$"/ledger/{index}", $"/ledger/{index}.json", "/organisation/by/fhrs/2", "/redactions", "/redactions.json"])
            {
                string text = await site.GetStringAsync(page, TestContext.Current.CancellationToken);
                Assert.DoesNotContain("Ermintrude", text, StringComparison.Ordinal);
            }

            Assert.Contains("data protection officer", await site.GetStringAsync("/redactions", TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await site.GetAsync($"/openings/{index / 256:000}", TestContext.Current.CancellationToken)).StatusCode);
        });
        (int exit, string output, _) = SmallRegister.Probity("verify", _register.Data);
        Assert.Equal(1, exit);
        Assert.Contains($"entry {index}: 'remark' still has an opening although entry", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve", "--port", "0")]
    [InlineData("ledger", "export", "MIRROR")]
    [InlineData("ledger", "prove", "0")]
    [InlineData("ledger", "cosign")]
    public void A_restored_backup_of_the_ledger_was_published(params string[] command)
    {
        Run(RegisterWith(Structural, "      remark: {from: Remark, redactable: true}\n" + Structural));
        (long index, _) = Committed().Single();
        string ledger = Path.Combine(_register.Data, "ledger.db");
        byte[] backup = File.ReadAllBytes(ledger);
        Assert.Equal(0, SmallRegister.Probity(["ledger", "redact", $"{index}", "--field", "remark", "--data", _register.Data, .. Grounds]).Exit);
        File.Delete(ledger + "-wal");
        File.WriteAllBytes(ledger, backup);
        string mirror = Path.Combine(_register.Folder, "mirror");
        (int exit, string output, _) = SmallRegister.Probity([.. command.Select(word => word == "MIRROR" ? mirror : word), "--data", _register.Data, "--json"]);
        Assert.Equal((1, LedgerRefusals.OlderThanSigned), (exit, (string)JsonNode.Parse(output)!["error"]!["code"]!));
        Assert.False(Directory.Exists(mirror), "something was exported");
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

    private static async Task<string> CachingOf(HttpClient site, string page) =>
        Assert.Single((await site.GetAsync(page, TestContext.Current.CancellationToken)).Headers.GetValues("Cache-Control"));

    /// <summary>Rows without the ledger size: a redaction is one entry more.</summary>
    private static string[] WithoutSize(string export) => [.. export.Split('\n').Select(row => row[..Math.Max(0, row.LastIndexOf(','))])];
}
