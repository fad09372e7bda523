using System.Globalization;
using Probity.Evidence;

namespace Probity.Sources;

/// <summary>Reads the texts of fields as values of their types.</summary>
internal static class FieldText
{
    private const int MaxShown = 80;
    private static readonly string[] DayForms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss", "dd/MM/yyyy", "yyyyMMdd"];

    /// <summary>The value a text stands for; null where it is none of its type.</summary>
    public static Value? Value(string text, FieldType type) => type switch
    {
        FieldType.Whole when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) && whole is <= Evidence.Value.MaxWhole and >= -Evidence.Value.MaxWhole
            => Evidence.Value.Of(whole),
        FieldType.Number when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) => Evidence.Value.Of(Shortest(number)),
        FieldType.Flag when bool.TryParse(text, out bool flag) => Evidence.Value.Of(flag),
        FieldType.Day when Day(text) is { } day => Evidence.Value.Of(Evidence.Day.Text(day)),
        FieldType.Text => Evidence.Value.Of(text),
        _ => null,
    };

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
