namespace Probity.Rating;

/// <summary>
/// What rating one organisation needs to know of all the others: the cohort statistics of a methodology as of a day. Statistics are IEEE
/// doubles, summed in the order of organisation identifiers, so that they are the same on any machine.
/// </summary>
public sealed class Cohort
{
    internal Cohort(int size) => Size = size;

    /// <summary>The cohort of a methodology without cohort statistics.</summary>
    public static Cohort None { get; } = new(0);

    /// <summary>Organisations surveyed; 0 for <see cref="None"/>.</summary>
    public int Size { get; }
}
