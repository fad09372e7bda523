namespace Probity.Rating.Bench;

/// <summary>What every engine must give for each organisation: the sum, its rank among peers, the band.</summary>
internal sealed record Results(long[] Burden, double[] Rank, byte[] Band)
{
    public static Results Empty(int organisations) => new(new long[organisations], new double[organisations], new byte[organisations]);

    /// <summary>The first organisation for which another engine gives anything else; −1 where both are the same to the bit.</summary>
    public int FirstDifference(Results other)
    {
        for (int i = 0; i < Burden.Length; i++)
        {
            if (Burden[i] != other.Burden[i] || BitConverter.DoubleToInt64Bits(Rank[i]) != BitConverter.DoubleToInt64Bits(other.Rank[i]) || Band[i] != other.Band[i])
            {
                return i;
            }
        }

        return -1;
    }
}
