using System.Diagnostics;
using Probity.Rating;

namespace Probity.Register;

/// <summary>What the register says, from what the engine computed and the authority published (docs/decisions/0004).</summary>
internal static class Standings
{
    /// <summary>Where no methodology was in force.</summary>
    public static Standing WithoutMethodology { get; } =
        new(NotRatedCodes.NotApplicable, "No methodology in force", null, StandingStatus.NotRated, "", null, [], "");

    /// <summary>The standing that a rating is.</summary>
    public static Standing Of(OrganisationRating rating) => new(
        rating.Outcome.Code,
        LabelOf(rating.Outcome),
        rating.Score,
        StatusOf(rating),
        rating.Published?.Code ?? "",
        rating.RestsOn,
        [.. rating.Dimensions.Where(one => one.Value is not null).Select(one => new DimensionFigure(one.Dimension.Label.ToString(), one.Value!.Value))],
        rating.Methodology.ToString())
    {
        BandProbability = rating.Robustness?.Probability,
    };

    private static string LabelOf(Outcome outcome) => outcome switch
    {
        Outcome.Rated rated => rated.Label,
        Outcome.AsPublished published => published.Label,
        Outcome.NotRated notRated => NotRatedCodes.Words(notRated.Why),
        _ => throw new UnreachableException(),
    };

    private static StandingStatus StatusOf(OrganisationRating rating) => rating.Outcome switch
    {
        Outcome.NotRated => StandingStatus.NotRated,
        Outcome.AsPublished => StandingStatus.AsPublished,
        Outcome.Rated when rating.Published is null => StandingStatus.AwaitingDecision,
        Outcome.Rated => rating.Agreement == Agreement.Equal ? StandingStatus.Confirmed : StandingStatus.Differs,
        _ => throw new UnreachableException(),
    };
}
