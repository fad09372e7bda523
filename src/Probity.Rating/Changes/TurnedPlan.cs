using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Rating.Expressions;
using Probity.Rating.Model;
using Probity.Yaml;

namespace Probity.Rating.Changes;

/// <summary>The same rules with some of their numbers turned. Types, names and the order of computing stay.</summary>
internal sealed class TurnedPlan
{
    /// <summary>Months or days of the longest length of time that is asked about.</summary>
    private const int MostLength = 9999;

    private readonly Methodology _methodology;
    private readonly DateOnly _day;
    private readonly IReadOnlyDictionary<string, decimal> _settings;
    private readonly List<MethodologyNumber> _numbers = [];

    private TurnedPlan(Methodology methodology, DateOnly day, IReadOnlyDictionary<string, decimal> settings) => (_methodology, _day, _settings) = (methodology, day, settings);

    public static ImmutableArray<MethodologyNumber> NumbersOf(Methodology methodology, DateOnly day)
    {
        var turned = new TurnedPlan(methodology, day, ImmutableDictionary<string, decimal>.Empty);
        turned.Rewrite();
        return [.. turned._numbers];
    }

    public static Methodology? Turn(Methodology methodology, IReadOnlyDictionary<string, decimal> settings, DateOnly day, ICollection<string> problems)
    {
        ImmutableArray<MethodologyNumber> numbers = NumbersOf(methodology, day);
        int before = problems.Count;
        foreach ((string name, decimal value) in settings)
        {
            if (numbers.FirstOrDefault(number => number.Name == name) is not { } number)
            {
                string? nearest = NearestName.Of(name, numbers.Select(one => one.Name));
                problems.Add($"'{name}' is no number of {methodology} that can be turned; {(nearest is null ? "those that can: " + string.Join(", ", numbers.Select(one => one.Name)) : $"did you mean '{nearest}'?")}");
            }
            else if (number.IsWhole && value != decimal.Truncate(value))
            {
                problems.Add($"'{name}' takes whole numbers, not {Numbers.Text(value)}");
            }
            else if (number.IsLength && value is < 1 or > MostLength)
            {
                problems.Add($"'{name}' takes 1 to {MostLength} {number.Unit}, not {Numbers.Text(value)}");
            }
            else if (Math.Abs(value) > 1_000_000_000_000_000m)
            {
                problems.Add($"'{name}' takes numbers up to 1000000000000000, not {Numbers.Text(value)}");
            }
        }

        if (problems.Count > before)
        {
            return null;
        }

        Plan plan = new TurnedPlan(methodology, day, settings).Rewrite();
        foreach (string fault in new TurnedRules(methodology.Plan, plan, day).Faults())
        {
            problems.Add(fault);
        }

        if (problems.Count > before)
        {
            return null;
        }

        Fields asked = Fields.Of([new("rules", Value.Of(methodology.Fingerprint.ToString())), .. settings.Select(one => new KeyValuePair<string, Value>("set " + one.Key, Value.Of(Numbers.Text(one.Value))))]);
        return methodology.Turned(plan, Digest.Of(CanonicalJson.Bytes(asked)));
    }

    // A new plan, not a copy: what a plan works out when first asked for is worked out anew.
    private Plan Rewrite()
    {
        Plan plan = _methodology.Plan;
        return new Plan
        {
            Evidence = plan.Evidence,
            Parameters = [.. plan.Parameters.Select(Parameter)],
            Indicators = plan.Indicators,
            Steps = [.. plan.Steps.Select(Step)],
            Outcome = Outcome(plan.Outcome),
            Robustness = plan.Robustness,
            Tests = plan.Tests,
            Scope = plan.Scope,
        };
    }

    private ParameterRule Parameter(ParameterRule rule)
    {
        Parameter shown = _methodology.Parameters.First(parameter => parameter.Name == rule.Name);
        string label = shown.Label.ToString() is { Length: > 0 } text ? text : rule.Name.Replace('_', ' ');
        return Turned(rule.At(_day), rule.Type, (rule.Name, label, shown.Unit, null)) is { } value ? rule with { Values = [(DateOnly.MinValue, value)] } : rule;
    }

    // What no setting touches stays the very same object, so that an engine can see that it need not be computed again.
    private Step Step(Step step)
    {
        Operation turned = Operation(step);
        return Touches(step.Name) ? step with { Operation = turned } : step;
    }

    private OutcomeRule Outcome(OutcomeRule rule)
    {
        RuleTable turned = Table(rule.Table);
        return Touches(rule.Table.Name) ? rule with { Table = turned } : rule;
    }

    private bool Touches(string name) => _settings.Keys.Any(setting => setting.StartsWith(name + ".", StringComparison.Ordinal));

    private Operation Operation(Step step)
    {
        switch (step.Operation)
        {
            case Operation.Lookup lookup:
                return lookup with { Table = Table(lookup.Table) };
            case Operation.Aggregate { Kind: not AggregateKind.Count } aggregate when aggregate.Parts.Any(part => part.Weight is not Typed.Constant { Value: Operand.Whole { Number: 1 } }):
                return aggregate with { Parts = WithTheirSum(aggregate.Parts, [.. aggregate.Parts.Select(part => Weight(step, part))]) };
            default:
                return step.Operation;
        }
    }

