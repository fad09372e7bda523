using System.Diagnostics;
using System.Globalization;
using Probity.Register;

namespace Probity.Site;

/// <summary>Sentences for people.</summary>
internal static class PlainWords
{
    private static readonly CultureInfo British = CultureInfo.InvariantCulture;

    /// <summary>"12 May 2026".</summary>
    public static string Of(DateOnly day) => day.ToString("d MMMM yyyy", British);

    /// <summary>"12 May 2026, 14:05 UTC".</summary>
    public static string Of(DateTimeOffset moment) => moment.ToUniversalTime().ToString("d MMMM yyyy, HH:mm 'UTC'", British);

    /// <summary>"42,613".</summary>
    public static string Of(long number) => number.ToString("N0", British);

    /// <summary>A probability, which rounding makes neither sure nor impossible: "more than 0.999999".</summary>
    public static string Probability(double probability) => ShortProbability(probability).Replace("> ", "more than ", StringComparison.Ordinal).Replace("< ", "less than ", StringComparison.Ordinal);

    /// <summary>The same for a narrow column: "> 0.999999".</summary>
    public static string ShortProbability(double probability) =>
        probability >= 0.9999995 ? "> 0.999999" : probability < 0.0000005 ? "< 0.000001" : probability.ToString("0.######", British);

    /// <summary>A number without needless zeros.</summary>
    public static string Of(decimal number) => number.ToString("0.############", British);

    /// <summary>A number to six places at most, for reading.</summary>
    public static string Short(decimal number) => Of(Math.Round(number, 6, MidpointRounding.AwayFromZero));

    /// <summary>What stands as the headline: where rule and authority differ, the authority's (guard-rail G16).</summary>
    public static string Headline(Standing standing) => standing.Status switch
    {
        StandingStatus.Confirmed or StandingStatus.AsPublished => standing.Outcome,
        StandingStatus.Differs => standing.Published,
        StandingStatus.AwaitingDecision or StandingStatus.NotRated => "–",
        _ => throw new UnreachableException(),
    };

    /// <summary>The tag beside the headline.</summary>
    public static string Tag(Standing standing) => standing.Status switch
    {
        StandingStatus.Confirmed => "Current, recomputed",
        StandingStatus.AsPublished => "Current, as published",
        StandingStatus.Differs => "Published; the rule gives another outcome",
        StandingStatus.AwaitingDecision => "No decision known",
        StandingStatus.NotRated => $"Not rated: {standing.Label.ToLowerInvariant()}",
        _ => throw new UnreachableException(),
    };

    /// <summary>One sentence that says it all.</summary>
    public static string Sentence(Standing standing, Particulars who, string subject)
    {
        string by = who.Authority.Length > 0 ? who.Authority : "the authority";
        string on = standing.RatedOn is { } day ? $" on {Of(day)}" : "";
        return standing.Status switch
        {
            StandingStatus.Confirmed => $"Rated {standing.Outcome}, {Lower(standing.Label)}, by {by} after what was found{on}. The rating was recomputed from the published evidence and is the same.",
            StandingStatus.AsPublished => $"{by} published the rating {standing.Outcome}, {Lower(standing.Label)}{on}. It did not publish the evidence, so nobody can recompute it.",
            StandingStatus.Differs => $"{by} published the rating {standing.Published}{on}. The published rule gives {standing.Outcome} for the published evidence. The authority's rating stands until it decides otherwise.",
            StandingStatus.AwaitingDecision => $"There is evidence{on} from which a rating would follow, but no published decision of {by}: this {subject} has no rating yet.",
            StandingStatus.NotRated => $"This {subject} has no rating: {Lower(standing.Label)}.",
            _ => throw new UnreachableException(),
        };
    }

    private static string Lower(string label) => label.Length == 0 ? "" : char.ToLowerInvariant(label[0]) + label[1..];
}
