using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Reading;

/// <summary>
/// The part of some rules that can be computed: what is wrong, and all that is computed from it, is missing in it. A file without problems is whole.
/// </summary>
internal sealed record SoundRules
{
    private readonly HashSet<int> _unsound;

    private SoundRules(HashSet<int> unsound) => _unsound = unsound;

    /// <summary>The rules; those of the file where nothing is wrong with it.</summary>
    public required Plan Plan { get; init; }

    /// <summary>True where the outcome is computed from nothing wrong.</summary>
    public required bool HasOutcome { get; init; }

    /// <summary>True where every test of the file could be read.</summary>
    public required bool HasAllTests { get; init; }

    /// <summary>Whether a value is computed from nothing wrong.</summary>
    public bool Has(string name) => Plan.Scope.Find(name) is { } slot && Has(slot.Number);

    /// <summary>Whether the value of a slot is computed from nothing wrong.</summary>
    public bool Has(int slot) => !_unsound.Contains(slot);

    public static SoundRules Of(Sheet sheet, Plan plan)
    {
        HashSet<int> unsound = [.. plan.Parameters.Where(rule => rule.Type.IsBroken || sheet.IsHarmed($"parameter {rule.Name}")).Select(rule => rule.Slot)];
        bool Computes(Typed? typed) => typed is null || (typed.IsSound && typed.Slots().All(slot => !unsound.Contains(slot.Number)));
        unsound.UnionWith(plan.Indicators.Where(rule => sheet.IsHarmed($"value {rule.Slot}") || rule.Type.IsBroken || rule.Parts.IsEmpty || !Computes(rule.Window) || !Computes(rule.HalfLife)
            || rule.Parts.Any(part => sheet.IsHarmed(EvidenceReading.Named(part.From.Name)) || !Computes(part.Value) || !Computes(part.Where))).Select(rule => rule.Slot));
        foreach (Step step in plan.Steps)
        {
            if (sheet.IsHarmed($"value {step.Slot}") || step.Type.IsBroken || !ExpressionsOf(step).All(Computes))
            {
                unsound.Add(step.Slot);
            }
        }

        bool decides = !sheet.IsHarmed(OutcomeReading.Harmed) && ExpressionsOf(plan.Outcome).All(Computes)
            && plan.Indicators.All(rule => !unsound.Contains(rule.Slot) || rule.WhenMissing is WhenMissing.Counts);
        return new SoundRules(unsound) { Plan = sheet.IsClean ? plan : Pruned(plan, unsound, decides), HasOutcome = decides, HasAllTests = !sheet.IsHarmed(TestReading.Harmed) };
    }

    private static Plan Pruned(Plan plan, HashSet<int> unsound, bool decides) => new()
    {
        Evidence = plan.Evidence,
        Parameters = plan.Parameters,
        Indicators = [.. plan.Indicators.Select(rule => unsound.Contains(rule.Slot)
            ? rule with { Type = ExpressionType.Whole, Take = Take.Latest, Parts = [], Window = null, HalfLife = null, WhenMissing = new WhenMissing.Stays(Wording.None) }
            : rule)],
        Steps = [.. plan.Steps.Select(step => unsound.Contains(step.Slot) ? step with { Type = ExpressionType.Whole, Operation = Nothing, Rounding = null, Caps = [] } : step)],
        Outcome = decides ? plan.Outcome with { Published = null, Score = plan.Outcome.Score is { Type.IsBroken: false } ? plan.Outcome.Score : null } : OutcomeRule.Unread,
        Robustness = null,
        Tests = plan.Tests,
        Scope = plan.Scope,
    };

    private static Operation Nothing => new Operation.Formula(new Typed.Constant(new Operand.Missing("its rule is wrong"), ExpressionType.Whole), "");

    /// <summary>The expressions a score is computed by.</summary>
    public static IEnumerable<Typed> ExpressionsOf(Step step) => (step.Operation switch
    {
        Operation.Formula formula => [formula.Expression],
        Operation.Lookup lookup => ExpressionsOf(lookup.Table),
        Operation.Aggregate aggregate => aggregate.Parts.SelectMany(part => (Typed[])[part.Of, part.Weight]),
        Operation.Statistic { Of: var statistic } => ((Typed?[])[statistic.Of, statistic.Where, statistic.By]).OfType<Typed>(),
        _ => throw new System.Diagnostics.UnreachableException(),
    }).Concat(step.Caps.SelectMany(cap => (Typed[])[cap.When, cap.At]));

    private static IEnumerable<Typed> ExpressionsOf(RuleTable table) => table.Rows.SelectMany(row => row.When.Select(condition => condition.Holds).Append(row.Then));

    /// <summary>The expressions the outcome is decided by.</summary>
    public static IEnumerable<Typed> ExpressionsOf(OutcomeRule rule) => ExpressionsOf(rule.Table)
        .Concat(rule.States.Select(state => state.When)).Concat(rule.States.Select(state => state.Then).OfType<StateResult.AsPublished>().Select(then => then.Code))
        .Concat(rule.Overrides.Select(change => change.When));
}