    // Weights keep their sum: those that nobody turns share what the others leave, in proportion. What cannot be so is left to be refused.
    private static ImmutableArray<WeightedPart> WithTheirSum(ImmutableArray<WeightedPart> before, ImmutableArray<WeightedPart> after)
    {
        int[] left = [.. Enumerable.Range(0, after.Length).Where(i => ReferenceEquals(after[i], before[i]))];
        if (left.Length == 0 || left.Length == after.Length || before.Any(part => part.Weight is not Typed.Constant))
        {
            return after;
        }

        decimal rest = before.Sum(WeightOf) - after.Where((_, i) => !left.Contains(i)).Sum(WeightOf);
        decimal shared = left.Sum(i => WeightOf(before[i]));
        if (rest <= 0)
        {
            return after;
        }

        ImmutableArray<WeightedPart>.Builder parts = after.ToBuilder();
        foreach (int i in left)
        {
            decimal others = left.Where(other => other < i).Sum(other => WeightOf(parts[other]));
            decimal share = i == left[^1] ? rest - others : Math.Round(WeightOf(before[i]) / shared * rest, 20, MidpointRounding.ToEven);
            parts[i] = after[i] with { Weight = new Typed.Constant(new Operand.Exact(share), ExpressionType.Exact) };
        }

        return parts.MoveToImmutable();
    }

    private static decimal WeightOf(WeightedPart part) => ((Typed.Constant)part.Weight).Value.AsDecimal() ?? 0;

    private WeightedPart Weight(Step step, WeightedPart part)
    {
        string label = $"{step.Shown.Label}: weight of {LabelOf(part.Of.Name)}";
        return part.Weight is Typed.Constant weight && Turned(weight.Value, weight.Type, ($"{step.Name}.{part.Of.Name}", label, "", null)) is { } value
            ? part with { Weight = weight with { Value = value } }
            : part;
    }

    private RuleTable Table(RuleTable table) => table with { Rows = [.. table.Rows.Select((row, i) => row with { When = [.. row.When.Select((condition, j) => Cut(table, (i, j), condition))] })] };

    private RuleCondition Cut(RuleTable table, (int Row, int Place) at, RuleCondition condition)
    {
        if (condition is not { Bound: { Limit: Typed.Constant limit } bound, Holds: Typed.Apply { Arguments: [var left, _] } holds })
        {
            return condition;
        }

        bool twice = table.Rows[at.Row].When.Take(at.Place).Any(other => other.Bound?.Axis.Number == bound.Axis.Number);
        string then = table.Rows[at.Row].Then is Typed.Constant code ? code.Value.ToString()! : "";
        string result = _methodology.BandOf(then) is { } band && !string.Equals(band.Code, band.Label.ToString(), StringComparison.OrdinalIgnoreCase) ? $"{band.Code}, {band.Label}" : then;
        Presentation? shown = _methodology.Plan.Shown(bound.Axis.Name);
        string label = $"{(result.Length > 0 ? result : $"{table.Name}, row {at.Row + 1}")}: {LabelOf(bound.Axis.Name)} {InWords(bound.Relation)}";
        string name = $"{table.Name}.{at.Row + 1}.{bound.Axis.Name}{(twice ? ".2" : "")}";
        return Turned(limit.Value, limit.Type, (name, label, shown?.Unit ?? "", shown)) is { } value
            ? condition with
            {
                Bound = bound with { Limit = limit with { Value = value } },
                Holds = holds with { Arguments = [left, limit with { Value = value }] },
            }
            : condition;
    }

    private static string InWords(string relation) => relation switch
    {
        "<=" => "at most",
        "<" => "below",
        ">=" => "at least",
        ">" => "above",
        "==" => "exactly",
        _ => "other than",
    };

    private string LabelOf(string name) => _methodology.Plan.Shown(name)?.Label.ToString() ?? name.Replace('_', ' ');

    /// <summary>Notes a number that can be turned, and gives the value it is turned to; null where it is left.</summary>
    private Operand? Turned(Operand now, ExpressionType type, (string Name, string Label, string Unit, Presentation? Axis) of)
    {
        if (now is Operand.Span { Length: var length })
        {
            return TurnedLength(length, of.Name, of.Label);
        }

        if (!type.IsNumber || now.AsDecimal() is not { } value)
        {
            return null;
        }

        decimal span = Math.Max(Math.Abs(value), type == ExpressionType.Whole ? 2 : 1);
        (decimal, decimal) range = of.Axis is { Best: { } best, Worst: { } worst }
            ? (Math.Min(Math.Min(best, worst), value), Math.Max(Math.Max(best, worst), value))
            : value >= 0 ? (0, value == 0 ? span : 2 * value) : (2 * value, 0);
        _numbers.Add(new MethodologyNumber(of.Name, of.Label, value, range) { Unit = of.Unit, IsWhole = type == ExpressionType.Whole });
        return _settings.TryGetValue(of.Name, out decimal wanted) ? Engine.Edges.Numbered(wanted, type) : null;
    }

    /// <summary>The same of a length of time, counted in months or in days; one in both is left.</summary>
    private Operand.Span? TurnedLength(Period length, string name, string label)
    {
        if ((length.Months == 0) == (length.Days == 0))
        {
            return null;
        }

        bool months = length.Days == 0;
        decimal value = months ? length.Months : length.Days;
        _numbers.Add(new MethodologyNumber(name, label, value, (1, 2 * value)) { Unit = months ? "months" : "days", IsWhole = true, IsLength = true });
        return _settings.TryGetValue(name, out decimal wanted) ? new Operand.Span(months ? new Period((int)wanted, 0) : new Period(0, (int)wanted)) : null;
    }
}
