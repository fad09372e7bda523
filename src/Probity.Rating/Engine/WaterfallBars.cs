using System.Collections.Immutable;

namespace Probity.Rating.Engine;

/// <summary>Lays the points of an explanation end to end, so that they can be drawn: each bar begins where the one before it ends.</summary>
internal static class WaterfallBars
{
    /// <summary>The bars of a rating's score; empty where it has no score.</summary>
    public static ImmutableArray<WaterfallBar> Of(OrganisationRating rating)
    {
        if (rating.Score is null || rating.Explanation.Children.FirstOrDefault(line => line.Points is not null) is not { } score)
        {
            return [];
        }

        ImmutableArray<WaterfallBar>.Builder bars = ImmutableArray.CreateBuilder<WaterfallBar>();
        decimal at = 0;
        foreach (ExplanationLine line in Leaves(score))
        {
            decimal next = at + line.Points!.Value;
            bars.Add(new WaterfallBar(line.Label, line.Rule, at, next) { Unit = line.Unit, Evidence = line.Evidence });
            at = next;
        }

        return bars.ToImmutable();
    }

    // The finest lines that carry points: a line whose children carry them stands for its children.
    private static IEnumerable<ExplanationLine> Leaves(ExplanationLine line)
    {
        ExplanationLine[] parts = [.. line.Children.Where(child => child.Points is not null)];
        return parts.Length == 0 ? [line] : parts.SelectMany(Leaves);
    }
}
