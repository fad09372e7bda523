using System.Numerics;
using Probity.Evidence.Analysis;

namespace Probity.Rating.Columns;

/// <summary>The plain forms of the language's operators. What is doubtful is left to the language's own function.</summary>
internal static class Operations
{
    public readonly struct AddWhole : IBinary<long, long>
    {
        public static long Of(long left, long right, ref bool doubtful)
        {
            long sum = unchecked(left + right);
            doubtful |= ((left ^ sum) & (right ^ sum)) < 0;
            return sum;
        }
    }

    public readonly struct SubtractWhole : IBinary<long, long>
    {
        public static long Of(long left, long right, ref bool doubtful)
        {
            long rest = unchecked(left - right);
            doubtful |= ((left ^ right) & (left ^ rest)) < 0;
            return rest;
        }
    }

    public readonly struct MultiplyWhole : IBinary<long, long>
    {
        public static long Of(long left, long right, ref bool doubtful)
        {
            long high = Math.BigMul(left, right, out long low);
            doubtful |= high != low >> 63;
            return low;
        }
    }

    /// <summary>Where both sides are known to be near enough to zero.</summary>
    public readonly struct AddSmall : IBinary<long, long>
    {
        public static long Of(long left, long right, ref bool doubtful) => unchecked(left + right);
    }

    /// <summary>Where both sides are known to be near enough to zero.</summary>
    public readonly struct SubtractSmall : IBinary<long, long>
    {
        public static long Of(long left, long right, ref bool doubtful) => unchecked(left - right);
    }

    /// <summary>Where both sides are known to be near enough to zero.</summary>
    public readonly struct MultiplySmall : IBinary<long, long>
    {
        public static long Of(long left, long right, ref bool doubtful) => unchecked(left * right);
    }

    public readonly struct NegateWhole : IUnary<long, long>
    {
        public static long Of(long value, ref bool doubtful)
        {
            doubtful |= value == long.MinValue;
            return unchecked(-value);
        }
    }

    public readonly struct AddReal : IBinary<double, double>
    {
        public static double Of(double left, double right, ref bool doubtful) => Checked(left + right, ref doubtful);
    }

    public readonly struct SubtractReal : IBinary<double, double>
    {
        public static double Of(double left, double right, ref bool doubtful) => Checked(left - right, ref doubtful);
    }

    public readonly struct MultiplyReal : IBinary<double, double>
    {
        public static double Of(double left, double right, ref bool doubtful) => Checked(left * right, ref doubtful);
    }

    public readonly struct DivideReal : IBinary<double, double>
    {
        public static double Of(double left, double right, ref bool doubtful) => Checked(left / right, ref doubtful);
    }

    public readonly struct NegateReal : IUnary<double, double>
    {
        public static double Of(double value, ref bool doubtful) => -value;
    }

    public readonly struct AbsoluteReal : IUnary<double, double>
    {
        public static double Of(double value, ref bool doubtful) => Math.Abs(value);
    }

    public readonly struct SquareRoot : IUnary<double, double>
    {
        public static double Of(double value, ref bool doubtful) => Checked(Math.Sqrt(value), ref doubtful);
    }

    public readonly struct NaturalLogarithm : IUnary<double, double>
    {
        public static double Of(double value, ref bool doubtful) => Checked(Elementary.Ln(value), ref doubtful);
    }

    public readonly struct Exponential : IUnary<double, double>
    {
        public static double Of(double value, ref bool doubtful) => Checked(Elementary.Exp(value), ref doubtful);
    }

    public readonly struct CubeRoot : IUnary<double, double>
    {
        public static double Of(double value, ref bool doubtful) => Checked(Elementary.Cbrt(value), ref doubtful);
    }

    public readonly struct WholeToReal : IUnary<long, double>
    {
        public static double Of(long value, ref bool doubtful) => value;
    }

    public readonly struct ExactToReal : IUnary<decimal, double>
    {
        public static double Of(decimal value, ref bool doubtful) => (double)value;
    }

    public readonly struct WholeToExact : IUnary<long, decimal>
    {
        public static decimal Of(long value, ref bool doubtful) => value;
    }

    public readonly struct AddExact : IBinary<decimal, decimal>
    {
        public static decimal Of(decimal left, decimal right, ref bool doubtful) => Doubted(left, right, ref doubtful) ? 0 : left + right;
    }

    public readonly struct SubtractExact : IBinary<decimal, decimal>
    {
        public static decimal Of(decimal left, decimal right, ref bool doubtful) => Doubted(left, right, ref doubtful) ? 0 : left - right;
    }

    public readonly struct MultiplyExact : IBinary<decimal, decimal>
    {
        // Below 10^14 each, the product is below 10^28.
        public static decimal Of(decimal left, decimal right, ref bool doubtful)
        {
            bool large = Math.Abs(left) > 1e14m || Math.Abs(right) > 1e14m;
            doubtful |= large;
            return large ? 0 : left * right;
        }
    }

    public readonly struct DivideExact : IBinary<decimal, decimal>
    {
        public static decimal Of(decimal left, decimal right, ref bool doubtful)
        {
            bool doubt = Math.Abs(right) < 1e-12m || Math.Abs(left) > 1e15m;
            doubtful |= doubt;
            return doubt ? 0 : left / right;
        }
    }

    public readonly struct NegateExact : IUnary<decimal, decimal>
    {
        public static decimal Of(decimal value, ref bool doubtful) => -value;
    }

    public readonly struct Less<T> : IBinary<T, bool>
        where T : IComparisonOperators<T, T, bool>
    {
        public static bool Of(T left, T right, ref bool doubtful) => left < right;
    }

    public readonly struct LessOrEqual<T> : IBinary<T, bool>
        where T : IComparisonOperators<T, T, bool>
    {
        public static bool Of(T left, T right, ref bool doubtful) => left <= right;
    }

    public readonly struct Greater<T> : IBinary<T, bool>
        where T : IComparisonOperators<T, T, bool>
    {
        public static bool Of(T left, T right, ref bool doubtful) => left > right;
    }

    public readonly struct GreaterOrEqual<T> : IBinary<T, bool>
        where T : IComparisonOperators<T, T, bool>
    {
        public static bool Of(T left, T right, ref bool doubtful) => left >= right;
    }

    public readonly struct Same<T> : IBinary<T, bool>
        where T : IComparisonOperators<T, T, bool>
    {
        public static bool Of(T left, T right, ref bool doubtful) => left == right;
    }

    public readonly struct Different<T> : IBinary<T, bool>
        where T : IComparisonOperators<T, T, bool>
    {
        public static bool Of(T left, T right, ref bool doubtful) => left != right;
    }

    private static double Checked(double result, ref bool doubtful)
    {
        doubtful |= !double.IsFinite(result);
        return result;
    }

    private static bool Doubted(decimal left, decimal right, ref bool doubtful)
    {
        bool large = Math.Abs(left) > 1e27m || Math.Abs(right) > 1e27m;
        doubtful |= large;
        return large;
    }
}
