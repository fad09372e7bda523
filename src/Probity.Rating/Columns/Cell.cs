using System.Diagnostics;
using Probity.Rating.Expressions;

namespace Probity.Rating.Columns;

/// <summary>
/// Between an operand and the plain value a column holds of it: long for int, decimal, double for number, bool for flag, int (the day's
/// number) for date; everything else stays an operand.
/// </summary>
internal static class Cell
{
    /// <summary>The operand of a plain value.</summary>
    public static Operand Box<T>(T value) => value switch
    {
        long number => new Operand.Whole(number),
        decimal number => new Operand.Exact(number),
        double number => new Operand.Real(number),
        bool holds => Operand.Truth.Of(holds),
        int day => new Operand.Date(DateOnly.FromDayNumber(day)),
        Operand operand => operand,
        _ => throw new UnreachableException(),
    };

    /// <summary>Whether two operands are the same to the last bit: zero and minus zero are equal numbers, but not the same text.</summary>
    public static bool AreSame(Operand left, Operand right) => (left, right) switch
    {
        (Operand.Real a, Operand.Real b) => BitConverter.DoubleToInt64Bits(a.Number) == BitConverter.DoubleToInt64Bits(b.Number),
        (Operand.Items a, Operand.Items b) => a.Content.Length == b.Content.Length && a.Content.Zip(b.Content).All(pair => AreSame(pair.First, pair.Second)),
        _ => left.Equals(right),
    };

    /// <summary>The plain value of a known operand.</summary>
    public static T Unbox<T>(Operand operand) => (T)(object)(operand switch
    {
        _ when typeof(T) == typeof(Operand) => operand,
        Operand.Whole whole => whole.Number,
        Operand.Exact exact => exact.Number,
        Operand.Real real => real.Number,
        Operand.Truth truth => truth.Holds,
        Operand.Date date => date.Day.DayNumber,
        _ => throw new UnreachableException(),
    });
}
