using System.Globalization;

namespace Probity.Linkage;

/// <summary>
/// The day or year when an organisation was founded, as a number: 512 for each year and the day of the year, which is 0 where only the year is known.
/// Days are read as 2003-04-30, 20030430 or 30.04.2003, and as 30/04/2003 or 04/30/2003 where only one of the two can be meant; else their year counts.
/// </summary>
internal static class FoundingDate
{
    private const int First = 1000;
    private const int Last = 2999;
    private const int DayBits = 9;

    /// <summary>The number of a text; 0 where it is no date.</summary>
    public static int Of(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        int time = text.IndexOfAny('T', ' ');
        text = time > 0 ? text[..time] : text;
        if (IsDay(text, "yyyy-MM-dd", out DateOnly day) || IsDay(text, "yyyyMMdd", out day) || IsDay(text, "d.M.yyyy", out day))
        {
            return OfDay(day);
        }

        bool british = IsDay(text, "d/M/yyyy", out DateOnly one);
        bool american = IsDay(text, "M/d/yyyy", out DateOnly other);
        return british && american && one != other ? OfYear(one.Year)
            : british ? OfDay(one)
            : american ? OfDay(other)
            : text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int year) ? OfYear(year)
            : 0;
    }

    /// <summary>The level of two such numbers: 0 where one is missing, 1 the same day, 2 the same year, 3 different years.</summary>
    public static int Level(int one, int other) =>
        one == 0 || other == 0 ? 0 : one >> DayBits != other >> DayBits ? 3 : one == other && (one & ((1 << DayBits) - 1)) != 0 ? 1 : 2;

    private static bool IsDay(ReadOnlySpan<char> text, string form, out DateOnly day) => DateOnly.TryParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private static int OfDay(DateOnly day) => OfYear(day.Year) is 0 ? 0 : (day.Year << DayBits) + day.DayOfYear;

    private static int OfYear(int year) => year is >= First and <= Last ? year << DayBits : 0;
}
