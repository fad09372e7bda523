using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Rating;

namespace Probity.Register;

/// <summary>What lists show of one organisation: name and place with the headline, its dimensions and its date together (guard-rail G30).</summary>
/// <param name="Id">Its own identifier.</param>
/// <param name="Record">The record that made it.</param>
/// <param name="Particulars">Name and place.</param>
/// <param name="Standing">What the register says of it.</param>
public sealed record OrganisationSummary(OrganisationId Id, RecordId Record, Particulars Particulars, Standing Standing);

/// <summary>Who and where an organisation is, as its latest identity statement gives it. Each may be empty but the name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What kind of business or body it is.</param>
/// <param name="Address">Address lines, joined by ", ", without the postcode.</param>
/// <param name="Postcode">As the source writes it.</param>
/// <param name="Authority">The authority that inspects it.</param>
/// <param name="AuthorityCode">That authority's code in the source.</param>
public sealed record Particulars(string Name, string Type, string Address, string Postcode, string Authority, string AuthorityCode);

/// <summary>What the register says of one organisation.</summary>
/// <param name="Outcome">The outcome's code: "5", "AwaitingInspection", "InsufficientData", …</param>
/// <param name="Label">The outcome in words: "Very good", "Awaiting inspection", …</param>
/// <param name="Score">The score beneath it, in the methodology's points; null where there is none.</param>
/// <param name="Status">How it came to be; see <see cref="StandingStatus"/>.</param>
/// <param name="Published">The outcome the authority published; empty where none is known.</param>
/// <param name="RatedOn">The day of the evidence it rests on; null where there is none.</param>
/// <param name="Dimensions">Its dimensions in the methodology's order; empty where it is not rated.</param>
/// <param name="Methodology">"gb.food-hygiene 1.0.0".</param>
public sealed record Standing(
    string Outcome,
    string Label,
    decimal? Score,
    StandingStatus Status,
    string Published,
    DateOnly? RatedOn,
    ImmutableArray<DimensionFigure> Dimensions,
    string Methodology)
{
    /// <summary>In what part of the draws of the methodology's robustness check the band is the same, 0 to 1; null where it has no such check, or the outcome is not a band it gave.</summary>
    public decimal? BandProbability { get; init; }
}

/// <summary>One dimension beneath a headline.</summary>
/// <param name="Label">What it measures.</param>
/// <param name="Value">Its value, in the methodology's unit.</param>
public readonly record struct DimensionFigure(string Label, decimal Value);

/// <summary>How an outcome came to be. Never styled alike (guard-rail G27).</summary>
public enum StandingStatus
{
    /// <summary>Recomputed from published evidence, and equal to what the authority decided and published.</summary>
    Confirmed,

    /// <summary>The authority published it without the evidence: nobody can recompute it.</summary>
    AsPublished,

    /// <summary>The rule gives another outcome than the authority published; the authority's stands until it decides (guard-rail G16).</summary>
    Differs,

    /// <summary>Recomputed, but no decision of an authority is known: not shown as a rating (guard-rail G16).</summary>
    AwaitingDecision,

    /// <summary>There is no rating, for the reason the outcome names.</summary>
    NotRated,
}

/// <summary>A question to the search.</summary>
/// <param name="Text">Words of a name, a place, a postcode or an identifier; empty for all.</param>
/// <param name="AuthorityCode">Only this authority; empty for all.</param>
/// <param name="Type">Only this type; empty for all.</param>
/// <param name="Outcome">Only this outcome; empty for all.</param>
/// <param name="Page">From 1; 20 results each. Results are by relevance, then by name: never worst first (guard-rail G28).</param>
public sealed record SearchQuery(string Text, string AuthorityCode, string Type, string Outcome, int Page)
{
    /// <summary>Results on one page.</summary>
    public const int PageSize = 20;
}

/// <summary>An answer of the search.</summary>
/// <param name="Results">At most <see cref="SearchQuery.PageSize"/>.</param>
/// <param name="Total">How many there are in all; null where counting would have taken too long ("more than" <see cref="SearchAnswer.CountedUpTo"/>).</param>
/// <param name="HasMore">Whether a next page exists.</param>
/// <param name="Corrections">Words of the question that matched nothing as typed, with the words searched instead.</param>
public sealed record SearchAnswer(ImmutableArray<OrganisationSummary> Results, int? Total, bool HasMore, ImmutableArray<WordCorrection> Corrections)
{
    /// <summary>Beyond this many matches only "more than" is known.</summary>
    public const int CountedUpTo = 5_000;
}

