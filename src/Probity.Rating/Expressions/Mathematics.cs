using System.Collections.Immutable;
using Probity.Evidence.Analysis;
using T = Probity.Rating.Expressions.ExpressionType;

namespace Probity.Rating.Expressions;

/// <summary>Rounding, and the functions of analysis. The mode of a rounding is always written, never defaulted.</summary>
internal static class Mathematics
{
    public static IEnumerable<Function> All =>
    [
        new Function("round", [T.Exact, T.Whole, T.Text], T.Exact, static x => Round(Arithmetic.Exact(x[0]), x[1], x[2])) { Refuses = Unrounded },
        new Function("round", [T.Real, T.Whole, T.Text], T.Real, static x => RoundReal(Arithmetic.Real(x[0]), x[1], x[2])) { Refuses = Unrounded },
        new Function("percentile_rank", [T.Real, Numbers], T.Real, static x => PercentileRank(Arithmetic.Real(x[0]), (Operand.Items)x[1])) { Refuses = x => x[1] is Operand.Items { Content.Length: < 2 } ? [new Refusal(1, "a rank needs two values", "")] : [] },
        new Function("nearest", [T.Real, Numbers], T.Whole, static x => Nearest(Arithmetic.Real(x[0]), (Operand.Items)x[1])) { Refuses = x => x[1] is Operand.Items { Content.IsEmpty: true } ? [new Refusal(1, "there are no centres", "")] : [] },
        new Function("floor", [T.Exact], T.Exact, static x => new Operand.Exact(decimal.Floor(Arithmetic.Exact(x[0])))),
        new Function("floor", [T.Real], T.Real, static x => new Operand.Real(Math.Floor(Arithmetic.Real(x[0])))),
        new Function("ceil", [T.Exact], T.Exact, static x => new Operand.Exact(decimal.Ceiling(Arithmetic.Exact(x[0])))),
        new Function("ceil", [T.Real], T.Real, static x => new Operand.Real(Math.Ceiling(Arithmetic.Real(x[0])))),
        Analysis("sqrt", Math.Sqrt),
        Analysis("ln", Elementary.Ln),
        Analysis("exp", Elementary.Exp),
        Analysis("cbrt", Elementary.Cbrt),
        new Function("pow", [T.Real, T.Real], T.Real, static x => Operand.Finite(Elementary.Pow(Arithmetic.Real(x[0]), Arithmetic.Real(x[1])), "pow")),
    ];

    /// <summary>Which of several centres is nearest, from 0; the first of two equally near.</summary>
    public static int NearestOf(double[] centres, double value)
    {
        int nearest = 0;
        for (int i = 1; i < centres.Length; i++)
        {
            nearest = Math.Abs(value - centres[i]) < Math.Abs(value - centres[nearest]) ? i : nearest;
        }

        return nearest;
    }

    private static readonly T Numbers = T.ListOf(T.Real);

    private static Function Analysis(string name, Func<double, double> compute) =>
        new(name, [T.Real], T.Real, x => Operand.Finite(compute(Arithmetic.Real(x[0])), name));

    // (lowest rank − 1) / (n − 1): equal values share the lowest of their ranks.
    private static Operand PercentileRank(double value, Operand.Items ascending) => ascending.Content.Length < 2
        ? new Operand.Failed("a rank needs two values")
        : new Operand.Real((double)ascending.CountBelow(value) / (ascending.Content.Length - 1));

    // From 1; the lower of two equally near.
    private static Operand Nearest(double value, Operand.Items centres)
    {
        double[] places = [.. centres.Content.Select(Arithmetic.Real)];
        return places.Length == 0 ? new Operand.Failed("there are no centres") : new Operand.Whole(NearestOf(places, value) + 1);
    }

    private static ImmutableArray<Refusal> Unrounded(Operand?[] x)
    {
        bool far = x[1] is Operand.Whole { Number: < -Rounding.MostPlaces or > Rounding.MostPlaces };
        bool unknown = x[2] is Operand.Text { Content: var word } && !Rounding.Words.Contains(word);
        return
        [
            .. far ? (Refusal[])[new Refusal(1, $"{x[1]} is no number of places: from -{Rounding.MostPlaces} to {Rounding.MostPlaces}", "")] : [],
            .. unknown ? (Refusal[])[new Refusal(2, $"'{x[2]}' is no rounding", Rounding.Advice(x[2]!.ToString()!))] : [],
        ];
    }

    private static Operand Round(decimal number, Operand places, Operand mode) =>
        Rounding.TryNamed(((Operand.Text)mode).Content, Arithmetic.Whole(places), out Rounding? rounding)
            ? rounding.Of(new Operand.Exact(number))
            : new Operand.Failed($"'{mode}' to {places} places is no rounding");

    private static Operand RoundReal(double number, Operand places, Operand mode) =>
        Rounding.TryNamed(((Operand.Text)mode).Content, Arithmetic.Whole(places), out Rounding? rounding)
            ? rounding.Of(new Operand.Real(number))
            : new Operand.Failed($"'{mode}' to {places} places is no rounding");
}
