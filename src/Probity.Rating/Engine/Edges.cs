using System.Collections.Immutable;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Engine;

/// <summary>How near an outcome is to the next band: by the cuts of the table, and by the inputs behind them.</summary>
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

    /// <summary>The smallest change of one indicator, to a value it may have, that moves the band.</summary>
    public static NearestChange? NearestOf(OrganisationRating rating, Worksheet? sheet)
    {
        if (sheet is null || rating.Outcome is not Outcome.Rated rated)
        {
            return null;
        }

        Plan plan = rating.Methodology.Plan;
        NearestChange? nearest = null;
        foreach (IndicatorRule rule in plan.Indicators)
        {
            if (sheet.Frame[rule.Slot].AsDecimal() is not { } from)
            {
                continue;
            }

            foreach (decimal to in CandidatesOf(rule, rating.Margins, from))
            {
                bool nearer = nearest is null || Math.Abs(to - from) < Math.Abs(nearest.To - nearest.From);
                if (nearer && Numbered(to, rule.Type) is { } value && BandOf(rating.Methodology, sheet.With(rule.Slot, value).Frame) is { } band && band != rated.Band)
                {
                    nearest = Change(rating.Methodology, rule, (from, to), band);
                }
            }
        }

        return nearest;
    }

    private static NearestChange Change(Methodology methodology, IndicatorRule rule, (decimal From, decimal To) move, string band)
    {
        string unit = rule.Shown.Unit.Length > 0 ? " " + rule.Shown.Unit : "";
        string label = methodology.BandOf(band)!.Label.ToString();
        string then = string.Equals(label, band, StringComparison.OrdinalIgnoreCase) ? band : $"{band}, {label}";
        return new NearestChange(rule.Name, rule.Shown.Label.ToString(), move.From, move.To, band)
        {
            Unit = rule.Shown.Unit,
            Text = $"with {Numbers.Short(move.To, 6)}{unit} instead of {Numbers.Short(move.From, 6)} for {rule.Shown.Label} it would be {then}",
        };
    }

    // The values a field may have; where it may have any, the indicator moved by each margin and a little beyond.
    private static IEnumerable<decimal> CandidatesOf(IndicatorRule rule, ImmutableArray<BandMargin> margins, decimal from)
    {
        if (rule.Take is Take.Latest or Take.Max or Take.Min && rule.Parts.All(part => part.Value is Typed.Slot))
        {
            var allowed = rule.Parts.Select(part => part.From.Fields.FirstOrDefault(field => field.Slot == ((Typed.Slot)part.Value).Number)).ToList();
            if (allowed.TrueForAll(field => field is { OneOf.IsEmpty: false }))
            {
                return allowed.SelectMany(field => field!.OneOf).Select(value => value.AsDecimal()).OfType<decimal>().Where(value => value != from).Distinct();
            }
        }

        return margins.SelectMany(margin => (decimal[])[from + (margin.Cut - margin.Value), from - (margin.Cut - margin.Value)]).Where(value => value != from).Distinct();
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

    private static string? BandOf(Methodology methodology, Operand[] frame) =>
        Decision.BandOf(methodology.Plan.Outcome, frame) is { IsKnown: true } code ? Decision.Override(methodology, code.ToString()!, frame).Code : null;

    private static Operand? Numbered(decimal value, ExpressionType type) => type.Sort switch
    {
        Sort.Whole => value == decimal.Truncate(value) ? new Operand.Whole((long)value) : null,
        Sort.Exact => new Operand.Exact(value),
        _ => new Operand.Real((double)value),
    };
}
