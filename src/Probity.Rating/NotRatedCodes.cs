using System.Collections.Immutable;

namespace Probity.Rating;

/// <summary>The catalogue of reasons why there is no rating (guard-rail G10). Codes are stable; a methodology may use no others.</summary>
public static class NotRatedCodes
{
    /// <summary>The authority has not inspected yet.</summary>
    public const string AwaitingInspection = "AwaitingInspection";

    /// <summary>Inspected, but the result may not be published yet.</summary>
    public const string AwaitingPublication = "AwaitingPublication";

    /// <summary>The scheme does not apply, by a decision of the authority.</summary>
    public const string Exempt = "Exempt";

    /// <summary>There is not enough admissible evidence.</summary>
    public const string InsufficientData = "InsufficientData";

    /// <summary>The methodology does not apply to this organisation or this day.</summary>
    public const string NotApplicable = "NotApplicable";

    /// <summary>There was evidence, but all of it has expired (guard-rail G31).</summary>
    public const string Expired = "Expired";

    /// <summary>A value that is needed cannot be computed: a division by zero, an overflow, a cohort too small.</summary>
    public const string NotComputable = "NotComputable";

    /// <summary>All codes, in the order of this catalogue.</summary>
    public static readonly ImmutableArray<string> All =
        [AwaitingInspection, AwaitingPublication, Exempt, InsufficientData, NotApplicable, Expired, NotComputable];

    /// <summary>A code as words, in English: "Awaiting inspection".</summary>
    public static string Words(string code) =>
        string.Concat(code.Select((c, i) => i > 0 && char.IsAsciiLetterUpper(c) ? " " + char.ToLowerInvariant(c) : c.ToString()));
}
