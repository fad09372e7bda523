using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Register;

namespace Probity.Tests.Pipeline;

/// <summary>Guard-rails attacked through the program itself: by files, by options, by what a source says.</summary>
public sealed class GuardRailTests : IDisposable
{
    private readonly SmallRegister _register = new();

    public void Dispose() => _register.Dispose();

    [Theory]
    [InlineData("{then: \"0\"}", "{when: {total: \"<= 60\"}, then: \"0\"}", "no row holds for")]
    [InlineData("expect: {outcome: \"5\", total: 0}", "expect: {outcome: \"4\", total: 0}", "nothing wrong is very good")]
    [InlineData("bands:", "bandz:", "did you mean 'bands'")]
    [InlineData("rates: establishment", "rates: person", "guard-rail.G01")]
    [InlineData("contexts: [food]", "contexts: [food, licence]", "guard-rail.G05")]
    public void Rules_that_do_not_cover_a_case_or_break_a_guard_rail_never_run(string right, string wrong, string said)
    {
        string folder = Changed("methodology/fhrs-1.0.0.yaml", right, wrong);
        (int exit, _, string error) = Run(folder);
        Assert.Equal(1, exit);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.Matches("fhrs-1[.]0[.]0[.]yaml.*[0-9]+.*[0-9]+", error);
        Assert.False(Directory.Exists(_register.Data));
    }

    [Theory]
    [InlineData("subject: establishment", "subject: person", "G01")]
    [InlineData("context: food", "context: licence", "G05")]
    public void A_source_that_breaks_a_guard_rail_is_never_read(string right, string wrong, string rule)
    {
        (int exit, _, string error) = Run(Changed("sources/fhrs.yaml", right, wrong));
        Assert.Equal(1, exit);
        Assert.Contains(rule, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_register.Data));
    }

    [Fact]
    public void G10_nothing_is_rated_without_evidence()
    {
        _register.Run(SmallRegister.Three);
        Assert.Equal(("AwaitingInspection", "not-rated", null), Standing("3"));
        Assert.Equal(("InsufficientData", "not-rated", null), Standing("1", "--as-of", "2024-02-29"));
        Assert.Equal(("5", "confirmed", "10"), Standing("1", "--as-of", "2024-03-01"));
    }

    [Fact]
    public void G13_every_methodology_stands_in_the_ledger_before_the_run_that_used_it()
    {
        _register.Run(SmallRegister.Three);
        using TransparencyLog log = TransparencyLog.OpenForReading(_register.Data);
        Entry[] entries = [.. log.ReadRange(0, log.Size)];
        Entry published = Assert.Single(entries, entry => entry.Statement.Type == Publication.MethodologyType);
        Entry run = Assert.Single(entries, entry => entry.Statement.Kind == StatementKind.Run);
        Assert.True(published.Index < entries.First(entry => entry.Statement.Kind == StatementKind.Identity).Index);
        Assert.Equal(published.Statement.Body.TextOf("fingerprint"), run.Statement.Body.TextOf("methodology"));
    }

    [Fact]
    public void G13_new_rules_never_act_back_in_time()
    {
        string folder = Mine();
        Run(folder, "2026-01-01");
        string first = Path.Combine(folder, "methodology", "fhrs-1.0.0.yaml");
        string second = File.ReadAllText(first).Replace("version: 1.0.0", "version: 2.0.0", StringComparison.Ordinal).Replace("label: Very good", "label: Excellent", StringComparison.Ordinal).Replace("2021-08-0", "2026-08-0", StringComparison.Ordinal);
        string file = Path.Combine(folder, "methodology", "fhrs-2.0.0.yaml");
        File.WriteAllText(file, second);
        (int exit, _, string error) = Run(folder, "2026-07-01");
        Assert.Equal(1, exit);
        Assert.Contains("guard-rail.G13", error, StringComparison.Ordinal);

        File.WriteAllText(file, second.Replace("applies: {from: 2010-11-30}", "applies: {from: 2026-06-01}", StringComparison.Ordinal));
        Assert.Equal(0, Run(folder, "2026-05-31").Exit);
        Assert.Equal("gb.food-hygiene 1.0.0", MethodologyOf());
        Assert.Equal(0, Run(folder, "2026-07-01").Exit);
        Assert.Equal("gb.food-hygiene 2.0.0", MethodologyOf());
        Assert.Equal("gb.food-hygiene 1.0.0", MethodologyOf("--as-of", "2026-05-31"));
        Assert.Equal(0, SmallRegister.Probity("verify", _register.Data).Exit);
    }

    [Fact]
    public void G31_a_finding_ends_by_itself()
    {
        _register.Run(SmallRegister.Three);
        Assert.Equal(("2", "confirmed", "35"), Standing("2", "--as-of", "2054-03-31"));
        Assert.Equal(("Expired", "not-rated", null), Standing("2", "--as-of", "2054-04-02"));
    }

    [Fact]
    public void G12_recomputing_gives_identical_bytes_on_another_day_and_in_another_folder()
    {
        _register.Run(SmallRegister.Three);
        using var other = new SmallRegister();
        other.Run(SmallRegister.Three);
        string first = SmallRegister.Probity("explain", "fhrs:2", "--data", _register.Data, "--json").Output;
        Assert.Equal(first, SmallRegister.Probity("explain", "fhrs:2", "--data", other.Data, "--json").Output);
        Assert.Contains("\"points\": \"35\"", first, StringComparison.Ordinal);
    }

    private string Mine()
    {
        Assert.Equal(0, SmallRegister.Probity("init", "mine", "--from", SmallRegister.RegisterFolder, "--in", _register.Folder).Exit);
        return Path.Combine(_register.Folder, "mine");
    }

    private string Changed(string file, string right, string wrong)
    {
        string folder = Mine();
        string path = Path.Combine(folder, file);
        string text = File.ReadAllText(path);
        Assert.Contains(right, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(right, wrong, StringComparison.Ordinal));
        return folder;
    }

    private (int Exit, string Output, string Error) Run(string folder, string asOf = "2026-01-01") =>
        SmallRegister.Probity("run", folder, "--source", "fhrs=" + _register.Write("extract.csv", SmallRegister.Three), "--data", _register.Data, "--as-of", asOf);

    private string MethodologyOf(params string[] more) => (string)Row("1", more)["methodology"]!;

    private (string Outcome, string Status, string? Score) Standing(string record, params string[] more)
    {
        JsonNode row = Row(record, more);
        return ((string)row["outcome"]!, (string)row["status"]!, row["score"]?.ToJsonString());
    }

    private JsonNode Row(string record, string[] more) => SmallRegister.Probity(["export", "ratings", "--format", "jsonl", "--data", _register.Data, .. more]).Output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).Single(row => (string)row["source_id"]! == record);
}