/// <summary>A mistyped word and what was searched instead, one edit away.</summary>
public sealed record WordCorrection(string Typed, ImmutableArray<string> Searched);

/// <summary>All that the register shows of one organisation as of a day and a ledger size.</summary>
/// <param name="Summary">Name, place and headline.</param>
/// <param name="Identity">The latest identity statement's fields, as the source gives them.</param>
/// <param name="Rating">The rating with its whole explanation; null where no methodology was in force.</param>
/// <param name="AsOf">The question's time.</param>
/// <param name="Timeline">What happened, newest first.</param>
/// <param name="Evidence">Every statement that counts as of then, in ledger order.</param>
/// <param name="Namesakes">Others of the same name, by place; at most 10.</param>
public sealed record RegisterEntry(
    OrganisationSummary Summary,
    Fields Identity,
    OrganisationRating? Rating,
    AsOf AsOf,
    ImmutableArray<TimelineEvent> Timeline,
    ImmutableArray<Entry> Evidence,
    ImmutableArray<OrganisationSummary> Namesakes)
{
    /// <summary>The records that are this organisation, the first seen first.</summary>
    public required ImmutableArray<LinkedRecord> Records { get; init; }

    /// <summary>Its merges and splits, in ledger order; empty for most.</summary>
    public required ImmutableArray<LinkageEvent> Continuation { get; init; }

    /// <summary>Identifiers that redirect here although their records were split off again; empty for most.</summary>
    public required ImmutableArray<SplitAgain> SplitAgain { get; init; }
}

/// <summary>Something that happened to an organisation's record.</summary>
/// <param name="Day">From when it holds; null where the source gives no day.</param>
/// <param name="Index">The ledger entry that says so.</param>
/// <param name="RecordedAt">When the ledger first promised that entry (its checkpoint's time); null where none covers it yet.</param>
/// <param name="Text">What happened, in words.</param>
/// <param name="Before">What was said before, where this corrects an earlier statement; else empty.</param>
/// <param name="Standing">What the register said from then on; null where it did not change.</param>
public sealed record TimelineEvent(DateOnly? Day, long Index, DateTimeOffset? RecordedAt, string Text, string Before, Standing? Standing);

/// <summary>How many organisations have each value of something; ordered by label, never by outcome's merit.</summary>
/// <param name="Code">The value as filters use it.</param>
/// <param name="Label">The value in words.</param>
/// <param name="Count">How many organisations.</param>
public sealed record Tally(string Code, string Label, int Count);

/// <summary>One authority's part of the register.</summary>
/// <param name="Code">Its code in the source.</param>
/// <param name="Name">Its name.</param>
/// <param name="Count">How many organisations it inspects.</param>
/// <param name="Outcomes">How many have each outcome, best band first, then those without a rating.</param>
/// <param name="Types">How many of each type, by name.</param>
/// <param name="LatestOn">The day of the newest evidence; null where there is none.</param>
/// <param name="Confirmed">How many outcomes were recomputed and equal what it published.</param>
/// <param name="Differing">How many outcomes the rule gives otherwise.</param>
public sealed record AuthorityPage(
    string Code, string Name, int Count, ImmutableArray<Tally> Outcomes, ImmutableArray<Tally> Types, DateOnly? LatestOn, int Confirmed, int Differing);

/// <summary>The whole register in figures.</summary>
/// <param name="Count">Organisations.</param>
/// <param name="Outcomes">How many have each outcome, best band first, then those without a rating.</param>
/// <param name="Authorities">Each authority with its count, by name.</param>
/// <param name="Types">Each type with its count, by name.</param>
/// <param name="Confirmed">Outcomes recomputed and equal to the published.</param>
/// <param name="Differing">Outcomes that differ from the published.</param>
/// <param name="AsOf">The day and ledger size of these figures.</param>
public sealed record RegisterOverview(
    int Count,
    ImmutableArray<Tally> Outcomes,
    ImmutableArray<Tally> Authorities,
    ImmutableArray<Tally> Types,
    int Confirmed,
    int Differing,
    AsOf AsOf);
