using System.Collections.Immutable;
using System.Globalization;

namespace Probity.Rating.Expressions;

/// <summary>What an expression can come to. Missing and failed are values of their own: neither is ever a number (guard-rail G11).</summary>
internal abstract record Operand
{
    private Operand()
    {
    }

    /// <summary>A whole number of 64 bits; what goes beyond is <see cref="Failed"/>.</summary>
    public sealed record Whole(long Number) : Operand
    {
        public override string ToString() => Number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A decimal number, exact to 28 digits: points and money.</summary>
    public sealed record Exact(decimal Number) : Operand
    {
        public override string ToString() => Numbers.Text(Number);
    }

    /// <summary>An IEEE 754 double: statistics.</summary>
    public sealed record Real(double Number) : Operand
    {
        public override string ToString() => Number.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>A text.</summary>
    public sealed record Text(string Content) : Operand
    {
        public override string ToString() => Content;
    }

    /// <summary>True or false.</summary>
    public sealed record Truth(bool Holds) : Operand
    {
        public static readonly Truth True = new(true);
        public static readonly Truth False = new(false);

        public static Truth Of(bool holds) => holds ? True : False;

        public override string ToString() => Holds ? "true" : "false";
    }

    /// <summary>A calendar day.</summary>
    public sealed record Date(DateOnly Day) : Operand
    {
        public override string ToString() => Evidence.Day.Text(Day);
    }

    /// <summary>A length of time.</summary>
    public sealed record Span(Period Length) : Operand
    {
        public override string ToString() => Length.ToString();
    }

    /// <summary>Operands in order.</summary>
    public sealed record Items(ImmutableArray<Operand> Content) : Operand
    {
        // Below this many, putting them in order is not worth it.
        private const int Few = 32;
        private double[]? _ascending;

        /// <summary>How many of these numbers are lower than another. Their order is kept: the values of a cohort are asked again and again.</summary>
        public int CountBelow(double number)
        {
            if (Content.Length < Few)
            {
                return Content.Count(one => Arithmetic.Real(one) < number);
            }

            if (_ascending is null)
            {
                double[] sorted = [.. Content.Select(Arithmetic.Real)];
                Array.Sort(sorted);
                _ascending = sorted;
            }

            return Numbers.CountBelow(_ascending, number);
        }

        public bool Equals(Items? other) => other is not null && Content.AsSpan().SequenceEqual(other.Content.AsSpan());

        public override int GetHashCode() => Content.Length;

        public override string ToString() => "[" + string.Join(", ", Content) + "]";
    }

    /// <summary>There is no admissible evidence for it.</summary>
    public sealed record Missing(string Why) : Operand
    {
        public override string ToString() => "missing";
    }

    /// <summary>It cannot be computed: division by zero, overflow, not a number.</summary>
    public sealed record Failed(string Why) : Operand
    {
        public override string ToString() => "not computable";
    }

    /// <summary>True for a value, false for missing and failed.</summary>
    public bool IsKnown => this is not (Missing or Failed);

    /// <summary>The number as a decimal; null where it is none, or a double beyond the range of decimal.</summary>
    public decimal? AsDecimal() => this switch
    {
        Whole whole => whole.Number,
        Exact exact => exact.Number,
        Real real when Math.Abs(real.Number) < 7.9e27 => (decimal)real.Number,
        _ => null,
    };

    /// <summary>The number as a double; null where it is none.</summary>
    public double? AsDouble() => this switch
    {
        Whole whole => whole.Number,
        Exact exact => (double)exact.Number,
        Real real => real.Number,
        _ => null,
    };

    /// <summary>A double, or why it is none: not a number and infinity never become a value.</summary>
    public static Operand Finite(double number, string of) =>
        double.IsFinite(number) ? new Real(number) : new Failed($"{of} is not a finite number");
}
