namespace Probity.Demo;

/// <summary>The three scores of one fictional inspection, in points; fewer are better.</summary>
/// <param name="Hygiene">0, 5, 10, 15, 20 or 25.</param>
/// <param name="Structural">0, 5, 10, 15, 20 or 25.</param>
/// <param name="Confidence">0, 5, 10, 20 or 30.</param>
internal readonly record struct DemoScores(int Hygiene, int Structural, int Confidence)
{
    /// <summary>All three together, 0 to 80.</summary>
    public int Total => Hygiene + Structural + Confidence;

    /// <summary>
    /// The rating the fictional authorities publish, 0 to 5. Written down here a second time, apart from the methodology file, so that the register's
    /// comparison with what was published compares two computations.
    /// </summary>
    public int Rating => (Total, Math.Max(Math.Max(Hygiene, Structural), Confidence)) switch
    {
        ( <= 15, <= 5) => 5,
        ( <= 20, <= 10) => 4,
        ( <= 30, <= 10) => 3,
        ( <= 40, <= 15) => 2,
        ( <= 50, <= 20) => 1,
        _ => 0,
    };

    /// <summary>What an officer gives where so much is wrong.</summary>
    /// <param name="wrong">About 0, nothing, to 100.</param>
    /// <param name="chance">Makes the three scores differ.</param>
    public static DemoScores Of(int wrong, SplitMix64 chance) => new(
        Step(wrong + chance.Between(-20, 20)),
        Step(wrong + chance.Between(-20, 20)),
        StepOfConfidence(wrong + chance.Between(-18, 15)));

    private static int Step(int wrong) => wrong switch { < 16 => 0, < 38 => 5, < 58 => 10, < 74 => 15, < 90 => 20, _ => 25 };

    private static int StepOfConfidence(int wrong) => wrong switch { < 20 => 0, < 44 => 5, < 66 => 10, < 88 => 20, _ => 30 };
}
