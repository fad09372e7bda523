using System.Collections.Immutable;
using System.Globalization;

namespace Probity.Demo;

/// <summary>A fictional establishment with its whole life.</summary>
internal sealed record DemoEstablishment
{
    /// <summary>From 1, in the order of opening.</summary>
    public required int Number { get; init; }

    /// <summary>Where it is.</summary>
    public required Town Town { get; init; }

    /// <summary>What it does.</summary>
    public required Trade Trade { get; init; }

    /// <summary>House number and street.</summary>
    public required string Street { get; init; }

    /// <summary>Part of the town.</summary>
    public required string Quarter { get; init; }

    /// <summary>Its postcode, of a form that no real country uses.</summary>
    public required string Postcode { get; init; }

    /// <summary>When it opened; before 2022 for most.</summary>
    public required DateOnly Opened { get; init; }

    /// <summary>When it closed; null where it is open at the end.</summary>
    public required DateOnly? Closed { get; init; }

    /// <summary>Its names, oldest first, each from a day.</summary>
    public required ImmutableArray<(DateOnly From, string Name)> Names { get; init; }

    /// <summary>What its authority publishes of it.</summary>
    public required Openness Openness { get; init; }

    /// <summary>Its inspections, oldest first, one a day at most.</summary>
    public required ImmutableArray<DemoInspection> Inspections { get; init; }

    /// <summary>Its identifier in the extracts, such as "K-000123".</summary>
    public string Id => IdOf(Number);

    /// <summary>The identifier of a number.</summary>
    public static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"K-{number:D6}");

    /// <summary>Whether it was open at the end of a day.</summary>
    public bool IsOpen(DateOnly day) => Opened <= day && (Closed is null || Closed > day);

    /// <summary>Its name on a day.</summary>
    public string NameOn(DateOnly day) => Names.LastOrDefault(one => one.From <= day, Names[0]).Name;
}

/// <summary>What an authority publishes of an establishment.</summary>
internal enum Openness
{
    /// <summary>Rating and scores.</summary>
    Scores,

    /// <summary>The rating without its scores.</summary>
    RatingOnly,

    /// <summary>That the scheme does not apply to it.</summary>
    Exempt,
}

/// <summary>One fictional inspection.</summary>
/// <param name="Day">When it was.</param>
/// <param name="Published">When its scores were published.</param>
/// <param name="Scores">The scores, as they stand at the end.</param>
internal sealed record DemoInspection(DateOnly Day, DateOnly Published, DemoScores Scores)
{
    /// <summary>Scores that were published by mistake, and when they were corrected; null for most.</summary>
    public (DemoScores Scores, DateOnly Corrected)? Mistaken { get; init; }

    /// <summary>A published rating that does not follow from the scores; null for most.</summary>
    public int? Misstated { get; init; }

    /// <summary>The scores as published on a day.</summary>
    public DemoScores ScoresOn(DateOnly day) => Mistaken is { } mistake && day < mistake.Corrected ? mistake.Scores : Scores;

    /// <summary>The rating as published on a day.</summary>
    public int RatingOn(DateOnly day) => Misstated ?? ScoresOn(day).Rating;
}
