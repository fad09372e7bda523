using System.CommandLine;
using System.Text.Json.Nodes;
using Probity.Commands;
using Probity.Tests.Pipeline;
using Probity.Tests.Support;

namespace Probity.Tests.Commands;

/// <summary>What every command promises: help with examples, JSON, and exit codes that scripts can trust.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly SmallRegister _register = new();

    public static TheoryData<string> All { get; } = [.. Leaves(CommandTree.Create(), "").Order(StringComparer.Ordinal)];

    public void Dispose() => _register.Dispose();

    [Theory]
    [MemberData(nameof(All))]
    public void Help_has_examples_that_begin_with_the_command_and_tells_the_exit_codes(string command)
    {
        (int exit, string output, string error) = SmallRegister.Probity([.. command.Split(' '), "--help"]);
        Assert.Equal((0, ""), (exit, error));
        string[] examples = [.. output[output.IndexOf("Examples:", StringComparison.Ordinal)..].Split('\n').Skip(1).TakeWhile(line => line.Trim().Length > 0)];
        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.StartsWith($"  probity {command}", example, StringComparison.Ordinal));
        Assert.Contains("Exit codes: 0 done, 1 a finding or a failure, 2 wrong use.", output, StringComparison.Ordinal);
        Assert.Contains("--json", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void An_option_that_does_not_exist_is_wrong_use(string command)
    {
        (int exit, _, string error) = SmallRegister.Probity([.. command.Split(' '), "--no-such-option"]);
        Assert.Equal(2, exit);
        Assert.NotEmpty(error);
    }

    [Fact]
    public void Every_example_of_the_help_is_understood()
    {
        foreach (string command in All.Select(row => row.Data))
        {
            string output = SmallRegister.Probity([.. command.Split(' '), "--help"]).Output;
            IEnumerable<string> examples = output[output.IndexOf("Examples:", StringComparison.Ordinal)..].Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("probity ", StringComparison.Ordinal));
            Assert.All(examples, example => Assert.Empty(CommandTree.Create().Parse(example.Split('>')[0]["probity ".Length..]).Errors));
        }
    }

    [Fact]
    public void Answers_with_json_are_one_document_each()
    {
        _register.Run(SmallRegister.Three);
        string[][] asked =
        [
            ["explain", "fhrs:1", "--data", _register.Data],
            ["verify", _register.Data],
            ["rebuild", "--data", _register.Data],
            ["init", "mine", "--from", SmallRegister.RegisterFolder, "--in", _register.Folder],
            ["export", "ratings", "--data", _register.Data, "--out", Path.Combine(_register.Folder, "out.csv")],
        ];
        foreach (string[] command in asked)
        {
            (int exit, string output, _) = SmallRegister.Probity([.. command, "--json"]);
            Assert.Equal((0, System.Text.Json.JsonValueKind.Object), (exit, JsonNode.Parse(output)!.GetValueKind()));
        }
    }

    [Fact]
    public void A_failure_with_json_has_a_code_and_says_what_to_do()
    {
        foreach (string[] command in new string[][] { ["explain", "fhrs:1"], ["export", "ratings"], ["rebuild"], ["serve"] })
        {
            (int exit, string output, string error) = SmallRegister.Probity([.. command, "--data", _register.Data, "--json"]);
            JsonNode answer = JsonNode.Parse(output)!["error"]!;
            Assert.Equal(1, exit);
            Assert.Matches("^[a-z]+[.][a-z-]+$", (string)answer["code"]!);
            Assert.Contains("probity run", (string)answer["message"]!, StringComparison.Ordinal);
            Assert.Contains((string)answer["code"]!, error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_failure_with_several_problems_was_told_in_several_documents()
    {
        _register.Run(SmallRegister.Three);
        string bad = _register.Write("bad.policy", "log nonsense\nwitness a nonsense\nquorum b\n");
        string[][] asked =
        [
            ["ledger", "policy", "--data", _register.Data, "--witness", "a nonsense", "--witness", "b nonsense"],
            ["witness", "--logs", bad, "--data", Path.Combine(_register.Folder, "witness")],
        ];
        foreach (string[] command in asked)
        {
            (int exit, string output, string error) = SmallRegister.Probity([.. command, "--json"]);
            Assert.NotEqual(0, exit);
            Assert.True(JsonNode.Parse(output)!["problems"]!.AsArray().Count > 1, output + error);
        }
    }

    [Fact]
    public void An_explanation_names_rule_and_evidence_of_every_point()
    {
        _register.Run(SmallRegister.Three);
        Snapshot.Match(SmallRegister.Probity("explain", "fhrs:2", "--data", _register.Data).Output, "explain");
        Snapshot.Match(SmallRegister.Probity("explain", "fhrs:2", "--data", _register.Data, "--json").Output, "explain-json");
        Snapshot.Match(SmallRegister.Probity("explain", "fhrs:3", "--data", _register.Data).Output, "explain-not-rated");
    }

    [Fact]
    public void An_export_has_the_columns_of_its_format()
    {
        _register.Run(SmallRegister.Three + SmallRegister.Line(4, "\"=Comma, Quote \"\"and\"\" Sum\"", "1", "2025-01-31T00:00:00", "0,0,20"));
        Snapshot.Match(SmallRegister.Probity("export", "ratings", "--data", _register.Data).Output, "export-csv");
        Snapshot.Match(SmallRegister.Probity("export", "ratings", "--format", "jsonl", "--data", _register.Data).Output, "export-jsonl");
    }

    private static IEnumerable<string> Leaves(Command command, string path) => command.Subcommands.Count == 0
        ? [path]
        : command.Subcommands.SelectMany(one => Leaves(one, path.Length > 0 ? $"{path} {one.Name}" : one.Name));
}
