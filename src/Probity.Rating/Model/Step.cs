using System.Collections.Immutable;
using Probity.Rating.Expressions;

namespace Probity.Rating.Model;

/// <summary>One score: a value computed from values that stand above it in the file.</summary>
internal sealed record Step(string Name, int Slot, ExpressionType Type, Operation Operation)
{
    /// <summary>Rounding of the result; null where it is not rounded.</summary>
    public Rounding? Rounding { get; init; }

    /// <summary>Limits that take effect on a condition, in order.</summary>
    public ImmutableArray<Cap> Caps { get; init; } = [];

    /// <summary>What people see of it.</summary>
    public required Presentation Shown { get; init; }
}

/// <summary>How a score is computed.</summary>
internal abstract record Operation
{
    private Operation()
    {
    }

    /// <summary>By an expression; <paramref name="Text"/> is how the file writes it.</summary>
    public sealed record Formula(Typed Expression, string Text) : Operation;

    /// <summary>By the first row of a table that holds.</summary>
    public sealed record Lookup(RuleTable Table) : Operation;

    /// <summary>From several values, each with its weight.</summary>
    public sealed record Aggregate(AggregateKind Kind, ImmutableArray<WeightedPart> Parts, bool SkipsMissing, int Need) : Operation;

    /// <summary>One number, or list of numbers, from all organisations; the same for everyone of a group.</summary>
    public sealed record Statistic(CohortStatistic Of) : Operation;
}

/// <summary>What is made of several values.</summary>
internal enum AggregateKind
{
    /// <summary>Σwx / Σw over the known values: the weight of what is missing is shared out in proportion.</summary>
    Mean,

    /// <summary>exp(Σw ln x / Σw).</summary>
    Geometric,

    /// <summary>Σwx.</summary>
    Sum,

    /// <summary>n·Σw(x − x̄)² / ((n − 1)·Σw), x̄ being the weighted mean.</summary>
    Variance,

    /// <summary>How many values are known; weights do not matter.</summary>
    Count,
}

/// <summary>A value that is aggregated, and its weight.</summary>
internal sealed record WeightedPart(Typed.Slot Of, Typed Weight);

/// <summary>A statistic over a cohort: over all organisations with a known value for which the condition is true.</summary>
internal sealed record CohortStatistic(StatisticKind Kind, Typed Of, Typed? Where, Typed? By)
{
    /// <summary>The fewest values it can be computed from, in each group; below, it is missing.</summary>
    public required int MinSize { get; init; }

    /// <summary>For percentiles, which: 0 to 100.</summary>
    public decimal At { get; init; }

    /// <summary>For percentiles, how one between two values is found; for clusters, how many.</summary>
    public string Definition { get; init; } = "";

    /// <summary>For clusters, how many.</summary>
    public int Clusters { get; init; }

    /// <summary>For clusters, the distance from every centre beyond which a value does not move one in a second run; 0 for one run only.</summary>
    public decimal Outlying { get; init; }
}

/// <summary>The statistics of a cohort.</summary>
internal enum StatisticKind
{
    Count,
    Mean,
    StandardDeviation,
    Min,
    Max,
    Percentile,

    /// <summary>All values, ascending.</summary>
    Values,

    /// <summary>The centres of one-dimensional k-means, ascending.</summary>
    Centres,
}

/// <summary>A limit: where the condition is true, the value is not more (or not less) than another.</summary>
internal sealed record Cap(string Id, Typed When, Typed At, bool IsFloor)
{
    public required Wording Because { get; init; }

    public string Reference { get; init; } = "";

    /// <summary>Where it stands in the file.</summary>
    public FilePlace Place { get; init; }
}
