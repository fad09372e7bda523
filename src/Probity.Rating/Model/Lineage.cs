using System.Collections.Immutable;
using Probity.Rating.Engine;
using Probity.Rating.Expressions;

namespace Probity.Rating.Model;

/// <summary>Which indicators stand behind each value and each decision: worked out once for a methodology, asked for every organisation.</summary>
internal sealed class Lineage
{
    private readonly ImmutableArray<int>[] _behind;

    private Lineage(ImmutableArray<int>[] behind) => _behind = behind;

    /// <summary>Slots of the indicators behind the band and the score, ascending.</summary>
    public required ImmutableArray<int> Band { get; init; }

    /// <summary>Slots of the indicators behind each state, ascending.</summary>
    public required ImmutableArray<ImmutableArray<int>> States { get; init; }

    /// <summary>Slots of the indicators behind the source's own outcome, ascending; empty where none is published.</summary>
    public required ImmutableArray<int> Published { get; init; }

    /// <summary>Slots of the indicators behind a slot, ascending; an indicator stands behind itself.</summary>
    public ImmutableArray<int> Behind(int slot) => _behind[slot];

    public static Lineage Of(Plan plan)
    {
        var behind = new ImmutableArray<int>[plan.Scope.Size];
        Array.Fill(behind, []);
        foreach (IndicatorRule rule in plan.Indicators)
        {
            behind[rule.Slot] = [rule.Slot];
        }

        foreach (Step step in plan.Steps)
        {
            behind[step.Slot] = Union(behind, Scoring.SlotsOf(step));
        }

        return new Lineage(behind)
        {
            Band = Union(behind, Decision.DecidingSlots(plan.Outcome)),
            States = [.. plan.Outcome.States.Select(state => Union(behind, state.When.Slots()))],
            Published = Union(behind, plan.Outcome.Published?.Slots() ?? []),
        };
    }

    private static ImmutableArray<int> Union(ImmutableArray<int>[] behind, IEnumerable<Typed.Slot> slots) =>
        [.. slots.SelectMany(slot => behind[slot.Number]).Distinct().Order()];
}
