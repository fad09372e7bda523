using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Rating.Expressions;

namespace Probity.Rating;

/// <summary>What a line of an explanation rests on.</summary>
public enum LineKind
{
    /// <summary>A statement of the ledger.</summary>
    Statement,

    /// <summary>A statistic of the cohort.</summary>
    Statistic,

    /// <summary>A rule of the methodology.</summary>
    Rule,
}

/// <summary>
/// One line of the tree that explains a rating. Where children have points, their points sum to the line's own, exactly (guard-rail G12).
/// </summary>
/// <param name="Kind">What it rests on.</param>
/// <param name="Text">The line in plain words, without its points.</param>
/// <param name="Points">What it adds, in <paramref name="Unit"/>; null where it adds nothing but explains.</param>
/// <param name="Unit">The unit of the points; may be empty.</param>
public sealed record ExplanationLine(LineKind Kind, string Text, decimal? Points, string Unit)
{
    /// <summary>What people call it, without its value: what a chart writes beside it.</summary>
    public string Label { get; init; } = Text;

    /// <summary>Ledger indexes of the statements it rests on, ascending; may be empty.</summary>
    public ImmutableArray<long> Evidence { get; init; } = [];

    /// <summary>The rule's place in the methodology, such as "score.total" or "band.row-2"; never empty.</summary>
    public required string Rule { get; init; }

    /// <summary>The law or paper behind the rule; may be empty.</summary>
    public string Reference { get; init; } = "";

    /// <summary>What it consists of, in order; may be empty.</summary>
    public ImmutableArray<ExplanationLine> Children { get; init; } = [];

    /// <summary>The line and all below it, outermost first.</summary>
    public IEnumerable<ExplanationLine> Walk() => Children.SelectMany(child => child.Walk()).Prepend(this);

    /// <summary>The line as canonical fields (formats/rating.md).</summary>
    public Fields ToFields()
    {
        var fields = new List<KeyValuePair<string, Value>>(8)
        {
            new("kind", Value.Of(Kind switch { LineKind.Statement => "statement", LineKind.Statistic => "statistic", _ => "rule" })),
            new("rule", Value.Of(Rule)),
            new("text", Value.Of(Text)),
        };
        if (Points is { } points)
        {
            fields.Add(new("points", Value.Of(Numbers.Text(points))));
            fields.Add(new("unit", Value.Of(Unit)));
        }

        if (!Evidence.IsEmpty)
        {
            fields.Add(new("evidence", new Value.Sequence([.. Evidence.Select(Value.Of)])));
        }

        if (Reference.Length > 0)
        {
            fields.Add(new("reference", Value.Of(Reference)));
        }

        if (!Children.IsEmpty)
        {
            fields.Add(new("lines", new Value.Sequence([.. Children.Select(child => (Value)new Value.Group(child.ToFields()))])));
        }

        return Fields.Of([.. fields]);
    }
}
