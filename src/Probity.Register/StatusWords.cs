using System.Diagnostics;

namespace Probity.Register;

/// <summary>The words for a standing's status, in files and on pages.</summary>
public static class StatusWords
{
    /// <summary>The stable code in exports and JSON.</summary>
    public static string Code(StandingStatus status) => status switch
    {
        StandingStatus.Confirmed => "confirmed",
        StandingStatus.AsPublished => "as-published",
        StandingStatus.Differs => "differs",
        StandingStatus.AwaitingDecision => "awaiting-decision",
        StandingStatus.NotRated => "not-rated",
        _ => throw new UnreachableException(),
    };

    /// <summary>A sentence for people.</summary>
    public static string Sentence(StandingStatus status) => status switch
    {
        StandingStatus.Confirmed => "Recomputed from the published evidence and equal to what the authority published.",
        StandingStatus.AsPublished => "As the authority published it; it did not publish the evidence to recompute it from.",
        StandingStatus.Differs => "The published rule gives another outcome than the authority published. The authority's stands until it decides.",
        StandingStatus.AwaitingDecision => "Computed, but no decision of an authority is known: it is not a rating yet.",
        StandingStatus.NotRated => "There is no rating.",
        _ => throw new UnreachableException(),
    };
}
