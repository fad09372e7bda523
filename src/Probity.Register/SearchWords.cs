using System.Globalization;
using System.Text;

namespace Probity.Register;

/// <summary>
/// The one way text becomes words, for what is indexed and for what is asked: lower case, without apostrophes and combining marks, split at
/// everything that is neither letter nor digit. "Domino's Café" gives "dominos", "café". That "café" finds "cafe" is the index's own work: its
/// tokenizer takes diacritics off (<see cref="ViewSchema"/>).
/// </summary>
public static class SearchWords
{
    /// <summary>The longest word kept; a longer one is cut.</summary>
    public const int MaxLength = 40;

    /// <summary>The words in their order; empty for text without letters or digits.</summary>
    public static IReadOnlyList<string> Of(string text) =>
        Normal(text).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The words joined by single spaces, ready for the index.</summary>
    public static string Normal(string text)
    {
        var words = new StringBuilder(text.Length);
        int length = 0;
        foreach (char c in text)
        {
            if (char.IsLetterOrDigit(c))
            {
                if (length++ < MaxLength)
                {
                    words.Append(char.ToLowerInvariant(c));
                }
            }
            else if (c is not ('\'' or '’' or '`') && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && length > 0)
            {
                words.Append(' ');
                length = 0;
            }
        }

        return words.ToString();
    }
}
