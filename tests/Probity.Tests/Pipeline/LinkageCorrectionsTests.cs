using System.Text.Json.Nodes;

namespace Probity.Tests.Pipeline;

/// <summary>A register whose linkage.yaml corrects what its sources do not give.</summary>
public sealed class LinkageCorrectionsTests : IDisposable
{
    private readonly LinkedRegister _register = new();

    public void Dispose() => _register.Dispose();

    [Theory]
    [InlineData("inputs:\n  partnr:\n    name: ignored\n", "linkage.yaml:2:3: there is no input 'partnr' that could be corrected; did you mean 'partner'? there are: companies, court, inspections, partner, recalls")]
    [InlineData("inputs:\n  court:\n    Siren: identifier siren\n", "linkage.yaml:3:5: 'court' has no column 'Siren' that could be corrected; there are: name, address, town, identifiers.siren")]
    [InlineData("inputs:\n  court:\n    name: id\n", "linkage.yaml:3:5: a field of a register's record cannot be its identifier")]
    public void A_registers_correction_of_what_no_source_gives_was_passed_over(string linkage, string told)
    {
        (int exit, JsonNode answer) = _register.RunFolder(_register.FolderWith(linkage), ("court", LinkedRegister.Extract("court")));
        Assert.Equal(1, exit);
        Assert.Contains(told, (string)answer["problems"]!.AsArray().Single()!, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_register.Data));
    }

    [Fact]
    public void A_correction_of_a_field_that_a_source_gives_is_taken()
    {
        string folder = _register.FolderWith("inputs:\n  court:\n    identifiers.siren: ignored\n");
        Assert.Equal(0, _register.RunFolder(folder, [.. LinkedRegister.Sources.Select(source => (source, LinkedRegister.Extract(source)))]).Exit);
    }
}
