using System.Collections.Immutable;
using System.Globalization;
using Probity.Evidence;

namespace Probity.Register;

/// <summary>Figures over many organisations, from the tallies of views.</summary>
internal static class Overviews
{
    public static RegisterOverview OfRegister(ViewQueries views, IReadOnlyList<string> bands, AsOf asOf)
    {
        IReadOnlyList<Tally> outcomes = views.Tallies("outcome");
        IReadOnlyList<Tally> statuses = views.Tallies("status");
        return new RegisterOverview(
            outcomes.Sum(one => one.Count),
            Ordered(outcomes, bands),
            [.. views.Tallies("authority")],
            [.. views.Tallies("type")],
            CountOf(statuses, StandingStatus.Confirmed),
            CountOf(statuses, StandingStatus.Differs),
            asOf);
    }

    public static AuthorityPage? OfAuthority(ViewQueries views, string code, IReadOnlyList<string> bands)
    {
        IReadOnlyList<(string Outcome, string Type, long Status, int Count)> rows = views.Breakdown(code);
        if (rows.Count == 0)
        {
            return null;
        }

        Dictionary<string, string> labels = views.Tallies("outcome").ToDictionary(one => one.Code, one => one.Label, StringComparer.Ordinal);
        return new AuthorityPage(
            code,
            views.Tallies("authority").First(one => one.Code == code).Label,
            rows.Sum(row => row.Count),
            Ordered([.. rows.GroupBy(row => row.Outcome).Select(group => new Tally(group.Key, labels[group.Key], group.Sum(row => row.Count)))], bands),
            [.. rows.GroupBy(row => row.Type).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new Tally(group.Key, group.Key, group.Sum(row => row.Count)))],
            Day.TryParse(views.LatestOn(code), out DateOnly day) ? day : null,
            rows.Where(row => row.Status == (long)StandingStatus.Confirmed).Sum(row => row.Count),
            rows.Where(row => row.Status == (long)StandingStatus.Differs).Sum(row => row.Count));
    }

    /// <summary>Bands in the methodology's order, then what is no band, by code.</summary>
    private static ImmutableArray<Tally> Ordered(IReadOnlyList<Tally> outcomes, IReadOnlyList<string> bands) =>
        [.. outcomes.OrderBy(one => Place(one.Code, bands)).ThenBy(one => one.Code, StringComparer.Ordinal)];

    private static int Place(string code, IReadOnlyList<string> bands)
    {
        for (int i = 0; i < bands.Count; i++)
        {
            if (bands[i] == code)
            {
                return i;
            }
        }

        return bands.Count;
    }

    private static int CountOf(IReadOnlyList<Tally> statuses, StandingStatus status)
    {
        string code = ((long)status).ToString(CultureInfo.InvariantCulture);
        return statuses.FirstOrDefault(one => one.Code == code)?.Count ?? 0;
    }
}
