using CsCheck;

namespace Probity.Register.Tests;

public sealed class VocabularyLaws
{
    private static readonly Gen<string> Words = Gen.String[Gen.Char['a', 'f'], 3, 12];

    [Fact]
    public void Every_word_one_edit_away_is_found() => Gen.Select(Words, Gen.Int[0, 3], Gen.Int[0, 11], Gen.Char['a', 'f']).Sample((word, kind, place, letter) =>
    {
        int at = place % word.Length;
        string typed = kind switch
        {
            0 => word.Insert(at, letter.ToString()),
            1 => word.Remove(at, 1),
            2 => word.Remove(at, 1).Insert(at, letter.ToString()),
            _ => at + 1 < word.Length ? word[..at] + word[at + 1] + word[at] + word[(at + 2)..] : word,
        };
        bool expected = typed != word && typed.Length >= Vocabulary.ShortestCorrected;
        return new Vocabulary([new(word, 3)]).OneEditFrom(typed).Contains(word) == expected;
    });

    [Fact]
    public void What_is_two_edits_away_is_not_found() => Assert.Empty(new Vocabulary([new("hygiene", 1)]).OneEditFrom("higienne"));

    [Fact]
    public void The_commonest_come_first_and_numbers_are_not_corrected()
    {
        var words = new Vocabulary([new("cart", 2), new("cars", 9), new("care", 5), new("1234", 1)]);
        Assert.Equal(["cars", "care", "cart"], words.OneEditFrom("carx"));
        Assert.Empty(words.OneEditFrom("1235"));
    }
}
