using System.Collections.Immutable;

namespace Probity.Rating.Model;

/// <summary>How a composite is tried under other weights and other ways of computing it, so that each rating can say how firmly its band stands.</summary>
/// <param name="Seed">From which every draw follows: the same on any machine.</param>
/// <param name="Draws">How often it is tried, 10 to 100,000.</param>
internal sealed record RobustnessRule(ulong Seed, int Draws)
{
    /// <summary>The aggregates whose weights are drawn, in the order of the file; may be empty.</summary>
    public required ImmutableArray<VariedWeights> Weights { get; init; }

    /// <summary>The scores that have other ways of being computed, in the order of the file; may be empty.</summary>
    public required ImmutableArray<VariedScore> Alternatives { get; init; }
}

/// <summary>An aggregate whose weights are drawn.</summary>
/// <param name="Slot">Its slot.</param>
/// <param name="Spread">How.</param>
internal sealed record VariedWeights(int Slot, WeightSpread Spread);

/// <summary>How weights are drawn.</summary>
internal abstract record WeightSpread
{
    private WeightSpread()
    {
    }

    /// <summary>Each weight, independently, anywhere within a share of itself: 0.25 is from 75 to 125 per cent of it.</summary>
    public sealed record Uniform(decimal Share) : WeightSpread;

    /// <summary>
    /// All weights together from a Dirichlet distribution around those of the file, with whole parameters that sum to the concentration: the
    /// greater, the nearer. Drawn as gaps between sorted uniform numbers, in exact arithmetic.
    /// </summary>
    public sealed record Dirichlet(ImmutableArray<int> Parts) : WeightSpread;
}

/// <summary>A score and other ways of computing it; each, and the one of the rules, is as likely as any other.</summary>
/// <param name="Slot">Its slot.</param>
/// <param name="Instead">The score computed otherwise; at least one. Their types may differ from the score's.</param>
internal sealed record VariedScore(int Slot, ImmutableArray<Step> Instead);
