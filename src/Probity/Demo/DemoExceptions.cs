using System.Collections.Immutable;

namespace Probity.Demo;

/// <summary>The few establishments whose records show what a register must be able to show: corrections, and ratings that do not follow.</summary>
internal static class DemoExceptions
{
    /// <summary>Establishments whose last published rating does not follow from its scores.</summary>
    public static readonly ImmutableArray<int> Misstated = [417, 1_986, 3_303];

    /// <summary>Establishments with one inspection whose published scores were corrected in a later extract.</summary>
    public static readonly ImmutableArray<int> Corrected = [208, 2_711];

    /// <summary>Whether an establishment is one of them.</summary>
    public static bool Concern(int number) => Misstated.Contains(number) || Corrected.Contains(number);

    /// <summary>The establishment with its exception, where it has one.</summary>
    public static DemoEstablishment Apply(DemoEstablishment made)
    {
        DemoEstablishment open = made with { Opened = new DateOnly(2019, 4, 1), Closed = null, Openness = Openness.Scores };
        return Corrected.Contains(made.Number) ? open with { Inspections = WithCorrection(made.Number) }
            : Misstated.Contains(made.Number) ? open with { Inspections = WithMisstatement(made.Number) }
            : made;
    }

    /// <summary>Confidence in management was first published as 20 in place of 5; put right in February 2024.</summary>
    private static ImmutableArray<DemoInspection> WithCorrection(int number)
    {
        int shift = number % 7;
        var inspected = new DateOnly(2023, 5, 15);
        return
        [
            At(new DateOnly(2022, 6, 13).AddDays(shift % 5), new DemoScores(5, 5, 5)),
            At(inspected.AddDays(shift % 5), new DemoScores(5, 10, 5)) with { Mistaken = (new DemoScores(5, 10, 20), new DateOnly(2024, 2, 12)) },
            At(new DateOnly(2025, 3, 10).AddDays(shift % 5), new DemoScores(0, 5, 5)),
        ];
    }

    private static ImmutableArray<DemoInspection> WithMisstatement(int number)
    {
        var scores = new DemoScores(10, 5, number % 2 == 0 ? 10 : 5);
        return
        [
            At(new DateOnly(2022, 9, 5), new DemoScores(5, 5, 0)),
            At(new DateOnly(2024, 10, 7).AddDays(number % 5), scores) with { Misstated = scores.Rating + 1 },
        ];
    }

    private static DemoInspection At(DateOnly day, DemoScores scores) => new(day, day.AddDays(21), scores);
}
