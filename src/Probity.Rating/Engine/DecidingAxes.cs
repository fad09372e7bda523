using System.Collections.Immutable;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Engine;

/// <summary>
/// The numbers that decide a band and where they may turn it, worked out once for a methodology: what the outcome's table compares; where the band is itself a
/// value, what the table, rounding or clusters it comes from read.
/// </summary>
internal sealed class DecidingAxes
{
    private static readonly ImmutableArray<string> Relations = ["<", "<=", ">", ">=", "==", "!="];
    private readonly Plan _plan;
    private readonly List<(Typed.Slot Slot, Step? Rounds, bool InTable)> _found = [];
    private readonly List<Typed.Apply> _turns = [];
    private readonly HashSet<int> _unfolded = [];

    private DecidingAxes(Plan plan)
    {
        _plan = plan;
        foreach (RuleRow row in plan.Outcome.Table.Rows)
        {
            foreach (Typed.Slot slot in row.When.SelectMany(condition => condition.Holds.Slots()))
            {
                Add(slot, null, inTable: true);
            }

            row.When.ToList().ForEach(condition => Compare(condition.Holds));
            Unfold(row.Then);
        }

        Step[] after = [.. plan.Steps.Where(step => _unfolded.Contains(step.Slot))];
        All = [.. _found.Select(one => new DecidingAxis(one.Slot, plan.Shown(one.Slot.Name)!, [.. _turns])
        {
            Rounds = one.Rounds,
            After = one.InTable ? [] : [.. after.Where(step => step.Slot != one.Slot.Number)],
        })];
    }

    /// <summary>Each number, in the order in which the rules read it.</summary>
    public ImmutableArray<DecidingAxis> All { get; }

    public static DecidingAxes Of(Plan plan) => new(plan);

    private void Add(Typed.Slot slot, Step? rounds, bool inTable)
    {
        if (slot.Type.IsNumber && _plan.Shown(slot.Name) is not null && !IsStatistic(slot) && !_found.Exists(one => one.Slot.Number == slot.Number))
        {
            _found.Add((slot, rounds, inTable));
        }
    }

    private bool IsStatistic(Typed.Slot slot) => _plan.Steps.Any(step => step.Slot == slot.Number && step.Operation is Operation.Statistic);

    // Takes apart what gives the band's code, down to numbers that are rounded or compared.
    private void Unfold(Typed expression)
    {
        switch (expression)
        {
            case Typed.Slot slot:
                Unfold(slot);
                break;
            case Typed.Choice choice:
                Compare(choice.If);
                Unfold(choice.Then);
                Unfold(choice.Else);
                break;
            case Typed.Apply apply when apply.Function.Name == "nearest" || apply.Type == ExpressionType.Truth:
                Compare(apply);
                break;
            case Typed.Apply apply:
                apply.Arguments.ToList().ForEach(Unfold);
                break;
            default:
                break;
        }
    }

    private void Unfold(Typed.Slot slot)
    {
        Step? step = _plan.Steps.FirstOrDefault(step => step.Slot == slot.Number);
        if (step is null or { Rounding: not null } or { Operation: Operation.Aggregate } || step.Type == ExpressionType.Real)
        {
            Add(slot, step is { Rounding: not null } ? step : null, inTable: false);
        }
        else if (step.Operation is not Operation.Statistic && _unfolded.Add(step.Slot))
        {
            switch (step.Operation)
            {
                case Operation.Formula formula:
                    Unfold(formula.Expression);
                    break;
                case Operation.Lookup lookup:
                    foreach (RuleRow row in lookup.Table.Rows)
                    {
                        row.When.ToList().ForEach(condition => Compare(condition.Holds));
                        Unfold(row.Then);
                    }

                    break;
                default:
                    break;
            }
        }
    }

    private void Compare(Typed condition)
    {
        foreach (Typed.Apply apply in condition.Walk().OfType<Typed.Apply>().Where(apply => apply.Function.Name == "nearest" || Relations.Contains(apply.Function.Name)))
        {
            _turns.Add(apply);
            foreach (Typed.Slot slot in apply.Arguments.Select(DecidingAxis.Bare).OfType<Typed.Slot>())
            {
                Add(slot, null, inTable: false);
            }
        }
    }
}

/// <summary>One number that decides.</summary>
/// <param name="Slot">Where it stands.</param>
/// <param name="Shown">How it is shown.</param>
/// <param name="Turns">The comparisons and clusters of the rules that decide.</param>
internal sealed record DecidingAxis(Typed.Slot Slot, Presentation Shown, ImmutableArray<Typed.Apply> Turns)
{
    // A cap may hide this many of the places at which a rounding turns.
    private const int MoreSteps = 4;

    /// <summary>The score whose rounding turns, where the number is what stands before it; else null.</summary>
    public Step? Rounds { get; init; }

    /// <summary>The scores to compute anew from it, each after everything it uses.</summary>
    public ImmutableArray<Step> After { get; init; } = [];

    public string Label => Rounds is null ? Shown.Label.ToString() : $"{Shown.Label} before rounding";

    public string Unit => Shown.Unit;

    public bool IsWhole => Rounds is null && Slot.Type == ExpressionType.Whole;

    public ExpressionType TypeOf(Worksheet sheet) => Rounds is null ? Slot.Type
        : sheet.Adjusted.TryGetValue(Slot.Number, out ScoreSteps? steps) && steps.Raw is Operand.Real ? ExpressionType.Real : ExpressionType.Exact;

    /// <summary>A slot, also where it is only read as another type of number; null for everything else.</summary>
    public static Typed.Slot? Bare(Typed expression) => expression switch
    {
        Typed.Slot slot => slot,
        Typed.Apply { Function.Name: "double" or "decimal", Arguments: [Typed.Slot slot] } => slot,
        _ => null,
    };

    /// <summary>Where the number may turn something.</summary>
    /// <param name="frame">The values everything else has.</param>
    /// <param name="value">What it is.</param>
    /// <param name="bands">How many bands there are.</param>
    public IEnumerable<decimal> CutsOf(Operand[] frame, decimal value, int bands) =>
        Rounds is { Rounding: { } rounding } ? RoundingCuts(rounding, value, bands + MoreSteps) : Turns.SelectMany(turn => CutsOf(turn, frame)).SelectMany(cut => IsWhole ? (decimal[])[decimal.Floor(cut), decimal.Ceiling(cut)] : [cut]);

    private static IEnumerable<decimal> RoundingCuts(Rounding rounding, decimal value, int many)
    {
        decimal half = rounding.Step / 2;
        decimal middle = decimal.Floor(value / half);
        return Math.Abs(middle) > 1e20m ? [] : Enumerable.Range(-2 * many, 4 * many).Select(step => (middle + step) * half);
    }

    private IEnumerable<decimal> CutsOf(Typed.Apply turn, Operand[] frame)
    {
        for (int i = 0; i < 2; i++)
        {
            if (Bare(turn.Arguments[i])?.Number == Slot.Number)
            {
                Operand other = Interpreter.Compute(turn.Arguments[1 - i], frame);
                return other is Operand.Items { Content: var items }
                    ? items.Zip(items.Skip(1)).Select(pair => (pair.First.AsDecimal() + pair.Second.AsDecimal()) / 2).OfType<decimal>()
                    : other.AsDecimal() is { } cut ? [cut] : [];
            }
        }

        return [];
    }
}
