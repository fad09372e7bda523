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
}

/// <summary>A limit: where the condition is true, the value is not more (or not less) than another.</summary>
internal sealed record Cap(string Id, Typed When, Typed At, bool IsFloor)
{
    public required Wording Because { get; init; }

    public string Reference { get; init; } = "";
}
