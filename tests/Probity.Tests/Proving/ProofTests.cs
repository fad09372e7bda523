using System.Text;
using System.Text.Json.Nodes;
using Probity.Tests.Pipeline;
using Probity.Tests.Support;

namespace Probity.Tests.Proving;

/// <summary>Official schemes reproduced from official data: files, mappings and rules only, no code of a scheme's own.</summary>
public sealed class ProofTests
{
    [Theory]
    [InlineData("au-aged-care")]
    [InlineData("uk-food-hygiene")]
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

    private static string Register(string name) => Path.Combine(SharedData.Root, "registers", name);
}
