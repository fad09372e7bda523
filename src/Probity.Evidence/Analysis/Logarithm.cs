namespace Probity.Evidence.Analysis;

/// <summary>The natural logarithm to about 70 binary digits: the number over a power of two and a near fraction, whose logarithms are known.</summary>
internal static class Logarithm
{
    // Fractions n/4096 near 128/j: a number near j/128 times its fraction is within 1/200 of 1.
    private const int Steps = 128;
    private const int First = 90;
    private const int Last = 182;
    private const int Denominator = 4096;
    private const double RootOfTwo = 1.4142135623730951;
    private const long LeadingDigits = ~0x3FFFFFFL;

    private static readonly double[] Fractions = [.. Places.Select(j => (double)NumeratorOf(j) / Denominator)];
    private static readonly Twofold[] Logarithms = [.. Places.Select(j => FixedPoint.ToTwofold(-FixedPoint.LnOf(NumeratorOf(j), Denominator)))];

    // ln 2 in 42 digits, so that its product with an exponent is exact, and the rest.
    private static readonly double LnTwoHigh = FixedPoint.ToDouble(FixedPoint.Leading(FixedPoint.LnTwo, 42));
    private static readonly double LnTwoLow = FixedPoint.ToTwofold(FixedPoint.LnTwo - FixedPoint.Leading(FixedPoint.LnTwo, 42)).High;

    // 1 / ln 2 as a sum of two doubles
    private static readonly Twofold InverseOfLnTwo = Inverse(FixedPoint.ToTwofold(FixedPoint.LnTwo));

    private static IEnumerable<int> Places => Enumerable.Range(First, Last - First + 1);

    /// <summary>The logarithm of a finite number above zero.</summary>
    public static Twofold Of(double number)
    {
        int exponent = 0;
        if (Binary.IsSubnormal(number))
        {
            (number, exponent) = (number * Binary.PowerOfTwo(54), -54);
        }

        int leading = Binary.ExponentOf(number);
        double part = Binary.Lowered(number, leading);
        if (part >= RootOfTwo)
        {
            (part, leading) = (part / 2, leading + 1);
        }

        return OfPart(part, exponent + leading);
    }

    /// <summary>The logarithm to base 2 of a finite number above zero, rounded.</summary>
    public static double OfTwo(double number)
    {
        Twofold natural = Of(number);
        Twofold product = natural.Times(InverseOfLnTwo.High);
        return product.High + (product.Low + (natural.High * InverseOfLnTwo.Low));
    }

    // part · 2^exponent with part from √½ to √2
    private static Twofold OfPart(double part, int exponent)
    {
        int place = (int)((part * Steps) + 0.5) - First;
        double fraction = Fractions[place];
        Twofold known = Logarithms[place];
        double leading = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(part) & LeadingDigits);

        // exact: 27 digits times 13, then both near 1
        Twofold rest = Twofold.SumOrdered((leading * fraction) - 1, (part - leading) * fraction);
        Twofold square = Twofold.Product(rest.High, rest.High);
        Twofold sum = Twofold.Sum(exponent * LnTwoHigh, known.High);
        Twofold withRest = Twofold.Sum(sum.High, rest.High);
        Twofold withSquare = Twofold.Sum(withRest.High, -0.5 * square.High);
        double small = Cubes(rest.High, square.High) - (0.5 * square.Low) + rest.Low - (rest.High * rest.Low)
            + known.Low + (exponent * LnTwoLow) + sum.Low + withRest.Low + withSquare.Low;
        return Twofold.SumOrdered(withSquare.High, small);
    }

    // x³/3 − x⁴/4 + … + x⁹/9
    private static double Cubes(double x, double square) => square * x
        * ((1.0 / 3) - (x * ((1.0 / 4) - (x * ((1.0 / 5) - (x * ((1.0 / 6) - (x * ((1.0 / 7) - (x * ((1.0 / 8) - (x * (1.0 / 9)))))))))))));

    private static Twofold Inverse(Twofold of)
    {
        double inverse = 1 / of.High;
        Twofold product = of.Times(inverse);
        return new Twofold(inverse, ((1 - product.High) - product.Low) * inverse);
    }

    private static int NumeratorOf(int j) => ((Denominator * Steps) + (j / 2)) / j;
}
