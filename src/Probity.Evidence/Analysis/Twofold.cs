namespace Probity.Evidence.Analysis;

/// <summary>
/// The unrounded sum of two doubles, the second at most half a unit in the last place of the first: about 106 binary digits. Every
/// operation is a fixed sequence of IEEE additions and multiplications (Dekker 1971, Knuth 4.2.2), hence the same bits on any machine.
/// </summary>
/// <param name="High">The sum, rounded.</param>
/// <param name="Low">What rounding left out.</param>
internal readonly record struct Twofold(double High, double Low)
{
    private const double Splitter = (1 << 27) + 1;

    /// <summary>The exact sum of any two doubles of which no sum overflows.</summary>
    public static Twofold Sum(double a, double b)
    {
        double sum = a + b;
        double part = sum - a;
        return new Twofold(sum, (a - (sum - part)) + (b - part));
    }

    /// <summary>The exact sum where the first is zero or not smaller than the second.</summary>
    public static Twofold SumOrdered(double larger, double smaller)
    {
        double sum = larger + smaller;
        return new Twofold(sum, smaller - (sum - larger));
    }

    /// <summary>The exact product, where neither factor is beyond 2^996 and the product is not below 2^-969.</summary>
    public static Twofold Product(double a, double b)
    {
        double product = a * b;
        (double aHigh, double bHigh) = (Leading(a), Leading(b));
        (double aLow, double bLow) = (a - aHigh, b - bHigh);
        return new Twofold(product, (((aHigh * bHigh) - product) + (aHigh * bLow) + (aLow * bHigh)) + (aLow * bLow));
    }

    /// <summary>This times a double, to about 100 digits.</summary>
    public Twofold Times(double factor)
    {
        Twofold product = Product(High, factor);
        return SumOrdered(product.High, product.Low + (Low * factor));
    }

    // The 26 leading binary digits of a double (Veltkamp).
    private static double Leading(double number)
    {
        double large = Splitter * number;
        return large - (large - number);
    }
}
