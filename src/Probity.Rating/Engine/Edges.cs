using System.Collections.Immutable;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Engine;

/// <summary>How near an outcome is to the next band: by the cuts of tables, the middles between clusters, and where roundings turn.</summary>
internal static class Edges
{
    /// <summary>For each number that decides, the nearest value on either side at which the band changes; nearest first.</summary>
    public static ImmutableArray<BandMargin> MarginsOf(OrganisationRating rating, Worksheet? sheet)
    {
        if (sheet is null || rating.Outcome is not Outcome.Rated)
        {
            return [];
        }

        DecidingAxes axes = rating.Methodology.Plan.Axes;
        IEnumerable<BandMargin> margins = axes.All.SelectMany(axis => ValueOf(axis, sheet) is { } value && Math.Abs(value) <= InputDomain.Farthest
            ? (BandMargin?[])[Nearest((rating, sheet), axis, value, 1), Nearest((rating, sheet), axis, value, -1)] : []).OfType<BandMargin>();
        return [.. margins.OrderBy(margin => margin.Distance).ThenBy(margin => margin.Name, StringComparer.Ordinal).ThenBy(margin => margin.Cut)];
    }

    /// <summary>The band after states and overrides that a frame gives; null where it gives none.</summary>
    public static string? BandOf(Methodology methodology, Operand[] frame) =>
        Decision.OutcomeOf(methodology, frame, static _ => false) is Outcome.Rated rated ? rated.Band : null;

    /// <summary>A number as a type; null where it is no whole number and the type is.</summary>
    public static Operand? Numbered(decimal value, ExpressionType type) => type.Sort switch
    {
        Sort.Whole => value == decimal.Truncate(value) && Math.Abs(value) < long.MaxValue ? new Operand.Whole((long)value) : null,
        Sort.Exact => new Operand.Exact(value),
        _ => new Operand.Real((double)value),
    };

    private static decimal? ValueOf(DecidingAxis axis, Worksheet sheet) =>
        (axis.Rounds is not null && sheet.Adjusted.TryGetValue(axis.Slot.Number, out ScoreSteps? steps) ? steps.Raw : sheet.Frame[axis.Slot.Number]).AsDecimal();

    private static BandMargin? Nearest((OrganisationRating Rating, Worksheet Sheet) of, DecidingAxis axis, decimal value, int way)
    {
        IEnumerable<decimal> cuts = axis.CutsOf(of.Sheet.Frame, value, of.Rating.Methodology.Bands.Length)
            .Where(cut => Math.Abs(cut) <= InputDomain.Farthest && (way > 0 ? cut >= value : cut <= value)).Distinct().OrderBy(cut => way * cut);
        foreach (decimal cut in cuts)
        {
            // far beyond what a double can tell apart, near enough to reach no other cut
            decimal beyond = axis.IsWhole ? 1 : Math.Max(0.000000001m, Math.Abs(cut) / 1e12m);
            foreach ((decimal to, MarginSide side) in ((decimal, MarginSide)[])[(cut, MarginSide.At), (cut + (way * beyond), way > 0 ? MarginSide.Above : MarginSide.Below)])
            {
                if (to != value && BandWith(of, axis, to) is { } band && band != of.Rating.Outcome.Code)
                {
                    return new BandMargin(axis.Slot.Name, axis.Label, value, axis.IsWhole ? to : cut, band) { Unit = axis.Unit, Side = axis.IsWhole ? MarginSide.At : side };
                }
            }
        }

        return null;
    }

    private static string? BandWith((OrganisationRating Rating, Worksheet Sheet) of, DecidingAxis axis, decimal value)
    {
        if (Numbered(value, axis.TypeOf(of.Sheet)) is not { } number)
        {
            return null;
        }

        Worksheet other = of.Sheet.Copy();
        other.Frame[axis.Slot.Number] = axis.Rounds is { } rounded ? Scoring.Adjusted(rounded, number, other) : number;
        foreach (Step step in axis.After)
        {
            other.Score(step, of.Sheet.Cohort!);
        }

        return BandOf(of.Rating.Methodology, other.Frame);
    }
}
