namespace Probity.Evidence.Analysis;

/// <summary>
/// Logarithms, powers and roots, computed here and by no library of the machine: a fixed sequence of IEEE additions,
/// multiplications and divisions, hence the same bits on any machine. Results are within 0.51 units in the last place (subnormal ones
/// within 1); special values are those of IEEE 754-2019, section 9.2.
/// </summary>
public static class Elementary
{
    // Below this distance from zero a power of anything is nearer to 1 than to any other double; beyond its inverse it is 0, 1 or infinite.
    private const double TinyPower = 1d / (1L << 62) / (1 << 10);
    private const double HugePower = (double)(1L << 62) * 4;

    /// <summary>The natural logarithm; not a number below zero, minus infinity at zero.</summary>
    public static double Ln(double x) => x switch
    {
        > 0 and < double.PositiveInfinity => Logarithm.Of(x).High,
        0 => double.NegativeInfinity,
        double.PositiveInfinity => x,
        _ => double.NaN,
    };

    /// <summary>The logarithm to base 2, exact for the powers of two; not a number below zero, minus infinity at zero.</summary>
    public static double Log2(double x) => x is > 0 and < double.PositiveInfinity ? Logarithm.OfTwo(x) : Ln(x);

    /// <summary>e to the power of a number.</summary>
    public static double Exp(double x) => x switch
    {
        > Exponentiation.Most => double.PositiveInfinity,
        < Exponentiation.Least => 0,
        >= Exponentiation.Least => Exponentiation.Of(new Twofold(x, 0)),
        _ => double.NaN,
    };

    /// <summary>One number to the power of another; not a number where a negative one has a power that is not whole.</summary>
    public static double Pow(double x, double y)
    {
        if (y == 0 || x == 1)
        {
            return 1;
        }

        if (double.IsNaN(x) || double.IsNaN(y))
        {
            return double.NaN;
        }

        bool isWhole = Math.Floor(y) == y;
        bool isOdd = isWhole && Math.Abs(y) < 1L << 53 && ((long)y & 1) != 0;
        if (double.IsNegative(x) && x != 0 && double.IsFinite(x) && !isWhole)
        {
            return double.NaN;
        }

        double size = PowerOfPositive(Math.Abs(x), y);
        return double.IsNegative(x) && isOdd ? -size : size;
    }

    /// <summary>The cube root, with the sign of the number.</summary>
    public static double Cbrt(double x)
    {
        double size = Math.Abs(x);
        if (!(size > 0 && size < double.PositiveInfinity))
        {
            return x;
        }

        int thirds = 0;
        if (Binary.IsSubnormal(size))
        {
            (size, thirds) = (size * Binary.PowerOfTwo(54), -18);
        }

        // down to 1 … 8, whose root is 1 … 2
        int third = ((Binary.ExponentOf(size) + 3072) / 3) - 1024;
        double root = RootOfPart(Binary.Lowered(size, 3 * third)) * Binary.PowerOfTwo(third + thirds);
        return double.IsNegative(x) ? -root : root;
    }

    private static double PowerOfPositive(double x, double y)
    {
        if (x == 1)
        {
            return 1;
        }

        bool grows = (x > 1) == (y > 0);
        if (x == 0 || double.IsInfinity(x) || Math.Abs(y) >= HugePower)
        {
            return grows ? double.PositiveInfinity : 0;
        }

        if (Math.Abs(y) < TinyPower)
        {
            return 1;
        }

        Twofold power = Logarithm.Of(x).Times(y);
        return power.High > Exponentiation.Most ? double.PositiveInfinity : power.High < Exponentiation.Least ? 0 : Exponentiation.Of(power);
    }

    // Two of Halley's steps from a straight line, each with three times as many digits as the last; then what is left of the cube, exactly.
    private static double RootOfPart(double part)
    {
        double root = 0.9 + (part * 0.15);
        for (int step = 0; step < 2; step++)
        {
            double cube = root * root * root;
            root = root * (cube + part + part) / (cube + cube + part);
        }

        Twofold square = Twofold.Product(root, root);
        Twofold exact = Twofold.Product(square.High, root);
        double left = part - exact.High - exact.Low - (square.Low * root);
        return root + (left / (3 * square.High));
    }
}
