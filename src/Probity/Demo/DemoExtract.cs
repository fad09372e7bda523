using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Probity.Demo;

/// <summary>One yearly extract as the fictional authorities publish it: every open establishment with its latest published rating.</summary>
internal static class DemoExtract
{
    /// <summary>The days on which extracts are published, oldest first.</summary>
    public static readonly ImmutableArray<DateOnly> Days = [new(2022, 12, 31), new(2023, 12, 31), new(2024, 12, 31), new(2025, 12, 31)];

    /// <summary>The name of a day's file.</summary>
    public static string FileName(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"inspections-{day.Year}.csv");

    /// <summary>The file of a day as CSV in UTF-8 with line feeds, byte for byte the same on every machine.</summary>
    public static byte[] Bytes(ImmutableArray<DemoEstablishment> establishments, DateOnly day)
    {
        var text = new StringBuilder(1 << 20).Append(ExtractRow.Columns).Append('\n');
        IEnumerable<(int Number, ExtractRow Row)> rows = establishments.Where(one => one.IsOpen(day)).Select(one => (one.Number, RowOf(one, day)));
        foreach (ExtractRow row in DemoFaults.Add([.. rows], day))
        {
            text.Append(row.ToString()).Append('\n');
        }

        return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text.ToString());
    }

    private static ExtractRow RowOf(DemoEstablishment one, DateOnly day)
    {
        var row = new ExtractRow
        {
            Id = one.Id,
            LocalId = string.Create(CultureInfo.InvariantCulture, $"{one.Town.PostalCode}/{one.Number * 7 % 100_000:D5}"),
            Name = one.NameOn(day),
            Type = one.Trade.Name,
            Postcode = one.Postcode,
            Address = $"{one.Street},{one.Quarter},{one.Town.Name},{DemoCountry.Name}",
            Authority = $"{one.Town.Code},{one.Town.Name} Town Council",
            Rating = "",
            Date = one.Opened,
        };
        DemoInspection? published = one.Inspections.LastOrDefault(inspection => inspection.Published <= day);
        DemoInspection? latest = one.Inspections.LastOrDefault(inspection => inspection.Day <= day);
        return (one.Openness, published, latest) switch
        {
            (Openness.Exempt, _, _) => row with { Rating = "Exempt" },
            (_, null, null) => row with { Rating = "AwaitingInspection" },
            (_, null, { } unpublished) => row with { Rating = "AwaitingPublication", Date = unpublished.Day },
            (Openness.RatingOnly, { } known, _) => Rated(row, known, latest, day),
            (_, { } known, _) => Rated(row, known, latest, day) with { Scores = TextOf(known.ScoresOn(day)) },
        };
    }

    /// <summary>A newer rating is announced only with one that is new itself: else each announcement would change a record already published.</summary>
    private static ExtractRow Rated(ExtractRow row, DemoInspection published, DemoInspection? latest, DateOnly day) => row with
    {
        Rating = published.RatingOn(day).ToString(CultureInfo.InvariantCulture),
        Date = published.Day,
        IsPending = published != latest && published.Published > day.AddYears(-1),
    };

    private static string TextOf(DemoScores scores) =>
        string.Create(CultureInfo.InvariantCulture, $"{scores.Hygiene},{scores.Structural},{scores.Confidence}");
}
