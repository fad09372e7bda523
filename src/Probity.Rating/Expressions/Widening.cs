using System.Globalization;

namespace Probity.Rating.Expressions;

/// <summary>
/// What converts by itself: an int to a decimal, which loses nothing; a literal to whatever number stands beside it; the empty list to
/// any list. A variable never becomes a double unless it says so.
/// </summary>
internal static class Widening
{
    /// <summary>The first of the parts' types that all parts can take; null where there is none. Broken where a part is, and the others agree.</summary>
    public static ExpressionType? Widest(IReadOnlyList<Typed> parts)
    {
        Typed[] sound = [.. parts.Where(part => !part.Type.IsBroken)];
        ExpressionType? type = sound.Select(part => part.Type).FirstOrDefault(type => sound.All(part => CanWiden(part, type)));
        return sound.Length < parts.Count && (type is not null || sound.Length == 0) ? ExpressionType.Broken : type;
    }

    /// <summary>Whether a part can stand where a type is wanted. What is broken can stand anywhere.</summary>
    public static bool CanWiden(Typed part, ExpressionType wanted) =>
        part.Type == wanted || part.Type.IsBroken || wanted.IsBroken
        || (part.Type is { Sort: Sort.List, Item: null } && wanted.Sort == Sort.List)
        || (part is Typed.ListOf list && wanted is { Sort: Sort.List, Item: { } item } && list.Items.All(one => CanWiden(one, item)))
        || (part.Type == ExpressionType.Whole && (wanted == ExpressionType.Exact || (wanted == ExpressionType.Real && part is Typed.Constant)))
        || (part is Typed.Constant { Value: Operand.Real { Number: > -7.9e27 and < 7.9e27 } } && wanted == ExpressionType.Exact);

    /// <summary>The part as that type, which it can take.</summary>
    public static Typed Widen(Typed part, ExpressionType wanted) => (part, wanted.Sort) switch
    {
        _ when part.Type == wanted || part.Type.IsBroken || wanted.IsBroken => part,
        (Typed.ListOf list, Sort.List) => new Typed.ListOf([.. list.Items.Select(one => Widen(one, wanted.Item!))], wanted),
        (Typed.Constant constant, Sort.Real) => new Typed.Constant(new Operand.Real(constant.Value.AsDouble()!.Value), wanted),
        (Typed.Constant constant, Sort.Exact) => new Typed.Constant(new Operand.Exact(Shortest(constant.Value)), wanted),
        (_, Sort.Exact) => new Typed.Apply(FunctionCatalogue.Named("decimal")[0], [part], wanted),
        _ => part,
    };

    // The shortest digits that give the double back are the digits that were written.
    private static decimal Shortest(Operand literal) => literal is Operand.Whole whole
        ? whole.Number
        : decimal.Parse(literal.ToString()!, NumberStyles.Float, CultureInfo.InvariantCulture);
}
