using System.Collections.Immutable;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Engine;

/// <summary>
/// The scores that each draw of a robustness check computes anew, in their order: those with drawn weights or another way of being computed, and
/// all that follow from them. Cohort statistics are not among them: the cohort stays as it was surveyed.
/// </summary>
internal sealed class DrawnSteps
{
    private readonly ImmutableArray<Step>[] _byDraw;

    private DrawnSteps(ImmutableArray<Step>[] byDraw) => _byDraw = byDraw;

    /// <summary>How many draws there are.</summary>
    public int Count => _byDraw.Length;

    /// <summary>The scores of a draw, each after everything it uses.</summary>
    public ImmutableArray<Step> this[int draw] => _byDraw[draw];

    public static DrawnSteps Of(Plan plan, RobustnessRule rule)
    {
        Step[] affected = AffectedBy(plan, [.. rule.Weights.Select(varied => varied.Slot), .. rule.Alternatives.Select(varied => varied.Slot)]);
        var drawn = new ImmutableArray<Step>[rule.Draws];
        for (int draw = 0; draw < drawn.Length; draw++)
        {
            // every draw has a stretch of places of its own: one for each choice and, after them, one for each uniform number
            var chance = new Chance(new Chance(rule.Seed).Bits((ulong)draw));
            drawn[draw] = [.. affected.Select(step => Drawn(step, rule, chance))];
        }

        return new DrawnSteps(drawn);
    }

    private static Step[] AffectedBy(Plan plan, HashSet<int> slots)
    {
        var affected = new List<Step>();
        foreach (Step step in plan.Steps.Where(step => step.Operation is not Operation.Statistic))
        {
            if (slots.Contains(step.Slot) || Scoring.SlotsOf(step).Any(slot => slots.Contains(slot.Number)))
            {
                slots.Add(step.Slot);
                affected.Add(step);
            }
        }

        return [.. affected];
    }

    private static Step Drawn(Step step, RobustnessRule rule, Chance chance)
    {
        ulong place = 0;
        foreach (VariedScore varied in rule.Alternatives)
        {
            int choice = chance.Choice(place++, varied.Instead.Length + 1);
            if (varied.Slot == step.Slot && choice > 0)
            {
                return varied.Instead[choice - 1];
            }
        }

        foreach (VariedWeights varied in rule.Weights)
        {
            ulong places = varied.Spread is WeightSpread.Dirichlet dirichlet ? (ulong)dirichlet.Parts.Sum() : 1_000;
            if (varied.Slot == step.Slot)
            {
                return step with { Operation = Weighed((Operation.Aggregate)step.Operation, varied.Spread, (chance, place)) };
            }

            place += places;
        }

        return step;
    }

    private static Operation.Aggregate Weighed(Operation.Aggregate rule, WeightSpread spread, (Chance Chance, ulong Place) from)
    {
        decimal[] weights = [.. rule.Parts.Select(part => ((Typed.Constant)part.Weight).Value.AsDecimal()!.Value)];
        decimal total = weights.Sum();
        decimal[] drawn = spread switch
        {
            WeightSpread.Uniform uniform => [.. weights.Select((weight, i) => weight * (1 + (uniform.Share * ((2 * from.Chance.Share(from.Place + (ulong)i)) - 1))))],
            WeightSpread.Dirichlet dirichlet => Gaps(dirichlet.Parts, from),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        decimal sum = drawn.Sum();
        return rule with { Parts = [.. rule.Parts.Select((part, i) => part with { Weight = new Typed.Constant(new Operand.Exact(drawn[i] * total / sum), ExpressionType.Exact) })] };
    }

    // n − 1 sorted uniform numbers cut 0 … 1 into n gaps, Dirichlet(1, …, 1); the sums of runs of gaps are Dirichlet with whole parameters.
    private static decimal[] Gaps(ImmutableArray<int> parts, (Chance Chance, ulong Place) from)
    {
        int n = parts.Sum();
        decimal[] cuts = [.. Enumerable.Range(0, n - 1).Select(i => from.Chance.Share(from.Place + (ulong)i)).Order(), 1m];
        var gaps = new decimal[parts.Length];
        (decimal before, int next) = (0, 0);
        for (int i = 0; i < parts.Length; i++)
        {
            next += parts[i];
            gaps[i] = cuts[next - 1] - before;
            before = cuts[next - 1];
        }

        return gaps;
    }
}
