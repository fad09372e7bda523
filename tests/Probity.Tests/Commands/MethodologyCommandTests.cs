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
    public void A_folder_was_no_such_file()
    {
        foreach (string name in (string[])[SmallRegister.RegisterFolder, Path.Combine(SmallRegister.RegisterFolder, "methodology"), "uk-food-hygiene"])
        {
            (int exit, string output, string error) = SmallRegister.Probity("methodology", "check", name);
            Assert.Equal((0, ""), (exit, error));
            Assert.StartsWith("gb.food-hygiene 1.0.0: nothing wrong", output, StringComparison.Ordinal);
        }

        JsonNode empty = JsonNode.Parse(SmallRegister.Probity("methodology", "check", Path.Combine(SmallRegister.RegisterFolder, "sources", ".."), _folder.FullName, "--json").Output)!;
        Assert.Equal("file.folder", (string)Assert.Single(empty["problems"]!.AsArray())!["code"]!);
        Assert.Contains("name the file", string.Join(' ', SmallRegister.Probity("methodology", "test", _folder.FullName).Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
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

    [Fact]
    public void Two_versions_are_compared_and_those_who_move_are_counted()
    {
        using var register = new SmallRegister();
        register.Run(SmallRegister.Three);
        string second = _folder.Write("two.yaml", File.ReadAllText(Sound).Replace("total: \"<= 15\", worst: \"<= 5\"}", "total: \"<= 5\", worst: \"<= 5\"}", StringComparison.Ordinal)
            .Replace("expect: {outcome: \"5\", total: 15, worst: 5}", "expect: {outcome: \"4\", total: 15, worst: 5}", StringComparison.Ordinal));
        JsonNode answer = JsonNode.Parse(SmallRegister.Probity("methodology", "diff", Sound, second, "--data", register.Data, "--json").Output)!;
        JsonNode change = Assert.Single(answer["changes"]!.AsArray())!;
        Assert.Equal(("band", "outcome band rows 1 when total", "<= 15", "<= 5"), ((string)change["kind"]!, (string)change["place"]!, (string)change["before"]!, (string)change["after"]!));
        Assert.Equal((3, 1), ((int)answer["population"]!["organisations"]!, (int)answer["population"]!["moved"]!));
        string told = SmallRegister.Probity("methodology", "diff", Sound, second, "--data", register.Data).Output;
        Assert.Contains("outcome band rows 1 when total: <= 15 -> <= 5\n", told, StringComparison.Ordinal);
        Assert.Contains("5 -> 4: 1\n", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_turned_number_says_whom_it_would_move_and_a_wrong_one_what_can_be_turned()
    {
        using var register = new SmallRegister();
        register.Run(SmallRegister.Three);
        JsonNode answer = JsonNode.Parse(SmallRegister.Probity("methodology", "whatif", Sound, "--set", "band.1.total=5", "--data", register.Data, "--json").Output)!;
        Assert.Equal((3, 1), ((int)answer["population"]!["organisations"]!, (int)answer["population"]!["moved"]!));
        Assert.Contains("band.1.total", SmallRegister.Probity("methodology", "whatif", Sound).Output, StringComparison.Ordinal);
        foreach ((string set, string said) in ((string, string)[])[("band.1.totl=5", "did you mean 'band.1.total'?"), ("band.1.total", "not NAME=VALUE"), ("band.1.total=5.5", "takes whole numbers")])
        {
            (int exit, _, string error) = SmallRegister.Probity("methodology", "whatif", Sound, "--set", set, "--data", register.Data);
            Assert.Equal(2, exit);
            Assert.Contains(said, string.Join(' ', error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        }

        Assert.Equal(2, SmallRegister.Probity("methodology", "whatif", Sound, "--set", "band.1.total=5").Exit);
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
