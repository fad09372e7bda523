using System.Globalization;
using System.Text;

namespace Probity.Evidence;

/// <summary>What somebody else wrote, made fit to be shown on a terminal: there, control characters are commands, and characters without a shape can turn a sentence round.</summary>
public static class StrangersText
{
    private const string Unshown = "\ufffd";

    /// <summary>
    /// The text in one line: every control, format, separator, private, unassigned or unpaired character but the blank is shown as U+FFFD, and what is longer ends in "…".
    /// </summary>
    /// <param name="text">Whatever was sent.</param>
    /// <param name="mostLetters">How many characters are shown, at least 1.</param>
    public static string Printable(string text, int mostLetters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mostLetters, 1);
        var shown = new StringBuilder(Math.Min(text.Length, mostLetters) + 1);
        int letters = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (letters++ == mostLetters)
            {
                return shown.Append('…').ToString();
            }

            shown.Append(IsShown(rune) ? rune.ToString() : Unshown);
        }

        return shown.ToString();
    }

    private static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate);
}
