namespace Probity.Linkage;

/// <summary>A telephone number as far as it tells organisations apart.</summary>
internal static class Telephone
{
    private const int Most = 9;
    private const int Fewest = 6;

    /// <summary>The last nine digits with a leading 1 that keeps zeros; 0 for fewer than six digits and for one digit repeated.</summary>
    public static ulong Of(ReadOnlySpan<char> text)
    {
        ulong number = 0;
        ulong mark = 10;
        int digits = 0;
        bool varied = false;
        foreach (char character in text)
        {
            if (char.IsAsciiDigit(character))
            {
                ulong digit = (ulong)(character - '0');
                varied |= digits > 0 && digit != number % 10;
                number = ((number * 10) + digit) % 1_000_000_000;
                digits++;
                mark = digits <= Most ? mark * 10 : mark;
            }
        }

        return digits >= Fewest && varied ? number + mark : 0;
    }

    /// <summary>The last seven digits: what is left of a number without its area code.</summary>
    public static ulong Local(ulong telephone) => telephone % 10_000_000;

    /// <summary>True where two numbers are one, one of them perhaps without its area code.</summary>
    public static bool Same(ulong one, ulong other) => one == other || (Local(one) == Local(other) && Length(one) != Length(other));

    private static ulong Length(ulong telephone) => telephone / 10_000_000 > 100 ? 9UL : telephone / 10_000_000;
}
