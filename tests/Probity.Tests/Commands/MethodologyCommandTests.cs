using System.Text.Json.Nodes;
using Probity.Tests.Pipeline;
using Probity.Tests.Support;

namespace Probity.Tests.Commands;

public sealed class MethodologyCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static string Sound { get; } = Path.Combine(SmallRegister.RegisterFolder, "methodology", "fhrs-1.0.0.yaml");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_sound_file_is_told_with_its_fingerprint()
    {
        (int exit, string output, string error) = SmallRegister.Probity("methodology", "check", Sound);
        Assert.Equal((0, ""), (exit, error));
        Assert.Matches("^gb[.]food-hygiene 1[.]0[.]0: nothing wrong; [0-9]+ expectations of its tests hold; fingerprint [0-9a-f]{64}\n$", output);
    }

    [Fact]
    public void Every_problem_of_every_file_is_told_with_its_place()
    {
        string first = Changed("one.yaml", ("bands:", "bandz:"), ("rates: establishment", "rates: person"));
        string second = Changed("two.yaml", ("expect: {outcome: \"5\", total: 0}", "expect: {outcome: \"4\", total: 0}"));
        (int exit, string output, string error) = SmallRegister.Probity("methodology", "check", first, second, _folder["three.yaml"], "--json");
        JsonArray problems = JsonNode.Parse(output)!["problems"]!.AsArray();
        Assert.Equal((1, ""), (exit, error));
        Assert.Contains(problems, one => (string)one!["code"]! == "key.unknown" && (string)one["file"]! == first && (int)one["line"]! > 0 && (int)one["column"]! > 0);
        Assert.Contains(problems, one => (string)one!["code"]! == "guard-rail.G01" && (string)one["file"]! == first);
        Assert.Contains(problems, one => (string)one!["code"]! == "test.failed" && (string)one["file"]! == second && (string)one["message"]! == "test 'nothing wrong is very good' expects outcome 4, but the rules give outcome 5");
        Assert.Contains(problems, one => (string)one!["code"]! == "file.missing" && (string)one["file"]! == _folder["three.yaml"]);
    }

    [Fact]
    public void Tests_are_named_with_what_they_expect_and_a_failed_one_with_what_came_and_why()
    {
        (int exit, string output, _) = SmallRegister.Probity("methodology", "test", Sound);
        Assert.Equal(0, exit);
        Assert.Contains("holds  nothing wrong is very good: outcome 5, total 0\n", output, StringComparison.Ordinal);
        (exit, _, string error) = SmallRegister.Probity("methodology", "test", Changed("one.yaml", ("expect: {outcome: \"5\", total: 0}", "expect: {outcome: \"4\", total: 0}")));
        Assert.Equal(1, exit);
        Assert.Contains("expects outcome 4, but the rules give outcome 5", string.Join(' ', error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_is_whole_and_its_record_stands_in_the_JSON()
    {
        Snapshot.Match(SmallRegister.Probity("methodology", "document", Sound).Output, "methodology-document");
        JsonNode json = JsonNode.Parse(SmallRegister.Probity("methodology", "document", Sound, "--json").Output)!;
        Assert.Equal(Rating.TransparencyRecord.RequiredKeys, json["transparency_record"]!.AsObject().Select(one => one.Key).Intersect(Rating.TransparencyRecord.RequiredKeys));
        Assert.Equal(0, SmallRegister.Probity("methodology", "document", Sound, "--out", _folder["rules.md"]).Exit);
        Assert.StartsWith("# Food hygiene ratings from inspection scores", File.ReadAllText(_folder["rules.md"]), StringComparison.Ordinal);
    }

    private string Changed(string name, params (string Right, string Wrong)[] changes)
    {
        string text = File.ReadAllText(Sound);
        foreach ((string right, string wrong) in changes)
        {
            Assert.Contains(right, text, StringComparison.Ordinal);
            text = text.Replace(right, wrong, StringComparison.Ordinal);
        }

        return _folder.Write(name, text);
    }
}
