using System.Collections.Immutable;
using Probity.Rating.Expressions;

namespace Probity.Rating.Model;

/// <summary>How the statements of one organisation become one value.</summary>
internal sealed record IndicatorRule(string Name, int Slot, ExpressionType Type, Take Take)
{
    /// <summary>One expression for each evidence type it is taken from; at least one.</summary>
    public required ImmutableArray<IndicatorPart> Parts { get; init; }

    /// <summary>How far back evidence counts; null for as long as it has not expired.</summary>
    public Typed? Window { get; init; }

    /// <summary>The half-life of a statement's weight; null where age does not matter.</summary>
    public Typed? HalfLife { get; init; }

    /// <summary>What holds where there is no admissible evidence.</summary>
    public required WhenMissing WhenMissing { get; init; }

    /// <summary>What people see of it.</summary>
    public required Presentation Shown { get; init; }
}

/// <summary>What is taken from the statements of one type.</summary>
internal sealed record IndicatorPart(EvidenceType From, Typed Value, Typed? Where);

/// <summary>Which of several statements, or what of all of them.</summary>
internal enum Take
{
    Latest,
    Count,
    Sum,
    Mean,
    Max,
    Min,
}

/// <summary>The rule for what is missing, mandatory for every indicator (guard-rail G11).</summary>
internal abstract record WhenMissing(Wording Because)
{
    /// <summary>No rating: the indicator is required. <paramref name="Code"/> is the outcome's.</summary>
    public sealed record NotRated(string Code, Wording Why) : WhenMissing(Why);

    /// <summary>It stays missing; what uses it says what then holds.</summary>
    public sealed record Stays(Wording Why) : WhenMissing(Why);

    /// <summary>This value, for the reason given.</summary>
    public sealed record Counts(Operand As, Wording Why) : WhenMissing(Why);
}

/// <summary>How a value is shown.</summary>
internal sealed record Presentation(Wording Label, string Unit, Better Better)
{
    public decimal? Best { get; init; }

    public decimal? Worst { get; init; }

    /// <summary>The law or paper behind it; may be empty.</summary>
    public string Reference { get; init; } = "";
}
