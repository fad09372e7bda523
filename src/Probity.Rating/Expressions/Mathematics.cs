using T = Probity.Rating.Expressions.ExpressionType;

namespace Probity.Rating.Expressions;

/// <summary>Rounding, and the functions of analysis. The mode of a rounding is always written, never defaulted.</summary>
internal static class Mathematics
{
    public static IEnumerable<Function> All =>
    [
        new Function("round", [T.Exact, T.Whole, T.Text], T.Exact, static x => Round(Arithmetic.Exact(x[0]), x[1], x[2])),
        new Function("round", [T.Real, T.Whole, T.Text], T.Real, static x => RoundReal(Arithmetic.Real(x[0]), x[1], x[2])),
        new Function("floor", [T.Exact], T.Exact, static x => new Operand.Exact(decimal.Floor(Arithmetic.Exact(x[0])))),
        new Function("floor", [T.Real], T.Real, static x => new Operand.Real(Math.Floor(Arithmetic.Real(x[0])))),
        new Function("ceil", [T.Exact], T.Exact, static x => new Operand.Exact(decimal.Ceiling(Arithmetic.Exact(x[0])))),
        new Function("ceil", [T.Real], T.Real, static x => new Operand.Real(Math.Ceiling(Arithmetic.Real(x[0])))),
        Analysis("sqrt", Math.Sqrt) with { IsInexact = false },
        Analysis("ln", Math.Log),
        Analysis("exp", Math.Exp),
        Analysis("cbrt", Math.Cbrt),
        new Function("pow", [T.Real, T.Real], T.Real, static x => Operand.Finite(Math.Pow(Arithmetic.Real(x[0]), Arithmetic.Real(x[1])), "pow")) { IsInexact = true },
    ];

    private static Function Analysis(string name, Func<double, double> compute) =>
        new(name, [T.Real], T.Real, x => Operand.Finite(compute(Arithmetic.Real(x[0])), name)) { IsInexact = true };

    private static Operand Round(decimal number, Operand places, Operand mode) =>
        Rounding.TryNamed(((Operand.Text)mode).Content, Arithmetic.Whole(places), out Rounding? rounding)
            ? new Operand.Exact(rounding.Of(number))
            : new Operand.Failed($"'{mode}' to {places} places is no rounding");

    private static Operand RoundReal(double number, Operand places, Operand mode) =>
        Rounding.TryNamed(((Operand.Text)mode).Content, Arithmetic.Whole(places), out Rounding? rounding)
            ? rounding.Of(new Operand.Real(number))
            : new Operand.Failed($"'{mode}' to {places} places is no rounding");
}
