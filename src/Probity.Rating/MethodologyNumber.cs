using System.Collections.Immutable;
using Probity.Rating.Changes;

namespace Probity.Rating;

/// <summary>A number of the rules that somebody may want to turn: a parameter, a weight, or a cut of a table.</summary>
/// <param name="Name">What it is called in a question: "limit", "index.mortality", "band.2.total".</param>
/// <param name="Label">The same for people.</param>
/// <param name="Value">What it is on the day asked about.</param>
/// <param name="Range">Least and most of a sensible question; wider numbers may be asked too.</param>
public sealed record MethodologyNumber(string Name, string Label, decimal Value, (decimal Least, decimal Most) Range)
{
    /// <summary>Its unit; may be empty.</summary>
    public string Unit { get; init; } = "";

    /// <summary>True where it takes whole numbers only.</summary>
    public bool IsWhole { get; init; }

    /// <summary>True where it is a length of time, in whole months or days: look-back, half-life; 1 to 9999.</summary>
    public bool IsLength { get; init; }

    /// <summary>The numbers of a methodology that can be turned, in the order of the file: parameters, weights, cuts of tables.</summary>
    public static ImmutableArray<MethodologyNumber> Of(Methodology methodology, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(methodology);
        return TurnedPlan.NumbersOf(methodology, day);
    }

    /// <summary>
    /// A methodology with some numbers turned: what-if only, never published. Its fingerprint is its own, so that its ratings cannot be taken for
    /// those of the rules. What the check of a file would refuse is refused here too. Weights keep their sum: where some of a score's are turned, the
    /// others share what is left in proportion.
    /// </summary>
    /// <param name="methodology">The rules.</param>
    /// <param name="settings">Names and numbers.</param>
    /// <param name="day">The day asked about.</param>
    /// <param name="problems">What is wrong with the settings, in words; then the answer is null.</param>
    public static Methodology? Turn(Methodology methodology, IReadOnlyDictionary<string, decimal> settings, DateOnly day, ICollection<string> problems)
    {
        ArgumentNullException.ThrowIfNull(methodology);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(problems);
        return TurnedPlan.Turn(methodology, settings, day, problems);
    }
}
