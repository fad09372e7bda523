using System.Collections.Immutable;
using T = Probity.Rating.Expressions.ExpressionType;

namespace Probity.Rating.Expressions;

/// <summary>The operators on numbers, as CEL defines them for int and double, and the same for decimal.</summary>
internal static class Arithmetic
{
    public static IEnumerable<Function> All =>
    [
        Whole("+", (a, b) => checked(a + b)),
        Whole("-", (a, b) => checked(a - b)),
        Whole("*", (a, b) => checked(a * b)),
        Whole("/", (a, b) => a == long.MinValue && b == -1 ? throw new OverflowException() : a / b),
        Whole("%", (a, b) => a == long.MinValue && b == -1 ? throw new OverflowException() : a % b),
        Exact("+", (a, b) => a + b),
        Exact("-", (a, b) => a - b),
        Exact("*", (a, b) => a * b),
        Exact("/", (a, b) => a / b),
        Exact("%", (a, b) => a % b),
        Real("+", (a, b) => a + b),
        Real("-", (a, b) => a - b),
        Real("*", (a, b) => a * b),
        Real("/", (a, b) => a / b),
        new Function("neg", [T.Whole], T.Whole, static x => Whole(x[0]) == long.MinValue ? Overflow : new Operand.Whole(-Whole(x[0]))),
        new Function("neg", [T.Exact], T.Exact, static x => new Operand.Exact(-Exact(x[0]))),
        new Function("neg", [T.Real], T.Real, static x => new Operand.Real(-Real(x[0]))),
        new Function("abs", [T.Whole], T.Whole, static x => Whole(x[0]) == long.MinValue ? Overflow : new Operand.Whole(Math.Abs(Whole(x[0])))),
        new Function("abs", [T.Exact], T.Exact, static x => new Operand.Exact(Math.Abs(Exact(x[0])))),
        new Function("abs", [T.Real], T.Real, static x => new Operand.Real(Math.Abs(Real(x[0])))),
        .. Extremes("max", 1),
        .. Extremes("min", -1),
    ];

    private static Operand Overflow => new Operand.Failed("the result is beyond the range of its type");

    public static long Whole(Operand operand) => ((Operand.Whole)operand).Number;

    public static decimal Exact(Operand operand) => ((Operand.Exact)operand).Number;

    public static double Real(Operand operand) => ((Operand.Real)operand).Number;

    private static Function Whole(string sign, Func<long, long, long> compute) =>
        new(sign, [T.Whole, T.Whole], T.Whole, x => Guarded(() => new Operand.Whole(compute(Whole(x[0]), Whole(x[1]))))) { Refuses = RefusalOf(sign) };

    private static Function Exact(string sign, Func<decimal, decimal, decimal> compute) =>
        new(sign, [T.Exact, T.Exact], T.Exact, x => Guarded(() => new Operand.Exact(compute(Exact(x[0]), Exact(x[1]))))) { Refuses = RefusalOf(sign) };

    private static Function Real(string sign, Func<double, double, double> compute) =>
        new(sign, [T.Real, T.Real], T.Real, x => new Operand.Real(compute(Real(x[0]), Real(x[1])))) { Refuses = RefusalOf(sign) };

    private static Func<Operand?[], ImmutableArray<Refusal>>? RefusalOf(string sign) => sign is "/" or "%"
        ? static x => x[1]?.AsDouble() == 0 ? [new Refusal(1, "this divides by zero", "divide by something that is not 0, or say what holds where it is: y == 0 ? … : x / y")] : []
        : null;

    private static IEnumerable<Function> Extremes(string name, int wanted)
    {
        foreach (T type in (T[])[T.Whole, T.Exact, T.Real, T.Date])
        {
            yield return new Function(name, [type], type, x => x.Aggregate((best, next) => Comparison.Compare(next, best) == wanted ? next : best)) { Repeats = true };
        }
    }

    private static Operand Guarded(Func<Operand> compute)
    {
        try
        {
            return compute();
        }
        catch (DivideByZeroException)
        {
            return new Operand.Failed("a division by zero");
        }
        catch (OverflowException)
        {
            return Overflow;
        }
    }
}
