using System.Collections.Immutable;
using Probity.Rating.Expressions;
using Probity.Rating.Model;
using Probity.Rating.Reading;

namespace Probity.Rating.Changes;

/// <summary>
/// What the check of a file would say of rules with some numbers turned: weights above zero that keep their sum, tables that meet every case and reach
/// every row, nothing that divides by zero. What the rules say of themselves already is no answer to a question.
/// </summary>
/// <param name="rules">The rules.</param>
/// <param name="turned">The same with some numbers turned, which hold on the day.</param>
/// <param name="day">The day asked about.</param>
internal sealed class TurnedRules(Plan rules, Plan turned, DateOnly day)
{
    private readonly ParameterBook _before = new(rules.Parameters, day);
    private readonly ParameterBook _after = new(turned.Parameters, day);

    /// <summary>What is wrong, in words; empty where nothing is.</summary>
    public IEnumerable<string> Faults() => rules.Steps.Zip(turned.Steps).SelectMany(pair => FaultsOf(pair.First, pair.Second))
        .Concat(OfTable(rules.Outcome.Table, turned.Outcome.Table))
        .Concat(New("outcome", SoundRules.ExpressionsOf(rules.Outcome), SoundRules.ExpressionsOf(turned.Outcome)));

    private IEnumerable<string> FaultsOf(Step before, Step after)
    {
        IEnumerable<string> own = (before.Operation, after.Operation) switch
        {
            (Operation.Aggregate old, Operation.Aggregate now) => OfWeights(after.Name, old, now),
            (Operation.Lookup old, Operation.Lookup now) => OfTable(old.Table, now.Table),
            _ => [],
        };
        return own.Concat(New(after.Name, SoundRules.ExpressionsOf(before), SoundRules.ExpressionsOf(after)));
    }

    private IEnumerable<string> OfWeights(string name, Operation.Aggregate before, Operation.Aggregate after)
    {
        decimal?[] old = [.. before.Parts.Select(part => _before.ValueOn(day, part.Weight)?.AsDecimal())];
        decimal?[] now = [.. after.Parts.Select(part => _after.ValueOn(day, part.Weight)?.AsDecimal())];
        if (old.SequenceEqual(now))
        {
            return [];
        }

        string[] wrong = [.. Weights.NotPositive(now).Select(i => $"{name}: {Weights.NotPositive(after.Parts[i].Of.Name)}")];
        bool known = wrong.Length == 0 && !old.Contains(null) && !now.Contains(null);
        decimal apart = known ? Math.Abs(now.Sum()!.Value - old.Sum()!.Value) : 0;
        return apart != 0 ? [$"{name}: the weights sum to {Numbers.Text(now.Sum()!.Value)}, not {Numbers.Text(old.Sum()!.Value)}; correct one of them"] : wrong;
    }

    private IEnumerable<string> OfTable(RuleTable before, RuleTable after)
    {
        HashSet<(int?, string)> known = [.. TableCoverage.Of((_before, rules.Scope), before).Select(fault => (fault.Row, fault.Code))];
        return TableCoverage.Of((_after, rules.Scope), after).Where(fault => !known.Contains((fault.Row, fault.Code))).Select(fault => $"{after.Name}: {fault.Message}");
    }

    private IEnumerable<string> New(string name, IEnumerable<Typed> before, IEnumerable<Typed> after)
    {
        HashSet<string> known = [.. Constants(_before, before)];
        return Constants(_after, after).Where(fault => !known.Contains(fault)).Distinct(StringComparer.Ordinal).Select(fault => $"{name}: {fault}");
    }

    private IEnumerable<string> Constants(ParameterBook book, IEnumerable<Typed> expressions)
    {
        var faults = new List<Fault>();
        var check = new ConstantCheck(ImmutableDictionary<Typed, ImmutableArray<int>>.Empty, book.On(day), faults);
        foreach (Typed expression in expressions)
        {
            check.Of(expression);
        }

        var impossible = new Impossible(rules.Scope, book.BoundsOf);
        return faults.Select(fault => fault.Message).Concat(expressions.SelectMany(impossible.Of).Select(never => never.Why));
    }
}
