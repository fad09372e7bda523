using System.Collections.Immutable;
using Probity.Rating.Expressions;

namespace Probity.Rating.Model;

/// <summary>Rows of which the first that holds counts. Complete: the last row, or the rows together, meet every case.</summary>
internal sealed record RuleTable(string Name, ImmutableArray<RuleRow> Rows);

/// <summary>A row: all its conditions true gives its result.</summary>
internal sealed record RuleRow(ImmutableArray<RuleCondition> When, Typed Then)
{
    public Wording Label { get; init; } = Wording.None;

    /// <summary>Where it stands in the file.</summary>
    public FilePlace Place { get; init; }
}

/// <summary>A condition of a row; <paramref name="Text"/> is how the file writes it.</summary>
internal sealed record RuleCondition(Typed Holds, string Text)
{
    /// <summary>The name it is about and the relation to a value; null where it is a whole expression.</summary>
    public AxisBound? Bound { get; init; }
}

/// <summary>A cut on one axis: "total &lt;= 15".</summary>
internal sealed record AxisBound(Typed.Slot Axis, string Relation, Typed Limit);

/// <summary>A place in the file, each from 1.</summary>
internal readonly record struct FilePlace(int Line, int Column);
