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

    [Fact]
    public void Of_declared_roles_only_those_may_redact_and_without_a_declaration_any_may()
    {
        Assert.True(RegisterDefinition.Read("register.yaml", Good, _problems)!.MayRedact("anyone"));
        RegisterDefinition register = RegisterDefinition.Read("register.yaml", Good + "\nredaction_roles: [Records Officer, data protection officer]", _problems)!;
        Assert.Empty(_problems);
        Assert.Equal((true, true, false), (register.MayRedact("records-officer"), register.MayRedact("Data Protection Officer"), register.MayRedact("mayor")));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[records officer]")]
    [InlineData("[records officer, Records-Officer]")]
    [InlineData("[records officer, '1']")]
    public void G18_a_register_that_declares_fewer_than_two_roles_is_refused(string roles)
    {
        Assert.Null(RegisterDefinition.Read("register.yaml", $"{Good}\nredaction_roles: {roles}", _problems));
        Assert.Equal("guard-rail.G18", Assert.Single(_problems).Code);
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
