using System.Globalization;

namespace Probity.Evidence;

/// <summary>Calendar days as the ledger writes them: ISO 8601, "2026-05-12".</summary>
public static class Day
{
    /// <summary>Ten characters, "2026-05-12".</summary>
    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Reads exactly that form; false for anything else.</summary>
    public static bool TryParse(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
