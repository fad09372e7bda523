using System.Text;
using System.Collections.Immutable;
using T = Probity.Rating.Expressions.ExpressionType;

namespace Probity.Rating.Expressions;

/// <summary>Equality and order. Texts are ordered by code point, as CEL orders them; false before true.</summary>
internal static class Comparison
{
    private static readonly ImmutableArray<T> Ordered = [T.Whole, T.Exact, T.Real, T.Text, T.Truth, T.Date, T.Span];

    public static IEnumerable<Function> All => Ordered.SelectMany(type => (Function[])
    [
        Relation("<", type, order => order == -1),
        Relation("<=", type, order => order is -1 or 0),
        Relation(">", type, order => order == 1),
        Relation(">=", type, order => order is 1 or 0),
        new Function("==", [type, type], T.Truth, static x => Operand.Truth.Of(Equal(x[0], x[1]))),
        new Function("!=", [type, type], T.Truth, static x => Operand.Truth.Of(!Equal(x[0], x[1]))),
    ]);

    /// <summary>−1, 0, 1; null where the two have no order (not a number).</summary>
    public static int? Compare(Operand left, Operand right) => (left, right) switch
    {
        (Operand.Whole a, Operand.Whole b) => a.Number.CompareTo(b.Number),
        (Operand.Exact a, Operand.Exact b) => a.Number.CompareTo(b.Number),
        (Operand.Real a, Operand.Real b) => double.IsNaN(a.Number) || double.IsNaN(b.Number) ? null : a.Number.CompareTo(b.Number),
        (Operand.Text a, Operand.Text b) => CompareTexts(a.Content, b.Content),
        (Operand.Truth a, Operand.Truth b) => a.Holds.CompareTo(b.Holds),
        (Operand.Date a, Operand.Date b) => a.Day.CompareTo(b.Day),
        (Operand.Span a, Operand.Span b) => a.Length.AverageDays.CompareTo(b.Length.AverageDays),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Same value; lists item by item.</summary>
    public static bool Equal(Operand left, Operand right) => (left, right) switch
    {
        (Operand.Items a, Operand.Items b) => a.Content.Length == b.Content.Length && a.Content.Zip(b.Content).All(pair => Equal(pair.First, pair.Second)),
        _ => Compare(left, right) == 0,
    };

    private static Function Relation(string sign, T type, Func<int?, bool> holds) =>
        new(sign, [type, type], T.Truth, x => Operand.Truth.Of(holds(Compare(x[0], x[1]))));

    private static int CompareTexts(string left, string right)
    {
        StringRuneEnumerator a = left.EnumerateRunes();
        StringRuneEnumerator b = right.EnumerateRunes();
        while (true)
        {
            bool more = a.MoveNext();
            if (!b.MoveNext())
            {
                return more ? 1 : 0;
            }

            if (!more)
            {
                return -1;
            }

            if (a.Current != b.Current)
            {
                return a.Current.CompareTo(b.Current) < 0 ? -1 : 1;
            }
        }
    }
}
