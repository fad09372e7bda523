using System.Collections.Immutable;

namespace Probity.Rating.Expressions;

/// <summary>A checked expression: every name has a slot, every operation its types. Whoever computes it, computes it the same.</summary>
internal abstract record Typed(ExpressionType Type)
{
    /// <summary>A value known when the file is read.</summary>
    public sealed record Constant(Operand Value, ExpressionType Of) : Typed(Of);

    /// <summary>The value in a slot of the frame.</summary>
    public sealed record Slot(int Number, string Name, ExpressionType Of) : Typed(Of);

    /// <summary>An operation on operands that are all known; a missing or failed one makes the result missing or failed.</summary>
    public sealed record Apply(Function Function, ImmutableArray<Typed> Arguments, ExpressionType Of) : Typed(Of);

    /// <summary>"&amp;&amp;" or "||": true and false decide even beside a missing or failed side (three-valued logic, as in CEL).</summary>
    public sealed record Logic(bool IsAnd, Typed Left, Typed Right) : Typed(ExpressionType.Truth);

    /// <summary>One of two, by a condition; the other is not computed.</summary>
    public sealed record Choice(Typed If, Typed Then, Typed Else) : Typed(Then.Type);

    /// <summary>Whether a value is there at all; itself never missing.</summary>
    public sealed record IsKnown(Typed Of, bool Wanted) : Typed(ExpressionType.Truth);

    /// <summary>A list.</summary>
    public sealed record ListOf(ImmutableArray<Typed> Items, ExpressionType Of) : Typed(Of);

    /// <summary>all, exists or exists_one over a list; the item stands in a slot of its own.</summary>
    public sealed record Every(Quantifier Quantifier, Typed Over, int ItemSlot, Typed Holds) : Typed(ExpressionType.Truth);

    /// <summary>
    /// Something wrong that has been told already. Its type is that which it would have whatever was meant, and <see cref="ExpressionType.Broken"/>
    /// where that is unknown. Never computed: a file with a problem gives no methodology.
    /// </summary>
    /// <param name="Parts">What of it could be read.</param>
    /// <param name="Of">Its type.</param>
    public sealed record Broken(ImmutableArray<Typed> Parts, ExpressionType Of) : Typed(Of)
    {
        /// <summary>Nothing of it could be read.</summary>
        public static readonly Broken Unread = new([], ExpressionType.Broken);

        /// <summary>The function whose arguments the parts are, so that those known before there are data are checked all the same; null where it is none, or unknown.</summary>
        public Function? Meant { get; init; }
    }

    /// <summary>True where nothing in it is wrong. A value that is wrong itself is no fault of what uses it, but makes it unsound too.</summary>
    public bool IsSound => Walk().All(part => part is not Broken && !part.Type.IsBroken);

    /// <summary>The slots an expression reads of its scope, each once, in the order of first use; the item of a quantifier is its own and not among them.</summary>
    public IEnumerable<Slot> Slots()
    {
        HashSet<int> items = [.. Walk().OfType<Every>().Where(every => every.Holds is not Constant).Select(every => every.ItemSlot)];
        return Walk().OfType<Slot>().Where(slot => !items.Contains(slot.Number)).DistinctBy(slot => slot.Number);
    }

    /// <summary>The expression and all its parts, outermost first.</summary>
    public IEnumerable<Typed> Walk()
    {
        ImmutableArray<Typed> parts = this switch
        {
            Constant or Slot => [],
            Apply apply => apply.Arguments,
            Logic logic => [logic.Left, logic.Right],
            Choice choice => [choice.If, choice.Then, choice.Else],
            IsKnown known => [known.Of],
            ListOf list => list.Items,
            Every every => [every.Over, every.Holds],
            Broken broken => broken.Parts,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return parts.SelectMany(part => part.Walk()).Prepend(this);
    }
}

/// <summary>How many items of a list a condition must hold for.</summary>
internal enum Quantifier
{
    All,
    Exists,
    ExistsOne,
}
