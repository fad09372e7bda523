using Probity.Evidence;
using Probity.Rating.Expressions;
using Probity.Rating.Model;
using Probity.Rating.Reading;

namespace Probity.Rating;

/// <summary>A change of a methodology that is tried out, on all days alike; see <see cref="Methodology.With"/>.</summary>
public abstract record MethodologyChange
{
    private MethodologyChange()
    {
    }

    /// <summary>Another value of a parameter.</summary>
    /// <param name="Name">The parameter's name.</param>
    /// <param name="Value">The value as the file would write it: "P18M", "0.5".</param>
    public sealed record ParameterValue(string Name, string Value) : MethodologyChange
    {
        /// <inheritdoc/>
        public override string ToString() => $"{Name} = {Value}";
    }

    /// <summary>Another weight of a value in an aggregate.</summary>
    /// <param name="Score">The aggregate's name.</param>
    /// <param name="Part">The value's name.</param>
    /// <param name="Value">The weight, above zero.</param>
    public sealed record Weight(string Score, string Part, decimal Value) : MethodologyChange
    {
        /// <inheritdoc/>
        public override string ToString() => $"weight of {Part} in {Score} = {Numbers.Text(Value)}";
    }

    /// <summary>Another cut in the table of bands.</summary>
    /// <param name="Row">The row, from 0.</param>
    /// <param name="Name">The value it is about.</param>
    /// <param name="Limit">The number it is compared with.</param>
    public sealed record Cut(int Row, string Name, decimal Limit) : MethodologyChange
    {
        /// <inheritdoc/>
        public override string ToString() => $"cut of {Name} in row {Row + 1} = {Numbers.Text(Limit)}";
    }

    /// <summary>The plan with the change; null after a problem.</summary>
    internal Plan? ApplyTo(Plan plan, ICollection<Problem> problems) => this switch
    {
        ParameterValue parameter => WithParameter(plan, parameter, problems),
        Weight weight => WithWeight(plan, weight, problems),
        Cut cut => WithCut(plan, cut, problems),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Plan? WithParameter(Plan plan, ParameterValue change, ICollection<Problem> problems)
    {
        if (plan.Parameters.FirstOrDefault(parameter => parameter.Name == change.Name) is not { } rule)
        {
            return Refuse(problems, $"there is no parameter '{change.Name}'", "known: " + string.Join(", ", plan.Parameters.Select(parameter => parameter.Name)));
        }

        return Literals.TryRead(change.Value, rule.Type, out Operand? value)
            ? plan with { Parameters = plan.Parameters.Replace(rule, rule with { Values = [(DateOnly.MinValue, value)] }) }
            : Refuse(problems, $"'{change.Value}' is no value of type {rule.Type}, which parameter '{change.Name}' has", rule.Type.Sort == Sort.Span ? "write it like P18M" : "");
    }

    private static Plan? WithWeight(Plan plan, Weight change, ICollection<Problem> problems)
    {
        Step? step = plan.Steps.FirstOrDefault(step => step.Name == change.Score && step.Operation is Operation.Aggregate);
        var aggregate = step?.Operation as Operation.Aggregate;
        if (aggregate?.Parts.FirstOrDefault(part => part.Of.Name == change.Part) is not { } part)
        {
            string known = string.Join(", ", plan.Steps.Select(one => one.Operation).OfType<Operation.Aggregate>().SelectMany(one => one.Parts).Select(one => one.Of.Name).Distinct());
            return Refuse(problems, $"no value '{change.Part}' is weighed in '{change.Score}'", known.Length > 0 ? "weighed are " + known : "");
        }

        if (change.Value <= 0 || part.Weight is not Typed.Constant)
        {
            return Refuse(problems, change.Value <= 0 ? $"the weight of '{change.Part}' is not above zero" : $"the weight of '{change.Part}' is computed, not written", "");
        }

        Typed weight = new Typed.Constant(new Operand.Exact(change.Value), ExpressionType.Exact);
        Operation changed = aggregate with { Parts = aggregate.Parts.Replace(part, part with { Weight = weight }) };
        return plan with { Steps = plan.Steps.Replace(step!, step! with { Operation = changed }) };
    }

    private static Plan? WithCut(Plan plan, Cut change, ICollection<Problem> problems)
    {
        RuleRow? row = change.Row >= 0 && change.Row < plan.Outcome.Table.Rows.Length ? plan.Outcome.Table.Rows[change.Row] : null;
        if (row?.When.FirstOrDefault(condition => condition.Bound?.Axis.Name == change.Name) is not { Bound: { } bound } old)
        {
            return Refuse(problems, $"row {change.Row + 1} of the bands has no cut of '{change.Name}'", "");
        }

        string text = $"{bound.Axis.Name} {bound.Relation} {(change.Limit < 0 ? $"({Numbers.Text(change.Limit)})" : Numbers.Text(change.Limit))}";
        var faults = new List<Fault>();
        if (Checker.Read(text, plan.Scope, faults) is not Typed.Apply { Arguments: [_, var limit] } holds)
        {
            return Refuse(problems, $"'{text}' is no condition: {faults[0].Message}", faults[0].Suggestion);
        }

        RuleCondition condition = old with { Holds = Strictness.Of(holds), Bound = bound with { Limit = limit } };
        RuleTable table = plan.Outcome.Table with { Rows = plan.Outcome.Table.Rows.SetItem(change.Row, row with { When = row.When.Replace(old, condition) }) };
        return plan with { Outcome = plan.Outcome with { Table = table } };
    }

    private static Plan? Refuse(ICollection<Problem> problems, string message, string suggestion)
    {
        problems.Add(new Problem("", 0, 0, "what-if", message, suggestion));
        return null;
    }
}
