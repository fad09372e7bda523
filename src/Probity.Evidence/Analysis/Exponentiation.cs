namespace Probity.Evidence.Analysis;

/// <summary>e to the power of a twofold: a whole power of two, a power of the 64th root of two from a table, and a short series for the rest.</summary>
internal static class Exponentiation
{
    /// <summary>Above it every power of e is beyond the range of doubles.</summary>
    public const double Most = 709.8;

    /// <summary>Below it every power of e is nearer to zero than to the least double.</summary>
    public const double Least = -745.2;

    private const int Parts = 64;
    private static readonly Twofold[] Roots = [.. Enumerable.Range(0, Parts).Select(j => FixedPoint.ToTwofold(FixedPoint.PowerOfTwo(j, Parts)))];

    // ln 2 / 64 in 34 digits, 34 further ones, so that their products with a whole number of 17 digits are exact, and the rest.
    private static readonly double StepHigh = FixedPoint.ToDouble(FixedPoint.Leading(FixedPoint.LnTwo / Parts, 34));
    private static readonly double StepMiddle = FixedPoint.ToDouble(FixedPoint.Leading((FixedPoint.LnTwo / Parts) - FixedPoint.Leading(FixedPoint.LnTwo / Parts, 34), 34));
    private static readonly double StepLow = FixedPoint.ToTwofold((FixedPoint.LnTwo / Parts) - FixedPoint.Leading(FixedPoint.LnTwo / Parts, 34)
        - FixedPoint.Leading((FixedPoint.LnTwo / Parts) - FixedPoint.Leading(FixedPoint.LnTwo / Parts, 34), 34)).High;

    private static readonly double StepsInOne = Parts / FixedPoint.ToTwofold(FixedPoint.LnTwo).High;

    /// <summary>e to a power from <see cref="Least"/> to <see cref="Most"/>, rounded to a double.</summary>
    public static double Of(Twofold power)
    {
        double steps = Math.Floor((power.High * StepsInOne) + 0.5);
        int whole = (int)steps;
        Twofold near = Twofold.Sum(power.High - (steps * StepHigh), -(steps * StepMiddle));
        Twofold rest = Twofold.SumOrdered(near.High, near.Low - (steps * StepLow) + power.Low);
        double x = rest.High;

        // e^x − 1 − x
        double series = x * x * (0.5 + (x * ((1.0 / 6) + (x * ((1.0 / 24) + (x * ((1.0 / 120) + (x * ((1.0 / 720) + (x * (1.0 / 5040)))))))))));
        Twofold root = Roots[whole & (Parts - 1)];
        Twofold growth = Twofold.Product(root.High, x);
        Twofold sum = Twofold.SumOrdered(root.High, growth.High);
        double small = sum.Low + (growth.Low + root.Low + (root.High * (rest.Low + series)) + (root.Low * x));
        return Binary.Scaled(sum.High + small, whole >> 6);
    }
}
