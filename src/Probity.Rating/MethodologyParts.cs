using System.Collections.Immutable;

namespace Probity.Rating;

/// <summary>Where a methodology stands. Only one in force makes ratings an authority may publish (guard-rails G13, G40).</summary>
public enum MethodologyStatus
{
    /// <summary>Being written; branches without a test are tolerated.</summary>
    Draft,

    /// <summary>Open to comments.</summary>
    Consultation,

    /// <summary>Decided and published.</summary>
    InForce,

    /// <summary>No longer used for new ratings; old ratings keep it.</summary>
    Withdrawn,
}

/// <summary>Who answers for a methodology.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Url">Where it can be found; may be empty.</param>
public sealed record MethodologyAuthority(string Name, string Url);

/// <summary>A law, code or paper a rule rests on.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Url">Where it can be read; may be empty.</param>
/// <param name="Clause">The place in it, such as "section 4.2"; may be empty.</param>
public sealed record LegalReference(string Title, string Url, string Clause)
{
    /// <summary>"Food Law Code of Practice, Annex 5".</summary>
    public override string ToString() => Clause.Length > 0 ? $"{Title}, {Clause}" : Title;
}

/// <summary>One outcome of the scale.</summary>
/// <param name="Code">What stands in results, such as "5"; unique.</param>
/// <param name="Label">Its name, such as "Very good".</param>
/// <param name="Meaning">What it means in a sentence; may be empty.</param>
public sealed record Band(string Code, Wording Label, Wording Meaning);

/// <summary>Which direction is the better one.</summary>
public enum Better
{
    /// <summary>A lower value is better.</summary>
    Lower,

    /// <summary>A higher value is better.</summary>
    Higher,

    /// <summary>Neither: it only describes.</summary>
    Neither,
}

/// <summary>A number that is shown beside a rating (guard-rail G30).</summary>
/// <param name="Name">The indicator's or score's name in the methodology.</param>
/// <param name="Label">What people call it.</param>
/// <param name="Unit">Its unit, such as "points"; empty for pure numbers.</param>
/// <param name="Best">The best value there can be; null where there is no end.</param>
/// <param name="Worst">The worst value there can be; null where there is no end.</param>
/// <param name="Better">Which direction is better.</param>
public sealed record Dimension(string Name, Wording Label, string Unit, decimal? Best, decimal? Worst, Better Better);

/// <summary>A number or word of the law that changes over time.</summary>
/// <param name="Name">Its name in the methodology.</param>
/// <param name="Label">What people call it; may be empty.</param>
/// <param name="Type">int, decimal, number, text, flag, date or duration.</param>
/// <param name="Unit">Its unit; may be empty.</param>
/// <param name="Values">Earliest first; at least one.</param>
public sealed record Parameter(string Name, Wording Label, string Type, string Unit, ImmutableArray<DatedValue> Values)
{
    /// <summary>The day someone last looked whether the values still hold; null where none is stated.</summary>
    public DateOnly? Reviewed { get; init; }

    /// <summary>The last day before which nobody needs to look again; null where none is stated.</summary>
    public DateOnly? ReviewDue { get; init; }
}

/// <summary>A value and from when it holds.</summary>
/// <param name="From">The first day it holds.</param>
/// <param name="Value">As the file writes it.</param>
/// <param name="Decided">The day it was decided; null where the file does not say.</param>
/// <param name="Reference">The law or decision.</param>
public sealed record DatedValue(DateOnly From, string Value, DateOnly? Decided, string Reference);

/// <summary>
/// What a methodology says about itself for the public, after the UK Algorithmic Transparency Recording Standard (ATRS). Without it a
/// methodology cannot be in force (guard-rail G40).
/// </summary>
/// <param name="Entries">Key ("purpose", "owner", "contact", …) and text, in the order of the standard.</param>
public sealed record TransparencyRecord(ImmutableArray<(string Key, Wording Text)> Entries)
{
    /// <summary>The keys a methodology in force must fill, in the order of the standard.</summary>
    public static readonly ImmutableArray<string> RequiredKeys =
        ["purpose", "description", "owner", "contact", "scope", "human_review", "appeals", "data", "limits", "maintenance"];

    /// <summary>The keys that may be filled as well, where an item of the standard needs words of the authority.</summary>
    public static readonly ImmutableArray<string> FurtherKeys =
    [
        "senior_owner", "third_parties", "benefits", "previous_process", "alternatives", "integration", "frequency", "training",
        "sensitive_attributes", "data_access", "impact_assessments", "risks",
    ];

    /// <summary>The text of a key; empty where it is not filled.</summary>
    public Wording this[string key] => Entries.FirstOrDefault(entry => entry.Key == key).Text ?? Wording.None;
}
