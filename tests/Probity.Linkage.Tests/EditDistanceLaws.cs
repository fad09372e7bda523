using CsCheck;

namespace Probity.Linkage.Tests;

public sealed class EditDistanceLaws
{
    [Fact]
    public void Two_words_are_within_as_many_edits_as_the_whole_table_says() =>
        Gen.Select(Gen.String[Gen.Char["abc"], 0, 9], Gen.String[Gen.Char["abc"], 0, 9], Gen.Int[1, 3])
            .Sample((one, other, most) => EditDistance.Within(one, other, most) == Distance(one, other) <= most, iter: 20_000);

    [Theory]
    [InlineData("haus", "huas", 1, true)]
    [InlineData("abcd", "badc", 1, false)]
    [InlineData("abcd", "badc", 2, true)]
    [InlineData("ca", "abc", 2, false)]
    [InlineData("", "ab", 1, false)]
    public void Neighbours_that_changed_places_are_one_edit_and_are_not_edited_again(string one, string other, int most, bool within) =>
        Assert.Equal(within, EditDistance.Within(one, other, most));

    /// <summary>The table of Damerau's distance in full, optimal string alignment.</summary>
    private static int Distance(string one, string other)
    {
        int[,] edits = new int[one.Length + 1, other.Length + 1];
        for (int i = 0; i <= one.Length; i++)
        {
            for (int j = 0; j <= other.Length; j++)
            {
                edits[i, j] = i == 0 || j == 0 ? i + j : Math.Min(edits[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1), Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
                }
            }
        }

        return edits[one.Length, other.Length];
    }
}
