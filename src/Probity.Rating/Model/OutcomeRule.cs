using System.Collections.Immutable;
using Probity.Rating.Expressions;

namespace Probity.Rating.Model;

/// <summary>How values become an outcome.</summary>
internal sealed record OutcomeRule
{
    /// <summary>Conditions that decide before any band, in order.</summary>
    public required ImmutableArray<StateRule> States { get; init; }

    /// <summary>The table whose results are band codes.</summary>
    public required RuleTable Table { get; init; }

    /// <summary>The value shown as the headline number; null where there is none.</summary>
    public required Typed.Slot? Score { get; init; }

    /// <summary>Names shown beside the band (guard-rail G30), in order.</summary>
    public required ImmutableArray<Typed.Slot> Dimensions { get; init; }

    /// <summary>The authority's own outcome as text; null where none is published.</summary>
    public required Typed? Published { get; init; }

    /// <summary>Changes of the band on a condition, in order.</summary>
    public ImmutableArray<BandOverride> Overrides { get; init; } = [];

    /// <summary>In place of rules that could not be read: no outcome at all.</summary>
    public static OutcomeRule Unread => new()
    {
        States = [],
        Table = new RuleTable("band", [new RuleRow([], Typed.Broken.Unread)]),
        Score = null,
        Dimensions = [],
        Published = null,
    };
}

/// <summary>A state that takes the place of a rating.</summary>
internal sealed record StateRule(Typed When, string Text, StateResult Then)
{
    public required Wording Because { get; init; }

    /// <summary>Where it stands in the file.</summary>
    public FilePlace Place { get; init; }
}

/// <summary>What a state says.</summary>
internal abstract record StateResult
{
    private StateResult()
    {
    }

    /// <summary>No rating, with this code.</summary>
    public sealed record NotRated(string Code) : StateResult;

    /// <summary>The authority's outcome as it stands: its evidence is not published.</summary>
    public sealed record AsPublished(Typed Code) : StateResult;
}

/// <summary>Where the condition is true, the band is at best (or at worst) the one given.</summary>
internal sealed record BandOverride(string Id, Typed When, string Band, bool IsFloor)
{
    public required string Text { get; init; }

    public required Wording Because { get; init; }

    public string Reference { get; init; } = "";

    /// <summary>Where it stands in the file.</summary>
    public FilePlace Place { get; init; }
}
