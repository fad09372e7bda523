using System.Globalization;

namespace Probity.Rating.Expressions;

/// <summary>How numbers are written in results, the same digits on every machine; and how they are counted.</summary>
internal static class Numbers
{
    /// <summary>Without trailing zeros: "20", "0.5".</summary>
    public static string Text(decimal number) => (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);

    /// <summary>Without trailing zeros, rounded half away from zero to a number of places: for reading, never for comparing.</summary>
    public static string Short(decimal number, int places) => Text(Math.Round(number, places, MidpointRounding.AwayFromZero));

    /// <summary>How many of ascending numbers are lower than another.</summary>
    public static int CountBelow(ReadOnlySpan<double> ascending, double number)
    {
        (int low, int high) = (0, ascending.Length);
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = ascending[middle] < number ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
