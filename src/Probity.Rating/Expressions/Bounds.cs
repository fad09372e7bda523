namespace Probity.Rating.Expressions;

/// <summary>Between which numbers something lies where it is known; no bound is said that is not certain.</summary>
/// <param name="Least">None is below; null where that is not known.</param>
/// <param name="Most">None is above; null where that is not known.</param>
/// <param name="IsRough">True where doubles were computed with, so that a value may lie beyond a bound by what they cannot tell apart.</param>
internal readonly record struct Bounds(decimal? Least, decimal? Most, bool IsRough)
{
    // Beyond this nobody needs to know, and nothing overflows.
    private const decimal Farthest = 1e13m;

    /// <summary>The bounds of an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="scope">Where names have their bounds.</param>
    /// <param name="parameters">The bounds of a slot that is a parameter's; null for another slot.</param>
    public static Bounds Of(Typed expression, Scope scope, Func<Typed.Slot, Bounds?> parameters) => expression switch
    {
        Typed.Constant constant => At(constant.Value),
        Typed.Slot slot => parameters(slot) ?? scope.BoundsOf(slot.Number),
        Typed.Choice choice => Of(choice.Then, scope, parameters).Hull(Of(choice.Else, scope, parameters)),
        Typed.Apply apply when apply.Type.IsNumber => OfFunction(apply, [.. apply.Arguments.Select(argument => Of(argument, scope, parameters))]),
        _ => default,
    };

    /// <summary>One number.</summary>
    public static Bounds At(Operand value) => value.AsDecimal() is { } number && Math.Abs(number) <= Farthest ? new(number, number, false) : default;

    /// <summary>The same without bounds so far away that computing with them could overflow.</summary>
    public Bounds HeldNear() => new(Held(Least), Held(Most), IsRough);

    /// <summary>What lies in one or the other.</summary>
    public Bounds Hull(Bounds other) => new(
        Least is { } least && other.Least is { } below ? Math.Min(least, below) : null,
        Most is { } most && other.Most is { } above ? Math.Max(most, above) : null,
        IsRough || other.IsRough);

    /// <summary>The sum of one or more such numbers, each perhaps weighed from 0 to 1.</summary>
    public Bounds Summed(bool weighed) => new(Least >= 0 ? (weighed ? 0 : Least) : null, Most <= 0 ? (weighed ? 0 : Most) : null, true);

    /// <summary>The same, where it was computed with doubles.</summary>
    public Bounds Rough() => this with { IsRough = true };

    /// <summary>The sum of two numbers.</summary>
    public Bounds Plus(Bounds other) => new(Held(Least + other.Least), Held(Most + other.Most), IsRough || other.IsRough);

    /// <summary>The product of two numbers.</summary>
    public Bounds Times(Bounds other)
    {
        if (this is not { Least: { } al, Most: { } am } || other is not { Least: { } bl, Most: { } bm })
        {
            return Least >= 0 && other.Least >= 0 ? new(0, null, true) : default;
        }

        decimal[] corners = [al * bl, al * bm, am * bl, am * bm];
        return new(Held(corners.Min()), Held(corners.Max()), IsRough || other.IsRough);
    }

    /// <summary>Whether every number of these is beyond every number of others, by more than what was computed roughly can be wrong.</summary>
    public bool IsBelow(Bounds other, bool orEqual)
    {
        if (Most is not { } most || other.Least is not { } least)
        {
            return false;
        }

        decimal slack = IsRough || other.IsRough ? 0.000000001m * (1 + Math.Abs(least)) : 0;
        return slack > 0 ? most + slack < least : orEqual ? most <= least : most < least;
    }

    private static Bounds OfFunction(Typed.Apply apply, Bounds[] of)
    {
        bool rough = apply.Type == ExpressionType.Real;
        Bounds bounds = (apply.Function.Name, of) switch
        {
            ("double" or "decimal", [var one]) => one,
            ("neg", [var one]) => one.Negated(),
            ("+", [var a, var b]) => a.Plus(b),
            ("-", [var a, var b]) => a.Plus(b.Negated()),
            ("*", [var a, var b]) => a.Times(b),
            ("min", [var a, var b]) => b.Negated().Greater(a.Negated()).Negated(),
            ("max", [var a, var b]) => a.Greater(b),
            _ => default,
        };
        return rough && apply.Function.Name is not ("min" or "max" or "neg") ? bounds.Rough() : bounds;
    }

    private Bounds Negated() => new(-Most, -Least, IsRough);

    private Bounds Greater(Bounds other) => new(
        Least is { } least ? Math.Max(least, other.Least ?? least) : other.Least,
        Most is { } most && other.Most is { } above ? Math.Max(most, above) : null,
        IsRough || other.IsRough);

    private static decimal? Held(decimal? bound) => bound is { } number && Math.Abs(number) <= Farthest ? number : null;
}
