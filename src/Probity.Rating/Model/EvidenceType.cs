using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Rating.Expressions;

namespace Probity.Rating.Model;

/// <summary>A type of evidence the methodology allows (guard-rail G06), and what its statements must hold.</summary>
internal sealed record EvidenceType(string Name, StatementKind Kind, ImmutableArray<EvidenceField> Fields, Expiry Expiry)
{
    /// <summary>What people call one statement of it, such as "inspection".</summary>
    public required Wording Label { get; init; }

    /// <summary>The context its statements must belong to (guard-rail G05).</summary>
    public required string Context { get; init; }

    /// <summary>How grave what it states is, from 1, the greater the graver (guard-rail G32); null where the file does not say.</summary>
    public int? Severity { get; init; }

    /// <summary>Names for expressions over one statement: its fields, "day", "item" and the parameters.</summary>
    public required Scope Scope { get; init; }

    /// <summary>The slot of "day" in <see cref="Scope"/>.</summary>
    public required int DaySlot { get; init; }

    /// <summary>The slot of "item" in <see cref="Scope"/>.</summary>
    public required int ItemSlot { get; init; }
}

/// <summary>When evidence ceases to count: a constant of its class, never none (guard-rail G31).</summary>
/// <param name="After">How long after the day from which it is true.</param>
/// <param name="Because">Why that long.</param>
internal sealed record Expiry(Period After, Wording Because);

/// <summary>One field of a statement's body.</summary>
internal sealed record EvidenceField(string Name, ExpressionType Type, string Unit, Wording Label)
{
    /// <summary>Its place in the frame of one statement.</summary>
    public required int Slot { get; init; }

    /// <summary>The values it may have; empty where any value of its type will do.</summary>
    public ImmutableArray<Operand> OneOf { get; init; } = [];

    /// <summary>The least number; null where there is none.</summary>
    public decimal? Least { get; init; }

    /// <summary>The greatest number; null where there is none.</summary>
    public decimal? Most { get; init; }

    /// <summary>True where a statement may leave it out; then it is missing in expressions.</summary>
    public bool Optional { get; init; }
}
