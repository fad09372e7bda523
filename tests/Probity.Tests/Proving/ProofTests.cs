using System.Text;
using System.Text.Json.Nodes;
using Probity.Tests.Pipeline;
using Probity.Tests.Support;

namespace Probity.Tests.Proving;

/// <summary>Official schemes reproduced from official data: files, mappings and rules only, no code of a scheme's own.</summary>
public sealed class ProofTests
{
    [Theory]
    [InlineData("asem-connectivity")]
    [InlineData("au-aged-care")]
    [InlineData("courts-cepej")]
    [InlineData("uk-food-hygiene")]
    [InlineData("us-hospital-acquired-conditions")]
    [InlineData("us-hospital-stars")]
    [InlineData("us-hospital-value")]
    [InlineData("us-medicare-advantage")]
    public void Every_published_value_is_what_the_rules_give_or_has_a_known_reason(string register)
    {
        (int exit, string output, _) = SmallRegister.Probity("methodology", "prove", Register(register), "--data", SharedData.Path(""), "--json");
        var lines = new StringBuilder();
        foreach (JsonNode? proof in JsonNode.Parse(output)!["proofs"]!.AsArray())
        {
            Assert.Empty(proof!["absent"]!.AsArray());
            Assert.Empty(proof["rejections"]!.AsArray());
            foreach (JsonNode? values in proof["values"]!.AsArray())
            {
                lines.Append($"{proof["proof"]}, {values!["title"]}: {values["published"]} published, {values["equal"]} equal, {values["different"]} different, {values["unexplained"]} of them without a reason\n");
            }
        }

        Snapshot.Match(lines.ToString(), register);
        Assert.Equal(0, exit);
    }

    [Fact]
    public void Rounding_halves_to_even_gives_other_points_of_value_based_purchasing() =>
        Assert.Equal(55, Other("us-hospital-value", ("'half_up'", "'half_even'"), "points"));

    [Fact]
    public void Comparing_means_and_variances_unrounded_gives_other_ratings_of_Medicare_Advantage() =>
        Assert.Equal(4, Other("us-medicare-advantage", (", round: {places: 6, mode: half_up}", ""), "rating"));

    /// <summary>How many more published values differ under other rules than under those of the register; the tests in the files are left out, since they too would fail.</summary>
    private static int Other(string register, (string Was, string Is) change, params string[] titles) =>
        Different(register, change, titles) - Different(register, (change.Was, change.Was), titles);

    private static int Different(string register, (string Was, string Is) change, string[] titles)
    {
        string data = SharedData.Path("");
        using var folder = new TemporaryFolder();
        foreach (string file in Directory.GetFiles(Register(register), "*.yaml", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(file);
            if (file.Contains("methodology", StringComparison.Ordinal))
            {
                Assert.Contains(change.Was, text, StringComparison.Ordinal);
                text = text.Replace(change.Was, change.Is, StringComparison.Ordinal).Replace("status: in-force", "status: draft", StringComparison.Ordinal);
                text = text[..(text.IndexOf("\ntests:", StringComparison.Ordinal) + 1)];
            }

            folder.Write(Path.GetRelativePath(Register(register), file), text);
        }

        string output = SmallRegister.Probity("methodology", "prove", folder.FullName, "--data", data, "--json").Output;
        return JsonNode.Parse(output)!["proofs"]!.AsArray().SelectMany(proof => proof!["values"]!.AsArray())
            .Where(values => titles.Any(title => ((string)values!["title"]!).Contains(title, StringComparison.Ordinal)))
            .Sum(values => (int)values!["different"]!);
    }

    private static string Register(string name) => Path.Combine(SharedData.Root, "registers", name);
}
