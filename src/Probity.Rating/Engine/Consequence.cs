using System.Collections.Immutable;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Engine;

/// <summary>
/// What follows from one value on the way to the outcome: the scores that are computed anew when it changes, and the places where the rules may turn, such as
/// comparisons. Between two values that turn nothing the outcome is the same, so long as each number compared only rises or falls.
/// </summary>
internal sealed class Consequence
{
    // What gives the same for a stretch of values and jumps between them; everything else in the language rises or falls.
    private static readonly ImmutableArray<string> Steplike = ["round", "floor", "ceil", "int", "%"];
    private static readonly ImmutableArray<string> Bent = ["min", "max", "abs", "/", "nearest"];

    private readonly ImmutableArray<Typed> _turns;
    private readonly ImmutableArray<Typed> _steplike;
    private readonly ImmutableArray<Operation.Aggregate> _variances;

    private Consequence(ImmutableArray<Step> steps, ImmutableArray<Typed> read)
    {
        Steps = steps;
        MovesPeers = IsChained(steps);
        Typed[] parts = [.. read.SelectMany(Parts)];
        _turns = [.. parts.Where(part => part.Type == ExpressionType.Truth || part is Typed.Apply { Function.Name: var name } && Bent.Contains(name)).Distinct()];
        _steplike = [.. parts.Where(part => part is Typed.Apply { Function.Name: var name } && Steplike.Contains(name)).Distinct()];
        _variances = [.. steps.Select(step => step.Operation).OfType<Operation.Aggregate>().Where(rule => rule.Kind == AggregateKind.Variance)];
    }

    /// <summary>The scores that are computed anew, each after everything it uses.</summary>
    public ImmutableArray<Step> Steps { get; }

    /// <summary>Whether the scores of peers that a statistic counts rest on another statistic, which the value moves: they are taken as they are.</summary>
    public bool MovesPeers { get; }

    /// <summary>Whether anything jumps where nothing is compared: a rounding.</summary>
    public bool IsSteplike => !_steplike.IsEmpty || Steps.Any(step => step.Rounding is not null);

    /// <summary>What follows from a value, of what the outcome rests on.</summary>
    /// <param name="plan">The rules.</param>
    /// <param name="slot">The value's slot: an indicator, or a score.</param>
    public static Consequence Of(Plan plan, int slot)
    {
        HashSet<int> wanted = BehindOutcome(plan);
        var moved = new HashSet<int> { slot };
        var steps = ImmutableArray.CreateBuilder<Step>();
        foreach (Step step in plan.Steps.Where(step => step.Slot != slot && wanted.Contains(step.Slot) && Read(step).Any(read => moved.Contains(read))))
        {
            moved.Add(step.Slot);
            steps.Add(step);
        }

        IEnumerable<Typed> read = steps.SelectMany(Expressions).Concat(OfOutcome(plan.Outcome)).Where(expression => expression.Slots().Any(one => moved.Contains(one.Number)));
        return new Consequence(steps.ToImmutable(), [.. read]);
    }

    /// <summary>A number that is the same for two frames that turn nothing differently.</summary>
    /// <param name="sheet">The values.</param>
    /// <param name="thorough">Whether the results of roundings count too.</param>
    public ulong SignatureOf(Worksheet sheet, bool thorough)
    {
        ulong signature = 14695981039346656037;
        void Mix(int turn) => signature = (signature ^ (uint)turn) * 1099511628211;
        foreach (Typed turn in _turns)
        {
            Mix(TurnOf(turn, sheet.Frame));
        }

        foreach (Operation.Aggregate rule in _variances)
        {
            double mean = rule.Parts.Select(part => sheet.Frame[part.Of.Number].AsDouble()).OfType<double>().DefaultIfEmpty().Average();
            Mix(rule.Parts.Aggregate(0, (sides, part) => (sides * 3) + 1 + Math.Sign((sheet.Frame[part.Of.Number].AsDouble() ?? mean) - mean)));
        }

        foreach (Step step in Steps.Where(step => !step.Caps.IsEmpty || (thorough && step.Rounding is not null)))
        {
            Mix(sheet.Adjusted.TryGetValue(step.Slot, out ScoreSteps? adjusted) ? adjusted.Caps.Length + (thorough ? adjusted.Rounded.GetHashCode() : 0) : -1);
        }

        foreach (Typed jump in thorough ? _steplike : [])
        {
            Mix(Interpreter.Compute(jump, sheet.Frame).GetHashCode());
        }

        return signature;
    }

