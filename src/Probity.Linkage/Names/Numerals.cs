using System.Collections.Frozen;

namespace Probity.Linkage;

/// <summary>Numbers as names write them: digits, ordinals, English number words, Roman numerals. All become digits.</summary>
internal static class Numerals
{
    /// <summary>English number words and ordinals.</summary>
    public static readonly FrozenDictionary<string, int> Words = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["one"] = 1,
        ["two"] = 2,
        ["three"] = 3,
        ["four"] = 4,
        ["five"] = 5,
        ["six"] = 6,
        ["seven"] = 7,
        ["eight"] = 8,
        ["nine"] = 9,
        ["ten"] = 10,
        ["eleven"] = 11,
        ["twelve"] = 12,
        ["first"] = 1,
        ["second"] = 2,
        ["third"] = 3,
        ["fourth"] = 4,
        ["fifth"] = 5,
        ["sixth"] = 6,
        ["seventh"] = 7,
        ["eighth"] = 8,
        ["ninth"] = 9,
        ["tenth"] = 10,
        ["eleventh"] = 11,
        ["twelfth"] = 12,
        ["twenty"] = 20,
        ["thirty"] = 30,
        ["forty"] = 40,
        ["fourty"] = 40,
        ["fifty"] = 50,
        ["sixty"] = 60,
        ["seventy"] = 70,
        ["eighty"] = 80,
        ["ninety"] = 90,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Roman numerals of two letters and more that are not words.</summary>
    public static readonly FrozenDictionary<string, int> Roman = new[]
        { "ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx", "xxi", "xxii", "xxiii", "xxiv", "xxv" }
        .ToFrozenDictionary(text => text, RomanValue, StringComparer.Ordinal);

    /// <summary>True where the word begins with a digit or holds one: such words must agree exactly.</summary>
    public static bool HasDigit(ReadOnlySpan<char> word) => word.IndexOfAnyInRange('0', '9') >= 0;

    /// <summary>"1st", "2nd" and "33rd" as 1, 2 and 33, "007" as 7, else the word.</summary>
    public static ReadOnlySpan<char> Ordinal(ReadOnlySpan<char> word)
    {
        int digits = word.IndexOfAnyExceptInRange('0', '9');
        digits = digits < 0 ? word.Length : digits;
        bool ordinal = digits > 0 && word.Length == digits + 2 && word[digits..] is "st" or "nd" or "rd" or "th";
        return digits > 0 && (digits == word.Length || ordinal) ? word[..digits].TrimStart('0') is { Length: > 0 } value ? value : "0" : word;
    }

    /// <summary>The value of a word that is one digit from 1 or a number word below ten; 0 for any other.</summary>
    public static int UnitOf(ReadOnlySpan<char> word, KnownWord? known) => known is { Number: > 0 and < 10 }
        ? known.Number
        : word.Length == 1 && word[0] is >= '1' and <= '9' ? word[0] - '0' : 0;

    /// <summary>The value of "i", "v" and "x", which are numbers only at the end of a name; 0 for any other word.</summary>
    public static int LetterOf(ReadOnlySpan<char> word) => word is "i" or "v" or "x" ? Digit(word[0]) : 0;

    private static int RomanValue(string text)
    {
        int total = 0;
        for (int i = 0; i < text.Length; i++)
        {
            int value = Digit(text[i]);
            total += i + 1 < text.Length && Digit(text[i + 1]) > value ? -value : value;
        }

        return total;
    }

    private static int Digit(char letter) => letter switch { 'i' => 1, 'v' => 5, _ => 10 };
}
