using System.Numerics;

namespace Probity.Rating.Columns;

/// <summary>Folds plain values, of which there is at least one, in order; false where the interpreter's own fold must decide (overflow, not finite).</summary>
internal interface IFold<T, TResult>
{
    static abstract bool Of(ReadOnlySpan<T> values, out TResult result);
}

/// <summary>The plain forms of what an indicator can take.</summary>
internal static class Folds
{
    public readonly struct Count<T> : IFold<T, long>
    {
        public static bool Of(ReadOnlySpan<T> values, out long result)
        {
            result = values.Length;
            return true;
        }
    }

    public readonly struct Latest<T> : IFold<T, T>
    {
        public static bool Of(ReadOnlySpan<T> values, out T result)
        {
            result = values[^1];
            return true;
        }
    }

    /// <summary>Where all values together cannot go beyond 64 bits.</summary>
    public readonly struct SumSmall : IFold<long, long>
    {
        public static bool Of(ReadOnlySpan<long> values, out long result)
        {
            long sum = 0;
            foreach (long value in values)
            {
                sum = unchecked(sum + value);
            }

            result = sum;
            return true;
        }
    }

    public readonly struct SumWhole : IFold<long, long>
    {
        public static bool Of(ReadOnlySpan<long> values, out long result)
        {
            (long sum, bool doubtful) = (0, false);
            foreach (long value in values)
            {
                sum = Operations.AddWhole.Of(sum, value, ref doubtful);
            }

            result = sum;
            return !doubtful;
        }
    }

    public readonly struct MeanWhole : IFold<long, decimal>
    {
        public static bool Of(ReadOnlySpan<long> values, out decimal result)
        {
            bool summed = SumWhole.Of(values, out long sum);
            result = (decimal)sum / values.Length;
            return summed;
        }
    }

    public readonly struct SumExact : IFold<decimal, decimal>
    {
        public static bool Of(ReadOnlySpan<decimal> values, out decimal result)
        {
            (decimal sum, bool doubtful) = (values[0], false);
            for (int i = 1; i < values.Length && !doubtful; i++)
            {
                sum = Operations.AddExact.Of(sum, values[i], ref doubtful);
            }

            result = sum;
            return !doubtful;
        }
    }

    public readonly struct MeanExact : IFold<decimal, decimal>
    {
        public static bool Of(ReadOnlySpan<decimal> values, out decimal result)
        {
            bool summed = SumExact.Of(values, out decimal sum);
            result = sum / values.Length;
            return summed;
        }
    }

    public readonly struct SumReal : IFold<double, double>
    {
        public static bool Of(ReadOnlySpan<double> values, out double result)
        {
            double sum = values[0];
            for (int i = 1; i < values.Length; i++)
            {
                sum += values[i];
            }

            result = sum;
            return double.IsFinite(sum);
        }
    }

    public readonly struct MeanReal : IFold<double, double>
    {
        public static bool Of(ReadOnlySpan<double> values, out double result)
        {
            bool summed = SumReal.Of(values, out double sum);
            result = sum / values.Length;
            return summed;
        }
    }

    public readonly struct Max<T> : IFold<T, T>
        where T : IComparisonOperators<T, T, bool>
    {
        public static bool Of(ReadOnlySpan<T> values, out T result)
        {
            result = values[0];
            foreach (T value in values)
            {
                result = value > result ? value : result;
            }

            return true;
        }
    }

    public readonly struct Min<T> : IFold<T, T>
        where T : IComparisonOperators<T, T, bool>
    {
        public static bool Of(ReadOnlySpan<T> values, out T result)
        {
            result = values[0];
            foreach (T value in values)
            {
                result = value < result ? value : result;
            }

            return true;
        }
    }
}