    private static int TurnOf(Typed turn, Operand[] frame)
    {
        Operand value = Interpreter.Compute(turn, frame);
        if (turn is not Typed.Apply apply || !value.IsKnown || turn.Type == ExpressionType.Truth)
        {
            return value is Operand.Truth truth ? (truth.Holds ? 1 : 0) : 2;
        }

        Operand[] arguments = [.. apply.Arguments.Select(argument => Interpreter.Compute(argument, frame))];
        return apply.Function.Name switch
        {
            "abs" => Math.Sign(arguments[0].AsDouble() ?? 0),
            "/" => Math.Sign(arguments[1].AsDouble() ?? 0),
            "nearest" => (int)((Operand.Whole)value).Number,
            _ => Array.FindIndex(arguments, argument => argument.IsKnown && Comparison.Compare(argument, value) == 0),
        };
    }

    private static HashSet<int> BehindOutcome(Plan plan)
    {
        HashSet<int> wanted = [.. Decision.DecidingSlots(plan.Outcome).Concat(plan.Outcome.States.SelectMany(state => state.When.Slots())).Select(slot => slot.Number)];
        foreach (Step step in plan.Steps.Reverse().Where(step => wanted.Contains(step.Slot)))
        {
            wanted.UnionWith(Read(step));
        }

        return wanted;
    }

    private static bool IsChained(ImmutableArray<Step> steps)
    {
        var moved = new HashSet<int>();
        foreach (Step step in steps)
        {
            bool reads = Read(step).Any(moved.Contains);
            if (step.Operation is Operation.Statistic && reads)
            {
                return true;
            }

            if (step.Operation is Operation.Statistic || reads)
            {
                moved.Add(step.Slot);
            }
        }

        return false;
    }

    // An organisation's own value is among those a statistic is of.
    private static IEnumerable<int> Read(Step step) =>
        (step.Operation is Operation.Statistic statistic ? Counted(statistic.Of).SelectMany(expression => expression.Slots()) : Scoring.SlotsOf(step)).Select(slot => slot.Number);

    private static IEnumerable<Typed> Counted(CohortStatistic statistic) => ((Typed?[])[statistic.Of, statistic.Where, statistic.By]).OfType<Typed>();

    private static IEnumerable<Typed> Expressions(Step step) => (step.Operation switch
    {
        Operation.Formula formula => [formula.Expression],
        Operation.Lookup lookup => OfTable(lookup.Table),
        Operation.Aggregate aggregate => aggregate.Parts.Select(part => part.Weight),
        Operation.Statistic statistic => Counted(statistic.Of),
        _ => [],
    }).Concat(step.Caps.SelectMany(cap => (Typed[])[cap.When, cap.At]));

    private static IEnumerable<Typed> OfOutcome(OutcomeRule rule) =>
        OfTable(rule.Table).Concat(rule.Overrides.Select(change => change.When)).Concat(rule.States.Select(state => state.When));

    private static IEnumerable<Typed> OfTable(RuleTable table) => table.Rows.SelectMany(row => row.When.Select(condition => condition.Holds).Append(row.Then));

    // What stands within a quantifier reads an item of its list, and is not computed by itself.
    private static IEnumerable<Typed> Parts(Typed expression) => expression switch
    {
        Typed.Apply apply => apply.Arguments.SelectMany(Parts).Prepend(apply),
        Typed.Logic logic => Parts(logic.Left).Concat(Parts(logic.Right)).Prepend(logic),
        Typed.Choice choice => Parts(choice.If).Concat(Parts(choice.Then)).Concat(Parts(choice.Else)).Prepend(choice),
        Typed.IsKnown known => Parts(known.Of).Prepend(known),
        Typed.ListOf list => list.Items.SelectMany(Parts).Prepend(list),
        Typed.Every every => Parts(every.Over).Prepend(every),
        _ => [expression],
    };
}
