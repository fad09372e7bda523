namespace Probity.Evidence.Tests;

public sealed class StrangersTextTests
{
    [Theory]
    [InlineData("plain text, with é and 語 and 😀", "plain text, with é and 語 and 😀")]
    [InlineData("\u001b[2J\rgone\n\t", "\ufffd[2J\ufffdgone\ufffd\ufffd")]
    [InlineData("\u009b31m", "\ufffd31m")]
    [InlineData("a\u202eb\u2066c\u200bd\ufeff", "a\ufffdb\ufffdc\ufffdd\ufffd")]
    [InlineData("line\u2028break\u0085", "line\ufffdbreak\ufffd")]
    [InlineData("", "")]
    public void What_a_terminal_would_obey_or_not_show_is_shown_as_a_mark(string text, string shown) => Assert.Equal(shown, StrangersText.Printable(text, 100));

    [Fact]
    public void Half_a_character_is_shown_as_a_mark() => Assert.Equal("\ufffdx", StrangersText.Printable(new string(['\ud800', 'x']), 100));

    [Fact]
    public void What_is_too_long_ends_in_dots() => Assert.Equal("😀😀…", StrangersText.Printable("😀😀😀", 2));
}
