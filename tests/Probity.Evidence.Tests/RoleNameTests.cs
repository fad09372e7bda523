namespace Probity.Evidence.Tests;

/// <summary>Four eyes are two roles, not two spellings of one (guard-rail G18).</summary>
public sealed class RoleNameTests
{
    [Theory]
    [InlineData("records officer", "Records Officer ")]
    [InlineData("records officer", "records  officer")]
    [InlineData("records officer", "records-officer")]
    [InlineData("records officer", "records\u00A0officer")]
    [InlineData("records officer", "rec\u00ADords officer")]
    [InlineData("records officer", "records\u200B officer")]
    [InlineData("records officer", "records officer\u0007.")]
    [InlineData("records officer", "\uFF32\uFF25\uFF23\uFF2F\uFF32\uFF24\uFF33 officer")]
    public void G18_one_role_written_in_two_ways_was_taken_for_two(string by, string approvedBy) => Assert.False(Redaction.IsFourEyes(by, approvedBy));

    [Theory]
    [InlineData("")]
    [InlineData(" \u200B")]
    [InlineData("1")]
    [InlineData("---")]
    [InlineData("o\uFB03cer")]
    [InlineData("\uD835\uDC2E\uD835\uDC2Fofficer")]
    [InlineData("cafe\u0301 officer")]
    [InlineData("records officer\uFE0F")]
    [InlineData("records officer\u3164")]
    [InlineData("records officer\u115F")]
    [InlineData("records officer\u17B4")]
    [InlineData("rec\u043Erds officer")]
    [InlineData("records \u03BFfficer")]
    public void G18_what_names_no_role_was_taken_for_one(string text)
    {
        Assert.Null(RoleName.Of(text));
        Assert.False(Redaction.IsFourEyes("records officer", text));
        Assert.False(Redaction.IsFourEyes(text, "records officer"));
    }

    [Theory]
    [InlineData("records officer", "data protection officer")]
    [InlineData("Leitung", "Datenschutzbeauftragte für Ämter")]
    [InlineData("officer 1", "officer 2")]
    [InlineData("अभिलेख अधिकारी", "डेटा अधिकारी")]
    public void Two_roles_are_two(string by, string approvedBy) => Assert.True(Redaction.IsFourEyes(by, approvedBy));
}
