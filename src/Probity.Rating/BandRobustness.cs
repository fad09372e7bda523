using System.Collections.Immutable;

namespace Probity.Rating;

/// <summary>
/// How firmly a band stands: how often it comes out under the other weights and other ways of computing that the methodology names. The same seed
/// gives the same counts on any machine.
/// </summary>
/// <param name="Band">The band of the rating.</param>
/// <param name="Draws">How often the outcome was tried.</param>
/// <param name="Outcomes">What came out, bands in the order of the scale, then other outcomes; the counts sum to <paramref name="Draws"/>.</param>
public sealed record BandRobustness(string Band, int Draws, ImmutableArray<OutcomeCount> Outcomes)
{
    /// <summary>The part of the draws in which the band is the same, 0 to 1.</summary>
    public decimal Probability => (decimal)(Outcomes.FirstOrDefault(one => one.Code == Band)?.Draws ?? 0) / Draws;
}

/// <summary>How often an outcome came out.</summary>
/// <param name="Code">A band's code or one of <see cref="NotRatedCodes"/>.</param>
/// <param name="Draws">In how many draws; at least one.</param>
public sealed record OutcomeCount(string Code, int Draws);
