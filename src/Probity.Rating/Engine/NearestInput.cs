using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Engine;

/// <summary>
/// The smallest change of one indicator that moves the band, everything else and the values of its peers staying, among the values the indicator may take. In
/// the statistics of the cohort the changed value takes the place of the organisation's own. Indicators of unlike units are compared by how large a part of
/// their scale the change is.
/// </summary>
internal sealed class NearestInput
{
    // How many places between the doubling distances are tried for one indicator, and for all where roundings are looked at.
    private const int Patience = 2_000;
    private const int PatienceForRoundings = 400;
    private readonly OrganisationRating _rating;
    private readonly Worksheet _sheet;
    private int _left = PatienceForRoundings;

    private NearestInput(OrganisationRating rating, Worksheet sheet) => (_rating, _sheet) = (rating, sheet);

    /// <summary>The change; null where none moves the band, or the outcome is not a band.</summary>
    public static NearestChange? Of(OrganisationRating rating, Worksheet? sheet) =>
        sheet is not null && rating.Outcome is Outcome.Rated && rating.Methodology.Bands.Length > 1 ? new NearestInput(rating, sheet).Find() : null;

    private NearestChange? Find()
    {
        Plan plan = _rating.Methodology.Plan;
        (IndicatorRule Rule, decimal From, decimal To)? nearest = null;
        double share = double.PositiveInfinity;
        foreach (IndicatorRule rule in plan.Indicators.Where(rule => plan.Lineage.Band.Contains(rule.Slot)))
        {
            if (_sheet.Frame[rule.Slot].AsDecimal() is not { } from || Math.Abs(from) > InputDomain.Farthest)
            {
                continue;
            }

            InputDomain domain = InputDomain.Of(plan, rule, from, _sheet);
            var reach = (decimal)Math.Min(share * (double)domain.Length, 2 * (double)InputDomain.Farthest);
            if (ToOf(rule, domain, (from, reach)) is { } to && ShareOf(to - from, domain) < share)
            {
                nearest = (rule, from, to);
                share = ShareOf(to - from, domain);
            }
        }

        return nearest is { } found ? Change(found.Rule, (found.From, found.To)) : null;
    }

    private static double ShareOf(decimal change, InputDomain domain) => (double)Math.Abs(change) / (double)domain.Length;

    private decimal? ToOf(IndicatorRule rule, InputDomain domain, (decimal From, decimal Reach) search)
    {
        Consequence consequence = _rating.Methodology.Plan.ConsequenceOf(rule.Slot);
        if (!domain.Allowed.IsEmpty)
        {
            return domain.Allowed.Where(value => value != search.From && Math.Abs(value - search.From) <= search.Reach)
                .OrderBy(value => Math.Abs(value - search.From)).Select(value => (decimal?)value).FirstOrDefault(value => Try(rule, consequence, value!.Value, false).Moved);
        }

        decimal? up = Toward((rule, consequence), domain, search, 1);
        decimal? down = Toward((rule, consequence), domain, up is { } above ? search with { Reach = above - search.From } : search, -1);
        return down is { } below && (up is null || search.From - below < up - search.From) ? down : up;
    }

    private decimal? Toward((IndicatorRule Rule, Consequence Consequence) of, InputDomain domain, (decimal From, decimal Reach) search, int way)
    {
        decimal first = way > 0 ? decimal.Floor(search.From / domain.Grid) * domain.Grid : decimal.Ceiling(search.From / domain.Grid) * domain.Grid;
        decimal end = way > 0 ? Math.Min(domain.Most, search.From + search.Reach) : Math.Max(domain.Least, search.From - search.Reach);
        double many = (double)Math.Abs(end - first) / (double)domain.Grid;
        long last = many < 1e15 ? (long)decimal.Ceiling(Math.Abs(end - first) / domain.Grid) : (long)Math.Min(many, 1e18);
        decimal PlaceOf(long steps) => steps == 0 ? search.From : way > 0 ? Math.Min(end, first + (steps * domain.Grid)) : Math.Max(end, first - (steps * domain.Grid));
        Probe At(long steps, bool thorough) => Try(of.Rule, of.Consequence, PlaceOf(steps), thorough);
        long? found = new OutwardSearch(steps => At(steps, false), Patience).First(last);
        if (of.Consequence.IsSteplike && _left > 0 && (found ?? last) > 1)
        {
            found = new OutwardSearch(steps => At(steps, --_left > 0), _left).First(found ?? last) ?? found;
        }

        return found is { } place ? PlaceOf(place) : null;
    }

    private Probe Try(IndicatorRule rule, Consequence consequence, decimal to, bool thorough)
    {
        if (Edges.Numbered(to, rule.Type) is not { } value)
        {
            return default;
        }

        Worksheet sheet = _sheet.With(_rating.Organisation, (rule.Slot, value), consequence.Steps);
        string? band = Edges.BandOf(_rating.Methodology, sheet.Frame);
        return new Probe(band is not null && band != _rating.Outcome.Code, consequence.SignatureOf(sheet, thorough));
    }

    private NearestChange Change(IndicatorRule rule, (decimal From, decimal To) move)
    {
        Consequence consequence = _rating.Methodology.Plan.ConsequenceOf(rule.Slot);
        Worksheet sheet = _sheet.With(_rating.Organisation, (rule.Slot, Edges.Numbered(move.To, rule.Type)!), consequence.Steps);
        string band = Edges.BandOf(_rating.Methodology, sheet.Frame)!;
        string unit = rule.Shown.Unit.Length > 0 ? " " + rule.Shown.Unit : "";
        string label = _rating.Methodology.BandOf(band)!.Label.ToString();
        string then = string.Equals(label, band, StringComparison.OrdinalIgnoreCase) ? band : $"{band}, {label}";
        int places = Math.Max(6, (int)move.To.Scale);
        string staying = !_rating.Methodology.HasCohort ? "all else as it is" : $"all else and the figures{(consequence.MovesPeers ? " and scores" : "")} of its peers as they are";
        return new NearestChange(rule.Name, rule.Shown.Label.ToString(), move.From, move.To, band)
        {
            Unit = rule.Shown.Unit,
            Text = $"with {Numbers.Text(move.To)}{unit} instead of {Numbers.Short(move.From, places)} for {rule.Shown.Label}, and {staying}, it would be {then}",
        };
    }
}
