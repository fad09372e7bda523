using System.Text.Json.Nodes;
using Probity.Tests.Pipeline;
using Probity.Tests.Support;

namespace Probity.Tests.Commands;

/// <summary>Rating straight from files.</summary>
public sealed class RateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_organisation_has_a_line_with_outcome_score_and_every_named_value()
    {
        string file = _folder.Write("places.csv", SmallRegister.Three);
        (int exit, string output, _) = Rate("fhrs=" + file, "--as-of", "2026-01-01");
        Assert.Equal(0, exit);
        string[] lines = File.ReadAllLines(_folder["out.csv"]);
        Assert.StartsWith("source_id,name,outcome,score,hygiene,structural,confidence,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("2,Imaginary Oven,2,35,15,10,10,", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("3,Fictional Kettle,AwaitingInspection,,", lines[3], StringComparison.Ordinal);
        Assert.Equal(3, (int)JsonNode.Parse(output)!["organisations"]!);
    }

    [Fact]
    public void It_says_the_same_as_a_run_with_a_ledger()
    {
        using var register = new SmallRegister();
        register.Run(SmallRegister.Three);
        SmallRegister.Probity("export", "ratings", "--data", register.Data, "--out", _folder["run.csv"]);
        Rate("fhrs=" + _folder.Write("places.csv", SmallRegister.Three), "--as-of", "2026-01-01");
        static IEnumerable<string> Parts(string file, int skip) => File.ReadLines(file).Skip(1).Select(line => string.Join(',', line.Split(',')[skip..(skip + 4)])).Order(StringComparer.Ordinal);
        Assert.Equal(Parts(_folder["run.csv"], 1), Parts(_folder["out.csv"], 0));
    }

    [Fact]
    public void Neither_rate_nor_export_said_how_probable_a_band_is()
    {
        string register = _folder["register"];
        foreach (string file in Directory.GetFiles(Path.Combine(SharedData.Root, "registers", "uk-food-hygiene"), "*.yaml", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(file);
            string tried = "\nrobustness: {seed: 3, draws: 100, alternatives: [{score: total, instead: [{value: hygiene + structural + confidence + 10}]}]}\n";
            _folder.Write(Path.Combine("register", Path.GetRelativePath(Path.Combine(SharedData.Root, "registers", "uk-food-hygiene"), file)), file.Contains("methodology", StringComparison.Ordinal) ? text + tried : text);
        }

        string places = _folder.Write("places.csv", SmallRegister.Three);
        Assert.Equal(0, SmallRegister.Probity("rate", register, "--source", "fhrs=" + places, "--as-of", "2026-01-01", "--out", _folder["out.csv"]).Exit);
        Assert.Equal(0, SmallRegister.Probity("run", register, "--source", "fhrs=" + places, "--as-of", "2026-01-01", "--data", _folder["data"]).Exit);
        SmallRegister.Probity("export", "ratings", "--data", _folder["data"], "--out", _folder["run.csv"]);
        static string[][] Cells(string file) => [.. File.ReadLines(file).Select(line => line.Split(','))];
        string[][] rated = Cells(_folder["out.csv"]);
        Assert.Equal("band_probability", rated[0][4]);

        // 35 points and 15 at worst is a 2; with 10 points more in about half of the draws it is a 1
        Assert.Equal(("2", "2"), (rated[2][0], rated[2][2]));
        Assert.InRange(decimal.Parse(rated[2][4], System.Globalization.CultureInfo.InvariantCulture), 0.3m, 0.7m);
        Assert.Equal("", rated[3][4]);
        string[][] run = Cells(_folder["run.csv"]);
        Assert.Equal("band_probability", run[0][5]);
        Assert.Equal(rated.Skip(1).Select(line => (line[0], line[4])).Order(), run.Skip(1).Select(line => (line[1], line[5])).Order());
    }

    [Fact]
    public void Without_a_day_the_latest_of_the_file_counts()
    {
        (_, string output, _) = Rate("fhrs=" + _folder.Write("places.csv", SmallRegister.Three));
        Assert.Equal("2024-04-01", (string)JsonNode.Parse(output)!["valid_at"]!);
    }

    [Fact]
    public void A_missing_column_is_told_with_what_was_found_and_what_is_near()
    {
        (int exit, string output, _) = Rate("fhrs=" + _folder.Write("places.csv", SmallRegister.Three.Replace("BusinessName", "BusinesName", StringComparison.Ordinal)));
        Assert.Equal(1, exit);
        string sample = (string)JsonNode.Parse(output)!["samples"]![0]!;
        Assert.Contains("column missing: BusinessName", sample, StringComparison.Ordinal);
        Assert.Contains("Is it 'BusinesName'?", sample, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_with_a_word_for_a_number_is_counted_and_the_others_are_rated()
    {
        string file = _folder.Write("places.csv", SmallRegister.Three.Replace("15,10,10", "many,10,10", StringComparison.Ordinal));
        (int exit, string output, _) = Rate("fhrs=" + file, "--rejections", _folder["rejections.jsonl"]);
        JsonNode summary = JsonNode.Parse(output)!;
        Assert.Equal((0, 1, 2), (exit, (int)summary["rejected_records"]!, (int)summary["organisations"]!));
        Assert.Equal(1, (int)summary["rejections"]!["value.outside-set"]!);
        Assert.Single(File.ReadAllLines(_folder["rejections.jsonl"]));
    }

    [Fact]
    public void A_file_that_is_absent_is_a_finding()
    {
        (int exit, string output, _) = Rate("fhrs=" + _folder["nothing.csv"]);
        Assert.Equal(1, exit);
        Assert.Equal(1, (int)JsonNode.Parse(output)!["rejections"]!["file.missing"]!);
    }

    [Fact]
    public void What_cannot_be_meant_is_wrong_use()
    {
        string file = _folder.Write("places.csv", SmallRegister.Three);
        Assert.Equal(2, Rate("fsa=" + file).Exit);
        Assert.Equal(2, SmallRegister.Probity("rate", SmallRegister.RegisterFolder, "--out", _folder["out.csv"]).Exit);
        Assert.Equal(1, Rate("fhrs=" + file, "--methodology", "9").Exit);
        Assert.Equal(1, Rate("fhrs=" + file, "--as-of", "1990-01-01").Exit);
    }

    private (int Exit, string Output, string Error) Rate(string source, params string[] more) =>
        SmallRegister.Probity(["rate", SmallRegister.RegisterFolder, "--source", source, "--out", _folder["out.csv"], "--json", .. more]);
}
