using System.Globalization;
using System.Text.Json.Nodes;
using Probity.Ledger;

namespace Probity.Verifier.Tests;

public sealed class VerifierCommandTests : IDisposable
{
    private readonly AuditedRegister _register = new AuditedRegister().Grow(1, 20);

    public void Dispose() => _register.Dispose();

    [Fact]
    public async Task What_was_proven_is_told_in_sentences_and_as_json()
    {
        (int exit, string output, string error) = await Run("follow", _register.Public, "--key", AuditedRegister.Key.Verifier.ToString(), "--state", _register.Memory);
        Assert.Equal(0, exit);
        Assert.Contains("proven: a checkpoint of 63 entries, signed by the log's key register.example/kitchens+", output, StringComparison.Ordinal);
        Assert.EndsWith("Everything that was asked for fits.\n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("recomputing ratings …", error, StringComparison.Ordinal);
        (exit, output, error) = await Run("follow", _register.Public, "--key", AuditedRegister.Key.Verifier.ToString(), "--state", _register.Memory, "--json");
        JsonNode answer = JsonNode.Parse(output)!;
        Assert.Equal((0, true, 63, ""), (exit, (bool)answer["verified"]!, (int)answer["ledger_size"]!, error));
        Assert.Null(answer["finding"]);
    }

    [Fact]
    public async Task A_finding_ends_with_1_and_names_its_code()
    {
        _register.Lie();
        (int exit, string output, _) = await Run("follow", _register.Public, "--key", AuditedRegister.Key.Verifier.ToString(), "--state", _register.Memory);
        Assert.Equal(1, exit);
        Assert.Contains("FINDING: ", output, StringComparison.Ordinal);
        Assert.Contains("(run.ratings)", output, StringComparison.Ordinal);
        (exit, output, _) = await Run("follow", _register.Public, "--key", AuditedRegister.Key.Verifier.ToString(), "--state", _register.Memory, "--json");
        Assert.Equal((1, "run.ratings"), (exit, (string?)JsonNode.Parse(output)!["finding"]!["code"]));
    }

    [Fact]
    public async Task A_register_out_of_reach_was_told_as_a_finding_against_it()
    {
        string[] follow = ["follow", "http://127.0.0.1:1/", "--key", AuditedRegister.Key.Verifier.ToString(), "--state", _register.Memory, "--patience", "1"];
        (int exit, string output, _) = await Run(follow);
        Assert.Equal(3, exit);
        Assert.StartsWith("NOT CHECKED: ", output, StringComparison.Ordinal);
        (exit, output, _) = await Run([.. follow, "--json"]);
        JsonNode answer = JsonNode.Parse(output)!;
        Assert.Equal((3, false), (exit, (bool)answer["verified"]!));
        Assert.Null(answer["finding"]);
        Assert.StartsWith("source.", (string?)answer["not_checked"]!["code"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u009b2J\u009b1;1HEverything that was asked for fits.")]
    [InlineData("\u202e.stif rof deksa")]
    [InlineData("\u2066x")]
    public async Task What_an_operator_wrote_reached_the_terminal_as_it_was(string name)
    {
        using SignerKey evil = SignerKey.Generate(name.Replace(' ', '_'));
        string note = SignedNote.Sign(_register.Checkpoint.ToText(), evil).ToString();
        _register.Change("checkpoint", _ => System.Text.Encoding.UTF8.GetBytes(note));
        foreach (string[] json in (string[][])[[], ["--json"]])
        {
            (int exit, string output, _) = await Run(["follow", _register.Public, "--key", AuditedRegister.Key.Verifier.ToString(), "--state", _register.Memory, .. json]);
            Assert.Equal(1, exit);
            Assert.Contains("checkpoint.unsigned", output, StringComparison.Ordinal);
            Assert.DoesNotContain(name[0], output);
        }
    }

    [Theory]
    [InlineData("trust.form", "follow", "PUBLIC")]
    [InlineData("trust.form", "follow", "PUBLIC", "--key", "no key")]
    [InlineData("trust.form", "follow", "PUBLIC", "--key", "KEY", "--policy", "FILE")]
    [InlineData("trust.form", "follow", "PUBLIC", "--policy", "no such file")]
    [InlineData("source.unknown", "follow", "no such folder", "--key", "KEY")]
    [InlineData("source.unknown", "follow", "ftp://register.example/", "--key", "KEY")]
    [InlineData("file.unknown", "rating", "no such file", "--key", "KEY")]
    [InlineData("--patience takes 1 to 3600 seconds", "follow", "PUBLIC", "--key", "KEY", "--patience", "0")]
    public async Task Wrong_use_ends_with_2_and_says_what_is_wrong(string said, params string[] arguments)
    {
        string[] real = [.. arguments.Select(one => one == "PUBLIC" ? _register.Public : one == "KEY" ? AuditedRegister.Key.Verifier.ToString() : one)];
        (int exit, _, string error) = await Run(real);
        Assert.Equal(2, exit);
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("follow", "--help")]
    [InlineData("rating", "--help")]
    public async Task Help_has_examples_and_the_exit_codes(params string[] arguments)
    {
        (int exit, string output, _) = await Run(arguments);
        Assert.Equal(0, exit);
        Assert.Contains("Examples:", output, StringComparison.Ordinal);
        Assert.Contains("Exit codes: 0 everything fits", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rating", "/dev/zero", "--key", "KEY")]
    [InlineData("follow", "PUBLIC", "--key", "/dev/zero")]
    [InlineData("follow", "PUBLIC", "--policy", "/dev/zero")]
    public async Task A_named_file_without_an_end_was_read_until_no_memory_was_left(params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "there is no /dev/zero here");
        string[] real = [.. arguments.Select(one => one switch { "KEY" => AuditedRegister.Key.Verifier.ToString(), "PUBLIC" => _register.Public, _ => one })];
        (int exit, _, string error) = await Run(real);
        Assert.Equal(2, exit);
        Assert.Contains("/dev/zero", error, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output, string Error)> Run(params string[] arguments)
    {
        var output = new StringWriter(CultureInfo.InvariantCulture);
        var error = new StringWriter(CultureInfo.InvariantCulture);
        int exit = await VerifierCommands.RunAsync(arguments, output, error);
        return (exit, output.ToString(), error.ToString());
    }
}
