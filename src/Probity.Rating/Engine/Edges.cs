using System.Collections.Immutable;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Engine;

/// <summary>How near an outcome is to the next band: by the cuts of the table.</summary>
internal static class Edges
{
    private const decimal Beyond = 0.000001m;

    /// <summary>For each axis of the table the nearest value on either side at which the band changes; nearest first.</summary>
    public static ImmutableArray<BandMargin> MarginsOf(OrganisationRating rating, Worksheet? sheet)
    {
        if (sheet is null || rating.Outcome is not Outcome.Rated rated)
        {
            return [];
        }

        Plan plan = rating.Methodology.Plan;
        var margins = new List<BandMargin>();
        foreach (Typed.Slot axis in Scoring.SlotsOf(plan.Outcome.Table).Where(slot => slot.Type.IsNumber && plan.Shown(slot.Name) is not null))
        {
            decimal value = sheet.Frame[axis.Number].AsDecimal()!.Value;
            IEnumerable<(decimal Cut, string Band)> moves = CutsOf(plan.Outcome.Table, axis, sheet.Frame)
                .Select(cut => (Cut: cut, Band: BandWith(rating.Methodology, sheet.Frame, axis, cut)))
                .Where(move => move.Band is not null && move.Band != rated.Band)!;
            foreach (IGrouping<bool, (decimal Cut, string Band)> side in moves.GroupBy(move => move.Cut > value))
            {
                (decimal cut, string band) = side.OrderBy(move => Math.Abs(move.Cut - value)).First();
                Presentation shown = plan.Shown(axis.Name)!;
                margins.Add(new BandMargin(axis.Name, shown.Label.ToString(), value, cut, band) { Unit = shown.Unit });
            }
        }

        return [.. margins.OrderBy(margin => margin.Distance).ThenBy(margin => margin.Name, StringComparer.Ordinal).ThenBy(margin => margin.Cut)];
    }

    private static IEnumerable<decimal> CutsOf(RuleTable table, Typed.Slot axis, Operand[] frame)
    {
        decimal step = axis.Type == ExpressionType.Whole ? 1 : Beyond;
        foreach (AxisBound bound in table.Rows.SelectMany(row => row.When).Select(condition => condition.Bound).OfType<AxisBound>())
        {
            if (bound.Axis.Number == axis.Number && Interpreter.Compute(bound.Limit, frame).AsDecimal() is { } cut)
            {
                yield return cut;
                yield return cut + step;
                yield return cut - step;
            }
        }
    }

    private static string? BandWith(Methodology methodology, Operand[] frame, Typed.Slot axis, decimal value)
    {
        var changed = (Operand[])frame.Clone();
        changed[axis.Number] = Numbered(value, axis.Type)!;
        return BandOf(methodology, changed);
    }

    /// <summary>The band after overrides that a frame gives; null where it gives none.</summary>
    public static string? BandOf(Methodology methodology, Operand[] frame) =>
        Decision.BandOf(methodology.Plan.Outcome, frame) is { IsKnown: true } code ? Decision.Override(methodology, code.ToString()!, frame).Code : null;

    /// <summary>A number as a type; null where it is no whole number and the type is.</summary>
    public static Operand? Numbered(decimal value, ExpressionType type) => type.Sort switch
    {
        Sort.Whole => value == decimal.Truncate(value) && Math.Abs(value) < long.MaxValue ? new Operand.Whole((long)value) : null,
        Sort.Exact => new Operand.Exact(value),
        _ => new Operand.Real((double)value),
    };
}
