using System.Collections.Immutable;
using Probity.Yaml;

namespace Probity.Rating.Expressions;

/// <summary>Which values something can have at all, as far as "one_of" says so; and what is compared with a value it never has.</summary>
/// <param name="scope">Where names have their values.</param>
/// <param name="places">Where the operations stand (<see cref="Checker.Places"/>).</param>
internal sealed class PossibleValues(Scope scope, IReadOnlyDictionary<Typed, ImmutableArray<int>> places)
{
    /// <summary>The values an expression can have where it is known; empty where that is not said.</summary>
    public static ImmutableArray<Operand> Of(Typed expression, Scope scope) => expression switch
    {
        Typed.Slot slot => scope.ValuesOf(slot.Number),
        Typed.Constant constant => [constant.Value],
        Typed.Choice choice => Union([Of(choice.Then, scope), Of(choice.Else, scope)]),
        _ => [],
    };

    /// <summary>All of several sets; empty where one is not said.</summary>
    public static ImmutableArray<Operand> Union(IReadOnlyCollection<ImmutableArray<Operand>> sets) =>
        sets.Any(set => set.IsEmpty) ? [] : [.. sets.SelectMany(set => set).Distinct()];

    /// <summary>Tells every comparison for equality with a value that can never be.</summary>
    public IEnumerable<Fault> Faults(Typed expression) => expression.Walk().OfType<Typed.Apply>().SelectMany(FaultsOf);

    private IEnumerable<Fault> FaultsOf(Typed.Apply apply) => (apply.Function.Name, apply.Arguments) switch
    {
        ("==" or "!=", [var left, Typed.Constant right]) => Never(apply, left, [right]),
        ("==" or "!=", [Typed.Constant left, var right]) => Never(apply, right, [left]),
        ("in", [var item, Typed.ListOf list]) => Never(apply, item, list.Items.OfType<Typed.Constant>()),
        _ => [],
    };

    private IEnumerable<Fault> Never(Typed.Apply apply, Typed of, IEnumerable<Typed.Constant> compared)
    {
        ImmutableArray<Operand> possible = of is Typed.Constant ? [] : Of(of, scope);
        string name = of is Typed.Slot slot ? $"'{slot.Name}'" : "this";
        return compared.Where(one => !possible.IsEmpty && !possible.Contains(one.Value)).Select(one => new Fault(
            places.TryGetValue(apply, out ImmutableArray<int> found) ? found[0] : 0,
            $"{name} is never '{one.Value}'",
            NearestName.Of(one.Value.ToString()!, possible.Select(value => value.ToString()!)) is { } nearest ? $"did you mean '{nearest}'?" : "it is one of " + string.Join(", ", possible)));
    }
}
