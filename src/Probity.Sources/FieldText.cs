using System.Globalization;
using Probity.Evidence;

namespace Probity.Sources;

/// <summary>Reads the texts of fields as values of their types.</summary>
internal static class FieldText
{
    private const int MaxShown = 80;
    private static readonly string[] MonthForms = ["yyyy-MM", "MMMM yyyy", "MMM yyyy"];
    private static readonly string[] DayForms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss", "dd/MM/yyyy", "yyyyMMdd"];

    /// <summary>The value a text stands for; null where it is none of its type.</summary>
    public static Value? Value(string text, FieldRule rule) => rule.Type switch
    {
        FieldType.Whole when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) && whole is <= Evidence.Value.MaxWhole and >= -Evidence.Value.MaxWhole
            => Evidence.Value.Of(whole),
        FieldType.Number when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) => Evidence.Value.Of(Shortest(number)),
        FieldType.Flag when bool.TryParse(text, out bool flag) => Evidence.Value.Of(flag),
        FieldType.Day when Day(text, rule) is { } day => Evidence.Value.Of(Evidence.Day.Text(day)),
        FieldType.Text => Evidence.Value.Of(text),
        _ => null,
    };

    /// <summary>What of a field's text counts: behind "after", up to the first of "before", without what stands between thousands.</summary>
    public static string Taken(string text, FieldRule rule)
    {
        if (rule.After.Length == 0 && rule.Before.IsEmpty && rule.Thousands.Length == 0)
        {
            return text;
        }

        int from = rule.After.Length == 0 ? -1 : text.IndexOf(rule.After, StringComparison.Ordinal);
        string taken = from < 0 ? text : text[(from + rule.After.Length)..];
        foreach (string mark in rule.Before)
        {
            int end = taken.IndexOf(mark, StringComparison.Ordinal);
            taken = end < 0 ? taken : taken[..end];
        }

        return (rule.Thousands.Length == 0 ? taken : taken.Replace(rule.Thousands, "", StringComparison.Ordinal)).Trim();
    }

    /// <summary>The calendar day of a field's text in the form the field is written in; null where it has another.</summary>
    public static DateOnly? Day(string text, FieldRule rule)
    {
        DateOnly? written = rule.Form switch
        {
            DayForm.Plain => Day(text),
            DayForm.MonthFirst => DateOnly.TryParseExact(text, "M/d/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null,
            DayForm.Year => DateOnly.TryParseExact(text, "yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly year) ? year : null,
            DayForm.Month => DateOnly.TryParseExact(text, MonthForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly month) ? month.AddMonths(1).AddDays(-1) : null,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        bool moves = written is { } of && (of.Year * 12) + rule.MonthsLater is > 24 and < 119_988;
        return rule.MonthsLater == 0 || !moves ? written : written!.Value.AddMonths(rule.MonthsLater);
    }

    /// <summary>The calendar day of a text, in the forms that formats/source.md lists; a time behind it is passed over.</summary>
    public static DateOnly? Day(string text) =>
        PlainDay(text) is { } day ? day
        : DateTime.TryParseExact(text, DayForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime moment) ? DateOnly.FromDateTime(moment)
        : DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset at) ? DateOnly.FromDateTime(at.DateTime)
        : null;

    /// <summary>The day of "2026-05-12" and "2026-05-12T00:00:00", which nearly all sources write; null for any other form.</summary>
    private static DateOnly? PlainDay(ReadOnlySpan<char> text)
    {
        bool plain = text.Length == 10 || (text.Length == 19 && text[10..].SequenceEqual("T00:00:00"));
        return plain && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null;
    }

    /// <summary>The code of a text that is no value of its type.</summary>
    public static string CodeOf(FieldType type) => type switch
    {
        FieldType.Day => RejectionCodes.DateUnreadable,
        FieldType.Flag => RejectionCodes.ValueOutsideSet,
        _ => RejectionCodes.NumberUnreadable,
    };

    /// <summary>What a text of a type is called.</summary>
    public static string Words(FieldType type) => type switch
    {
        FieldType.Whole => "whole number",
        FieldType.Number => "decimal number",
        FieldType.Flag => "true or false",
        FieldType.Day => "date such as 2026-05-12",
        _ => "text",
    };

    /// <summary>The beginning of a text, for messages; a surrogate pair stays whole.</summary>
    public static string Cut(string text) => text.Length <= MaxShown ? text : text[..(char.IsHighSurrogate(text[MaxShown - 1]) ? MaxShown - 1 : MaxShown)] + "…";

    private static string Shortest(decimal number) => number == 0 ? "0" : number.ToString("0.############################", CultureInfo.InvariantCulture);
}
