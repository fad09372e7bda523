using Probity.Evidence;

namespace Probity.Register.Tests;

public sealed class RegisterDefinitionTests
{
    private const string Good = """
        probity: 1
        id: town-hygiene
        title: Town
        authority: {name: Office, url: "https://office.example/"}
        legal_basis: Act
        purpose: information
        contexts: [food]
        languages: [en]
        time_zone: Europe/London
        origin: office.example/town
        subject_word: {one: place, many: places}
        contact: Ask the office.
        """;

    private readonly List<Problem> _problems = [];

    [Fact]
    public void A_whole_definition_is_read()
    {
        RegisterDefinition register = RegisterDefinition.Read("register.yaml", Good, _problems)!;
        Assert.Empty(_problems);
        Assert.Equal(("town-hygiene", "places", "office.example/town"), (register.Id, register.SubjectsWord, register.Origin));
    }

    [Theory]
    [InlineData("purpose:", "porpose:", 6, "unknown key 'porpose'; did you mean 'purpose'?")]
    [InlineData("Europe/London", "Europe/Nowhere", 9, "'Europe/Nowhere' is no time zone known here")]
    [InlineData("office.example/town", "https://office.example/town", 10, "an origin is a URL without scheme")]
    [InlineData("town-hygiene", "Town Hygiene", 2, "id 'Town Hygiene' may hold lower-case letters, digits and hyphens only")]
    [InlineData("probity: 1", "probity: 2", 1, "this program reads register format 1")]
    [InlineData("contexts: [food]", "contexts: []", 7, "'contexts' needs at least one value")]
    public void What_is_wrong_is_named_with_its_line(string good, string bad, int line, string message)
    {
        Assert.Null(RegisterDefinition.Read("register.yaml", Good.Replace(good, bad, StringComparison.Ordinal), _problems));
        Assert.Contains(_problems, problem => problem.Line == line && problem.ToString().Contains(message, StringComparison.Ordinal));
    }
}
