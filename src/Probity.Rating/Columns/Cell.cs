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
