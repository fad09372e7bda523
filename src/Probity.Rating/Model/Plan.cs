using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Rating.Expressions;

namespace Probity.Rating.Model;

/// <summary>The checked methodology as an engine needs it: every name resolved, every type known. Both back ends compute from this.</summary>
internal sealed record Plan
{
    /// <summary>Evidence types by name.</summary>
    public required ImmutableDictionary<string, EvidenceType> Evidence { get; init; }

    /// <summary>Parameters, in slots 0 … of every scope.</summary>
    public required ImmutableArray<ParameterRule> Parameters { get; init; }

    public required ImmutableArray<IndicatorRule> Indicators { get; init; }

    /// <summary>Scores, each after everything it uses.</summary>
    public required ImmutableArray<Step> Steps { get; init; }

    public required OutcomeRule Outcome { get; init; }

    /// <summary>How firmly its bands stand is tried by this; null where the file does not say how.</summary>
    public RobustnessRule? Robustness { get; init; }

    /// <summary>The scores each draw of it computes anew; worked out when first asked for, null where there is none.</summary>
    public Engine.DrawnSteps? Drawn => field ??= Robustness is { } rule ? Engine.DrawnSteps.Of(this, rule) : null;

    public required ImmutableArray<MethodologyTest> Tests { get; init; }

    /// <summary>Names over one organisation: parameters, indicators, scores.</summary>
    public required Scope Scope { get; init; }

    /// <summary>True where rating one organisation needs to know of the others.</summary>
    public bool HasStatistics => Steps.Any(step => step.Operation is Operation.Statistic);

    /// <summary>Which indicators stand behind what; worked out when first asked for.</summary>
    public Lineage Lineage => field ??= Lineage.Of(this);

    /// <summary>The numbers that decide the band; worked out when first asked for.</summary>
    public Engine.DecidingAxes Axes => field ??= Engine.DecidingAxes.Of(this);

    /// <summary>What follows from each number that stands behind the band, by slot; worked out when first asked for.</summary>
    private ImmutableDictionary<int, Engine.Consequence> Consequences => field ??=
        Indicators.Where(rule => rule.Type.IsNumber && Lineage.Band.Contains(rule.Slot)).ToImmutableDictionary(rule => rule.Slot, rule => Engine.Consequence.Of(this, rule.Slot));

    /// <summary>What follows from an indicator of numbers behind the band.</summary>
    public Engine.Consequence ConsequenceOf(int indicator) => Consequences[indicator];

    /// <summary>
    /// Every indicator and score with its slot, in the order of the file: what a rating gives beside its outcome. Lists of all values of a cohort, which
    /// serve ranks, are left out: they would repeat the whole population with each organisation.
    /// </summary>
    public IEnumerable<(string Name, int Slot)> Outputs => Indicators.Select(rule => (rule.Name, rule.Slot))
        .Concat(Steps.Where(step => step.Operation is not Operation.Statistic { Of.Kind: StatisticKind.Values }).Select(step => (step.Name, step.Slot)));

    /// <summary>The slot of an indicator or score; null where there is none of that name.</summary>
    public int? SlotOf(string name) => Scope.Find(name) is { } slot && slot.Number >= Parameters.Length ? slot.Number : null;

    /// <summary>Whether a rule asks for "item" of an evidence type.</summary>
    public bool UsesItemOf(EvidenceType type) => Indicators.SelectMany(rule => rule.Parts).Where(part => part.From.Name == type.Name)
        .SelectMany(part => part.Value.Slots().Concat(part.Where?.Slots() ?? [])).Any(slot => slot.Number == type.ItemSlot);

    /// <summary>How a name is shown; null for a parameter.</summary>
    public Presentation? Shown(string name) =>
        Indicators.FirstOrDefault(rule => rule.Name == name)?.Shown ?? Steps.FirstOrDefault(step => step.Name == name)?.Shown;

    /// <summary>The type of a score's slot.</summary>
    public ExpressionType TypeOf(int slot) => Steps.First(step => step.Slot == slot).Type;
}

/// <summary>A parameter's values by the day from which they hold, earliest first.</summary>
internal sealed record ParameterRule(string Name, int Slot, ExpressionType Type, ImmutableArray<(DateOnly From, Operand Value)> Values)
{
    /// <summary>The value on a day; missing before the first.</summary>
    public Operand At(DateOnly day)
    {
        Operand value = new Operand.Missing($"parameter {Name} has no value before {Day.Text(Values[0].From)}");
        foreach ((DateOnly from, Operand next) in Values)
        {
            value = from <= day ? next : value;
        }

        return value;
    }
}

/// <summary>A test beside the rules.</summary>
internal sealed record MethodologyTest(string Name, DateOnly AsOf, ImmutableArray<Statement> Given)
{
    /// <summary>What is given of the other organisations of the cohort; empty where the methodology needs none.</summary>
    public ImmutableArray<ImmutableArray<Statement>> Others { get; init; } = [];

    /// <summary>What of the test does not count: told in place of what it expects where that does not come out, since a test may try just this.</summary>
    public ImmutableArray<TestDoubt> Doubts { get; init; } = [];

    /// <summary>The code of the outcome expected; null where the test does not say.</summary>
    public ExpectedOutcome? Outcome { get; init; }

    /// <summary>Values expected by name, as the file writes them.</summary>
    public ImmutableArray<ExpectedValue> Values { get; init; } = [];

    /// <summary>Where it stands in the file.</summary>
    public required FilePlace Place { get; init; }
}

/// <summary>Something given in a test that does not count, in the words of a problem.</summary>
internal sealed record TestDoubt(FilePlace Place, string Code, string Message, string Suggestion);

/// <summary>The outcome a test expects.</summary>
internal sealed record ExpectedOutcome(string Code, FilePlace Place);

/// <summary>A value a test expects.</summary>
internal sealed record ExpectedValue(string Name, Operand Value, FilePlace Place);
