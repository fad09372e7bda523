using System.Collections.Immutable;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Engine;

/// <summary>
/// The smallest change of one indicator that moves the band, everything else staying and cohort statistics held. Indicators of unlike units
/// are compared by how large a part of their scale the change is.
/// </summary>
internal sealed class NearestInput
{
    // How finely a change is told: a scale of 100 is searched in steps of 0.0001.
    private const int DigitsOfScale = 6;
    private readonly OrganisationRating _rating;
    private readonly Worksheet _sheet;

    private NearestInput(OrganisationRating rating, Worksheet sheet) => (_rating, _sheet) = (rating, sheet);

    /// <summary>The change; null where none moves the band, or the outcome is not a band.</summary>
    public static NearestChange? Of(OrganisationRating rating, Worksheet? sheet) =>
        sheet is not null && rating.Outcome is Outcome.Rated ? new NearestInput(rating, sheet).Find() : null;

    private NearestChange? Find()
    {
        Plan plan = _rating.Methodology.Plan;
        (IndicatorRule Rule, decimal From, decimal To)? nearest = null;
        decimal share = decimal.MaxValue;
        foreach (IndicatorRule rule in plan.Indicators.Where(rule => plan.Lineage.Band.Contains(rule.Slot)))
        {
            // a tenth of decimal's range leaves room for every step of the search
            if (_sheet.Frame[rule.Slot].AsDecimal() is not { } from || Math.Abs(from) > 7.9e27m)
            {
                continue;
            }

            Scale scale = Scale.Of(rule, from);
            decimal reach = share == decimal.MaxValue ? scale.Length : Math.Min(scale.Length, share * scale.Length);
            if (ToOf(rule, (from, scale, reach)) is { } to && Math.Abs(to - from) / scale.Length < share)
            {
                nearest = (rule, from, to);
                share = Math.Abs(to - from) / scale.Length;
            }
        }

        return nearest is { } found ? Change(found.Rule, (found.From, found.To)) : null;
    }

    private decimal? ToOf(IndicatorRule rule, (decimal From, Scale Scale, decimal Reach) search)
    {
        if (!search.Scale.Allowed.IsEmpty)
        {
            return search.Scale.Allowed.Where(value => value != search.From && Math.Abs(value - search.From) <= search.Reach && Moves(rule, value))
                .OrderBy(value => Math.Abs(value - search.From)).Select(value => (decimal?)value).FirstOrDefault();
        }

        decimal? up = Walk(rule, search, 1);
        decimal? down = Walk(rule, up is { } above ? search with { Reach = above - search.From } : search, -1);
        return down ?? up;
    }

    // Doubles the distance until the band moves, then halves the gap: finds the nearest move of a band that does not come back within a step.
    private decimal? Walk(IndicatorRule rule, (decimal From, Scale Scale, decimal Reach) search, int way)
    {
        decimal grid = rule.Type == ExpressionType.Whole ? 1 : search.Scale.Grid;
        decimal Place(long steps) => steps == 0 ? search.From : way > 0 ? decimal.Floor(search.From / grid) * grid + (steps * grid) : decimal.Ceiling(search.From / grid) * grid - (steps * grid);
        bool Within(decimal to) => Math.Abs(to - search.From) <= search.Reach && to >= search.Scale.Least && to <= search.Scale.Most;
        (long below, long beyond) = (0, 1);
        while (!Moves(rule, Place(beyond)))
        {
            long last = (long)Math.Min(search.Reach / grid, long.MaxValue / 4);
            if (beyond >= last || !Within(Place(beyond)))
            {
                return null;
            }

            (below, beyond) = (beyond, Math.Min(beyond * 2, last));
        }

        while (beyond - below > 1)
        {
            long middle = below + ((beyond - below) / 2);
            (below, beyond) = Moves(rule, Place(middle)) ? (below, middle) : (middle, beyond);
        }

        return Within(Place(beyond)) ? Place(beyond) : null;
    }

    private bool Moves(IndicatorRule rule, decimal to) => BandWith(rule, to) is { } band && band != _rating.Outcome.Code;

    private string? BandWith(IndicatorRule rule, decimal to) =>
        Edges.Numbered(to, rule.Type) is { } value ? Edges.BandOf(_rating.Methodology, _sheet.With(rule.Slot, value).Frame) : null;

    private NearestChange Change(IndicatorRule rule, (decimal From, decimal To) move)
    {
        string band = BandWith(rule, move.To)!;
        string unit = rule.Shown.Unit.Length > 0 ? " " + rule.Shown.Unit : "";
        string label = _rating.Methodology.BandOf(band)!.Label.ToString();
        string then = string.Equals(label, band, StringComparison.OrdinalIgnoreCase) ? band : $"{band}, {label}";
        return new NearestChange(rule.Name, rule.Shown.Label.ToString(), move.From, move.To, band)
        {
            Unit = rule.Shown.Unit,
            Text = $"with {Numbers.Short(move.To, 6)}{unit} instead of {Numbers.Short(move.From, 6)} for {rule.Shown.Label}, and all else as it is, it would be {then}",
        };
    }

    /// <summary>The values an indicator may take: those its field allows, or all between two ends.</summary>
    private readonly record struct Scale(ImmutableArray<decimal> Allowed, decimal Least, decimal Most, decimal Length)
    {
        /// <summary>The power of ten in which values are tried.</summary>
        public decimal Grid
        {
            get
            {
                decimal grid = 1;
                for (decimal wanted = Length; grid > wanted && grid > 1e-12m; grid /= 10)
                {
                }

                for (; grid * 10 <= Length && grid < 1e20m; grid *= 10)
                {
                }

                for (int i = 0; i < DigitsOfScale && grid > 1e-12m; i++)
                {
                    grid /= 10;
                }

                return grid;
            }
        }

        public static Scale Of(IndicatorRule rule, decimal from)
        {
            EvidenceField?[] fields = [.. rule.Parts.Select(part => part.Value is Typed.Slot slot ? part.From.Fields.FirstOrDefault(field => field.Slot == slot.Number) : null)];
            bool plain = rule.Take is Take.Latest or Take.Max or Take.Min && fields.All(field => field is not null);
            ImmutableArray<decimal> allowed = plain && fields.All(field => !field!.OneOf.IsEmpty)
                ? [.. fields.SelectMany(field => field!.OneOf).Select(value => value.AsDecimal()).OfType<decimal>().Distinct().Order()]
                : [];
            decimal least = plain ? fields.Min(field => field!.Least ?? decimal.MinValue) : rule.Take == Take.Count ? 0 : decimal.MinValue;
            decimal most = plain ? fields.Max(field => field!.Most ?? decimal.MaxValue) : decimal.MaxValue;
            decimal length = !allowed.IsEmpty ? allowed[^1] - allowed[0]
                : rule.Shown is { Best: { } best, Worst: { } worst } && best != worst ? Math.Abs(best - worst)
                : least > decimal.MinValue && most < decimal.MaxValue && most > least ? most - least
                : Math.Abs(from);
            return new Scale(allowed, least, most, length == 0 ? 1 : length);
        }
    }
}
