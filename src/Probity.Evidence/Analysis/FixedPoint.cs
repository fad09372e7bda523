using System.Numerics;

namespace Probity.Evidence.Analysis;

/// <summary>Constants of analysis computed in whole numbers, as multiples of 2^-192: tables need no digits taken from elsewhere.</summary>
internal static class FixedPoint
{
    private const int Digits = 192;
    private static readonly BigInteger One = BigInteger.One << Digits;

    /// <summary>ln 2, by 2·artanh(1/3).</summary>
    public static BigInteger LnTwo { get; } = LnOf(2, 1);

    /// <summary>The natural logarithm of a fraction of two positive whole numbers not far from each other.</summary>
    public static BigInteger LnOf(int numerator, int denominator)
    {
        // ln(a/b) = 2·artanh(q) = 2·(q + q³/3 + q⁵/5 + …) with q = (a − b)/(a + b)
        BigInteger power = One * (numerator - denominator) / (numerator + denominator);
        BigInteger square = power * power >> Digits;
        BigInteger sum = BigInteger.Zero;
        for (int odd = 1; !power.IsZero && power != BigInteger.MinusOne; odd += 2)
        {
            sum += power / odd;
            power = power * square >> Digits;
        }

        return 2 * sum;
    }

    /// <summary>2 to the power of a fraction from 0 to below 1.</summary>
    public static BigInteger PowerOfTwo(int numerator, int denominator)
    {
        BigInteger exponent = LnTwo * numerator / denominator;
        BigInteger term = One;
        BigInteger sum = BigInteger.Zero;
        for (int n = 1; !term.IsZero; n++)
        {
            sum += term;
            term = (term * exponent >> Digits) / n;
        }

        return sum;
    }

    /// <summary>The nearest twofold of a multiple of 2^-192.</summary>
    public static Twofold ToTwofold(BigInteger multiple)
    {
        BigInteger high = Leading(multiple, 53);
        return new Twofold(ToDouble(high), ToDouble(Leading(multiple - high, 53)));
    }

    /// <summary>The multiple rounded to so many binary digits.</summary>
    public static BigInteger Leading(BigInteger multiple, int digits)
    {
        long excess = BigInteger.Abs(multiple).GetBitLength() - digits;
        return excess <= 0 ? multiple : (multiple + (BigInteger.One << (int)(excess - 1)) >> (int)excess) << (int)excess;
    }

    /// <summary>A multiple of 2^-192 of at most 53 binary digits as a double, exactly.</summary>
    public static double ToDouble(BigInteger multiple)
    {
        if (multiple.IsZero)
        {
            return 0;
        }

        int zeros = 0;
        for (BigInteger rest = BigInteger.Abs(multiple); rest.IsEven; rest >>= 1)
        {
            zeros++;
        }

        return (long)(multiple >> zeros) * Binary.PowerOfTwo(zeros - Digits);
    }
}
