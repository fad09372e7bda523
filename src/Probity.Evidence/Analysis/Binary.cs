namespace Probity.Evidence.Analysis;

/// <summary>Doubles by their bits (IEEE 754, binary64).</summary>
internal static class Binary
{
    /// <summary>How many binary digits stand after the leading one.</summary>
    public const int FractionDigits = 52;

    private const int Bias = 1023;
    private const int LeastNormal = -1022;

    /// <summary>2 to a whole power from -1022 to 1023.</summary>
    public static double PowerOfTwo(int exponent) => BitConverter.Int64BitsToDouble((long)(exponent + Bias) << FractionDigits);

    /// <summary>The greatest whole power of two that a positive, normal number is not below.</summary>
    public static int ExponentOf(double number) => (int)(BitConverter.DoubleToInt64Bits(number) >> FractionDigits) - Bias;

    /// <summary>A positive, normal number over a whole power of two that leaves it normal, exactly.</summary>
    public static double Lowered(double number, int exponent) => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(number) - ((long)exponent << FractionDigits));

    /// <summary>Whether a positive number is too small for all its digits.</summary>
    public static bool IsSubnormal(double number) => number < 2.2250738585072014e-308;

    /// <summary>A number from a half to two times a whole power of two, from -1100 to 1100; rounded once where it becomes subnormal, infinite where too large.</summary>
    public static double Scaled(double number, int exponent) => exponent switch
    {
        > Bias => number * PowerOfTwo(Bias) * PowerOfTwo(exponent - Bias),
        < LeastNormal => number * PowerOfTwo(LeastNormal + FractionDigits + 2) * PowerOfTwo(exponent - LeastNormal - FractionDigits - 2),
        _ => number * PowerOfTwo(exponent),
    };
}
