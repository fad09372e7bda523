namespace Probity.Register.Tests;

public sealed class SearchWordsTests
{
    [Theory]
    [InlineData("Domino's Pizza", "dominos pizza")]
    [InlineData("  FISH & CHIPS,Ltd. ", "fish chips ltd")]
    [InlineData("CR8 5JB", "cr8 5jb")]
    [InlineData("---", "")]
    [InlineData("", "")]
    public void Text_becomes_lower_case_words(string text, string words) => Assert.Equal(words, string.Join(' ', SearchWords.Of(text)));

    [Fact]
    public void A_word_without_end_is_cut() => Assert.Equal(SearchWords.MaxLength, Assert.Single(SearchWords.Of(new string('x', 10_000))).Length);
}
