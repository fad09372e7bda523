using static Probity.Linkage.Checksums;

namespace Probity.Linkage;

/// <summary>
/// Check digits of national registers' numbers that are not VAT numbers. Numberings that also name people are read only in the forms that name
/// organisations (G01).
/// </summary>
internal static class NationalChecks
{
    private const string UnifiedLetters = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <summary>Ten digits, the third from 2 on (a person's has a month there), Luhn.</summary>
    public static bool Sweden(string text) => Digits(text, 10) && text[2] >= '2' && Luhn(text);

    public static bool Estonia(string text) => Digits(text, 8) && TwoRounds(text, Weighted(text, 1, 2, 3, 4, 5, 6, 7), Weighted(text, 3, 4, 5, 6, 7, 8, 9));

    public static bool Poland(string text) => Digits(text, 9) && Weighted(text, 8, 9, 2, 3, 4, 5, 6, 7) % 11 % 10 == text[8] - '0';

    public static bool Netherlands(string text) => Digits(text, 9) && Weighted(text, 9, 8, 7, 6, 5, 4, 3, 2) % 11 == text[8] - '0';

    /// <summary>Thirteen digits, the check digit first.</summary>
    public static bool Japan(string text) =>
        Digits(text, 13) && 9 - (Weighted(text, 0, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1) % 9) == text[0] - '0';

    public static bool Korea(string text) => Digits(text, 10)
        && (10 - ((Weighted(text, 1, 3, 7, 1, 3, 7, 1, 3, 5) + ((text[8] - '0') * 5 / 10)) % 10)) % 10 == text[9] - '0';

    /// <summary>Eighteen letters and digits in base 31; a number beginning with 92 is that of a person's business.</summary>
    public static bool China(string text)
    {
        if (text.Length != 18 || text.StartsWith("92", StringComparison.Ordinal))
        {
            return false;
        }

        (int sum, int weight) = (0, 1);
        for (int i = 0; i < 17; i++)
        {
            int value = UnifiedLetters.IndexOf(text[i], StringComparison.Ordinal);
            if (value < 0)
            {
                return false;
            }

            sum = (sum + (value * weight)) % 31;
            weight = weight * 3 % 31;
        }

        return UnifiedLetters[(31 - sum) % 31] == text[17];
    }

    /// <summary>Fifteen letters and digits in base 36; the sixth is P in a person's number.</summary>
    public static bool India(string text)
    {
        if (text.Length != 15 || !Digits(text[..2], 2) || !char.IsAsciiLetter(text[5]) || text[5] == 'P')
        {
            return false;
        }

        int sum = 0;
        for (int i = 0; i < 14; i++)
        {
            int product = Value(text[i]) * (i % 2 == 0 ? 1 : 2);
            sum += (product / 36) + (product % 36);
        }

        return (36 - (sum % 36)) % 36 == Value(text[14]);
    }

    public static bool Australia(string text) => Digits(text, 9) && (10 - (Weighted(text, 8, 7, 6, 5, 4, 3, 2, 1) % 10)) % 10 == text[8] - '0';

    /// <summary>Ten digits; a person's number has twelve.</summary>
    public static bool Russia(string text) => Digits(text, 10) && Weighted(text, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10 == text[9] - '0';

    public static bool Ukraine(string text)
    {
        if (!Digits(text, 8))
        {
            return false;
        }

        return Number(text) is >= 30_000_000 and <= 60_000_000
            ? TwoRounds(text, Weighted(text, 7, 1, 2, 3, 4, 5, 6), Weighted(text, 9, 3, 4, 5, 6, 7, 8))
            : TwoRounds(text, Weighted(text, 1, 2, 3, 4, 5, 6, 7), Weighted(text, 3, 4, 5, 6, 7, 8, 9));
    }

    /// <summary>Nine digits from 5 on, Luhn.</summary>
    public static bool Israel(string text) => Digits(text, 9) && text[0] == '5' && Luhn(text);

    /// <summary>Modulus 11, of which 10 takes the second round's weights, and 10 again is 0.</summary>
    private static bool TwoRounds(string text, int first, int second) => (first % 11 == 10 ? second % 11 % 10 : first % 11) == text[^1] - '0';

    private static int Value(char character) => char.IsAsciiDigit(character) ? character - '0' : character - 'A' + 10;
}
