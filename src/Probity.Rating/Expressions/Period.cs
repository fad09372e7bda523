using System.Globalization;

namespace Probity.Rating.Expressions;

/// <summary>A length of calendar time as ISO 8601 writes it: P18M, P1Y, P10D, P1Y6M. Never negative.</summary>
/// <param name="Months">Months, a year being twelve.</param>
/// <param name="Days">Days beside the months.</param>
internal readonly record struct Period(int Months, int Days)
{
    /// <summary>Days it comes to on average (a month being 365.2425 / 12 days): only for comparing and for decay.</summary>
    public double AverageDays => (Months * (365.2425 / 12)) + Days;

    /// <summary>
    /// The day this much earlier. Where the month is too short (31 March less one month) the month's last day counts, which a methodology
    /// states with "month_ends: last_day".
    /// </summary>
    public DateOnly Before(DateOnly day)
    {
        int reachable = ((day.Year - 1) * 12) + day.Month - 1;
        if (Months > reachable)
        {
            return DateOnly.MinValue;
        }

        DateOnly moved = day.AddMonths(-Months);
        return moved.DayNumber < Days ? DateOnly.MinValue : moved.AddDays(-Days);
    }

    /// <summary>The day this much later, by the same rule for month ends; the last day of year 9999 where it goes beyond.</summary>
    public DateOnly After(DateOnly day)
    {
        int left = ((9999 - day.Year) * 12) + 12 - day.Month;
        if (Months > left)
        {
            return DateOnly.MaxValue;
        }

        DateOnly moved = day.AddMonths(Months);
        return DateOnly.MaxValue.DayNumber - moved.DayNumber < Days ? DateOnly.MaxValue : moved.AddDays(Days);
    }

    /// <summary>Reads P, then years, months, weeks, days in this order, each at most once and at least one.</summary>
    public static bool TryParse(string text, out Period period)
    {
        period = default;
        const string Units = "YMWD";
        if (text.Length < 3 || text[0] != 'P')
        {
            return false;
        }

        int next = 0;
        int start = 1;
        (int months, int days) = (0, 0);
        for (int i = 1; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                continue;
            }

            int unit = Units.IndexOf(text[i], StringComparison.Ordinal);
            if (unit < next || i - start is 0 or > 4)
            {
                return false;
            }

            int amount = int.Parse(text.AsSpan(start, i - start), NumberStyles.None, CultureInfo.InvariantCulture);
            (months, days) = (months + (amount * (unit switch { 0 => 12, 1 => 1, _ => 0 })), days + (amount * (unit switch { 2 => 7, 3 => 1, _ => 0 })));
            (next, start) = (unit + 1, i + 1);
        }

        period = new Period(months, days);
        return start == text.Length;
    }

    /// <summary>ISO 8601, the shortest form: P1Y6M, P36M becomes P3Y.</summary>
    public override string ToString()
    {
        string text = "P" + Part(Months / 12, 'Y') + Part(Months % 12, 'M') + Part(Days, 'D');
        return text.Length > 1 ? text : "P0D";
    }

    /// <summary>In words: "30 years", "18 months", "1 year 6 months".</summary>
    public string Words()
    {
        bool wholeYears = Months % 12 == 0;
        string[] parts = [wholeYears ? Counted(Months / 12, "year") : Counted(Months, "month"), Counted(Days, "day")];
        string words = string.Join(' ', parts.Where(part => part.Length > 0));
        return words.Length > 0 ? words : "0 days";
    }

    private static string Part(int amount, char unit) => amount == 0 ? "" : amount.ToString(CultureInfo.InvariantCulture) + unit;

    private static string Counted(int amount, string unit) => amount switch
    {
        0 => "",
        1 => "1 " + unit,
        _ => $"{amount.ToString(CultureInfo.InvariantCulture)} {unit}s",
    };
}
