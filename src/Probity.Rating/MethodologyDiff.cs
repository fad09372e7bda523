using System.Collections.Immutable;

namespace Probity.Rating;

/// <summary>What kind of thing a change between two methodologies is.</summary>
public enum ChangeKind
{
    /// <summary>A parameter or one of its dated values.</summary>
    Parameter,

    /// <summary>A weight, or the stated sum of weights.</summary>
    Weight,

    /// <summary>The scale, or a rule by which values become a band.</summary>
    Band,

    /// <summary>An indicator: how statements become a value.</summary>
    Indicator,

    /// <summary>A score: how values become a further value.</summary>
    Score,

    /// <summary>What counts as evidence, and for how long.</summary>
    Evidence,

    /// <summary>How firmly bands are tried.</summary>
    Robustness,

    /// <summary>A text for people: no rating follows from it.</summary>
    Text,

    /// <summary>What the methodology says of itself: version, status, authority, law, contexts.</summary>
    Heading,
}

/// <summary>One difference between two methodologies.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Place">Where in the file, such as "parameters half_life 2024-01-01 value".</param>
/// <param name="Before">What stood there; empty where nothing did.</param>
/// <param name="After">What stands there; empty where nothing does.</param>
public sealed record RuleChange(ChangeKind Kind, string Place, string Before, string After);

/// <summary>Compares the rules of two methodologies. Tests are no rules: they are left out, as they are of the fingerprint.</summary>
public static class MethodologyDiff
{
    /// <summary>Every difference, by kind, then in the order of the first file and after it the second; empty where the fingerprints are equal.</summary>
    public static ImmutableArray<RuleChange> Between(Methodology before, Methodology after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return Changes.RuleChanges.Between(before.Rules, after.Rules);
    }
}
