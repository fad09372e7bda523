using System.Text.Json.Nodes;
using Probity.Tests.Pipeline;
using Probity.Tests.Support;

namespace Probity.Tests.Proving;

/// <summary>What a proof says of small files: equal, different with a reason, different without, absent.</summary>
public sealed class ProveCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ProveCommandTests()
    {
        foreach (string file in Directory.GetFiles(SmallRegister.RegisterFolder, "*.yaml", SearchOption.AllDirectories))
        {
            _folder.Write(Path.GetRelativePath(SmallRegister.RegisterFolder, file), File.ReadAllText(file));
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_published_rating_that_the_rules_do_not_give_is_shown_with_both()
    {
        Declare("");
        _folder.Write("places.csv", SmallRegister.Three.Replace("Takeaway/sandwich shop,2 Invented Street,ZZ2 2AB,900,Town 0,2,", "Takeaway/sandwich shop,2 Invented Street,ZZ2 2AB,900,Town 0,4,", StringComparison.Ordinal));
        (int exit, string output, _) = Prove();
        Assert.Equal(1, exit);
        Assert.Contains("small, ratings: 2: outcome is published as 4, computed as 2", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_difference_with_a_known_reason_is_no_finding()
    {
        Declare("    known: [{records: ['2'], reason: The authority published another., count: 1}]\n");
        _folder.Write("places.csv", SmallRegister.Three.Replace("Town 0,2,", "Town 0,4,", StringComparison.Ordinal));
        (int exit, string output, _) = Prove("--json");
        Assert.Equal(0, exit);
        JsonNode values = JsonNode.Parse(output)!["proofs"]![0]!["values"]![0]!;
        Assert.Equal((3, 2, 1, 0), ((int)values["published"]!, (int)values["equal"]!, (int)values["different"]!, (int)values["unexplained"]!));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_known_reason_explained_any_number_of_differences(int count)
    {
        Declare($"    known: [{{reason: The authority published another., count: {count}}}]\n");
        _folder.Write("places.csv", SmallRegister.Three.Replace("Town 0,2,", "Town 0,4,", StringComparison.Ordinal));
        (int exit, string output, _) = Prove();
        Assert.Equal(1, exit);
        Assert.DoesNotContain("1 different: The authority", output, StringComparison.Ordinal);
        JsonNode values = JsonNode.Parse(Prove("--json").Output)!["proofs"]![0]!["values"]![0]!;
        Assert.Equal((1, 1), ((int)values["different"]!, (int)values["unexplained"]!));
        Assert.Contains($"small: not proven, 1 differences have a reason that {count} have by proof.yaml", string.Join(' ', output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_difference_that_nobody_could_explain_is_counted_as_unexplained_and_is_no_finding()
    {
        Declare("    known: [{records: ['2'], reason: Nobody knows., open: true, count: 1}]\n");
        _folder.Write("places.csv", SmallRegister.Three.Replace("Town 0,2,", "Town 0,4,", StringComparison.Ordinal));
        (int exit, string output, _) = Prove();
        Assert.Equal(0, exit);
        Assert.Contains("small, ratings: 1 different, not explained: Nobody knows.", output, StringComparison.Ordinal);
        JsonNode values = JsonNode.Parse(Prove("--json").Output)!["proofs"]![0]!["values"]![0]!;
        Assert.Equal((1, 1), ((int)values["different"]!, (int)values["unexplained"]!));
    }

    [Fact]
    public void Absent_data_prove_nothing()
    {
        Declare("");
        (int exit, string output, _) = Prove();
        Assert.Equal(1, exit);
        Assert.Contains("small: not proven, places.csv is absent", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_in_the_declaration_is_told_with_its_line()
    {
        Declare("    knows: []\n");
        (int exit, _, string error) = Prove();
        Assert.Equal(1, exit);
        Assert.Contains("did you mean 'known'?", string.Join(' ', error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private (int Exit, string Output, string Error) Prove(params string[] more) =>
        SmallRegister.Probity(["methodology", "prove", _folder.FullName, "--data", _folder.FullName, .. more]);

    private void Declare(string more) => _folder.Write("proof.yaml", $$$"""
        probity: 1
        proofs:
          - name: small
            methodology: 1.0.0
            as_of: 2026-01-01
            sources: {fhrs: [places.csv]}
            published:
              - {title: ratings, files: [places.csv], id: FHRSID, values: {outcome: RatingValue}}
        {{{more}}}
        """);
}
