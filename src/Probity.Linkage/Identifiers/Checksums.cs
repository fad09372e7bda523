namespace Probity.Linkage;

/// <summary>Check digits. Every method takes upper-case letters and digits and answers false for anything of another length.</summary>
internal static class Checksums
{
    /// <summary>True for exactly so many digits.</summary>
    public static bool Digits(string text, int length) => text.Length == length && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>ISO/IEC 7812-1 annex B (Luhn): doubled digits from the right, total divisible by ten.</summary>
    public static bool Luhn(string digits)
    {
        int total = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            int digit = digits[digits.Length - 1 - i] - '0';
            int doubled = i % 2 == 0 ? digit : digit * 2;
            total += doubled > 9 ? doubled - 9 : doubled;
        }

        return total % 10 == 0;
    }

    /// <summary>ISO/IEC 7064 MOD 97-10: letters as 10 … 35, the whole number leaves 1.</summary>
    public static bool Mod97(string text)
    {
        int rest = 0;
        foreach (char character in text)
        {
            int value = char.IsAsciiDigit(character) ? character - '0' : character - 'A' + 10;
            rest = ((value > 9 ? rest * 100 : rest * 10) + value) % 97;
        }

        return rest == 1;
    }

    /// <summary>ISO/IEC 7064 MOD 11,10.</summary>
    public static bool Mod11Of10(string digits)
    {
        int product = 10;
        for (int i = 0; i < digits.Length - 1; i++)
        {
            int sum = (product + digits[i] - '0') % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }

        return (11 - product) % 10 == digits[^1] - '0';
    }

    /// <summary>The sum of digits times weights, from the left, as far as there are weights.</summary>
    public static int Weighted(string digits, params ReadOnlySpan<int> weights)
    {
        int total = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            total += (digits[i] - '0') * weights[i];
        }

        return total;
    }

    /// <summary>The number that some digits are.</summary>
    public static long Number(ReadOnlySpan<char> digits)
    {
        long number = 0;
        foreach (char digit in digits)
        {
            number = (number * 10) + digit - '0';
        }

        return number;
    }
}
