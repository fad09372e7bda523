using Probity.Evidence;

namespace Probity.Register.Tests;

/// <summary>Procedures as formats/procedure.md describes them; the fingerprint is held byte for byte.</summary>
public sealed class ProcedureGolden
{
    private const string Text = """
        probity: 1
        id: contesting
        version: 1.0.0
        title: Contesting a rating
        applies_from: 2025-01-01
        steps:
          - {title: An appeal, actor: the trader, within: 21 days, law: s. 13}

        """;

    [Fact]
    public void The_fingerprint_is_of_the_meaning_and_not_of_the_text()
    {
        var problems = new List<Problem>();
        Procedure procedure = Procedure.Read("p.yaml", Text, problems)!;
        Assert.Empty(problems);
        string meaning = """{"applies_from":"2025-01-01","id":"contesting","probity":1,"steps":[{"actor":"the trader","law":"s. 13","title":"An appeal","within":"21 days"}],"title":"Contesting a rating","version":"1.0.0"}""";
        Assert.Equal(Digest.Of(System.Text.Encoding.UTF8.GetBytes(meaning)), procedure.Fingerprint);
        Assert.Equal(procedure.Fingerprint, Procedure.Read("p.yaml", "# said otherwise\n" + Text.Replace("version: 1.0.0", "version: '1.0.0'", StringComparison.Ordinal), problems)!.Fingerprint);
    }

    [Theory]
    [InlineData("title: Contesting a rating", "", "title")]
    [InlineData("within: 21 days, ", "", "within")]
    [InlineData("2025-01-01", "soon", "applies_from")]
    [InlineData("probity: 1", "probity: 2", "probity")]
    [InlineData("id: contesting", "id: Contesting!", "id")]
    [InlineData("steps:\n  - {title: An appeal, actor: the trader, within: 21 days, law: s. 13}", "steps: []", "at least one step")]
    [InlineData("law: s. 13", "law: s. 13, lwa: s. 14", "lwa")]
    public void What_is_missing_or_unknown_is_named_with_its_place(string what, string instead, string named)
    {
        var problems = new List<Problem>();
        Assert.Null(Procedure.Read("p.yaml", Text.Replace(what, instead, StringComparison.Ordinal), problems));
        Assert.Contains(problems, problem => problem.ToString().Contains(named, StringComparison.Ordinal));
    }
}
