using System.Collections.Immutable;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Reading;

/// <summary>What is known before there are data: the parameters and their values over time.</summary>
/// <param name="rules">The parameters, in slots 0 … of every scope.</param>
/// <param name="from">The first day that matters.</param>
internal sealed class ParameterBook(IReadOnlyList<ParameterRule> rules, DateOnly from)
{
    /// <summary>The days from which the parameters an expression reads have other values, as far as they matter; earliest first, at least one.</summary>
    public IReadOnlyList<DateOnly> Periods(IEnumerable<Typed.Slot> slots) =>
        [.. slots.Where(IsParameter).SelectMany(slot => rules[slot.Number].Values).Select(value => value.From)
            .Where(day => day > from).Prepend(from).Distinct().Order()];

    /// <summary>Whether a slot is a parameter's.</summary>
    public bool IsParameter(Typed.Slot slot) => slot.Number >= 0 && slot.Number < rules.Count;

    /// <summary>Between which numbers a parameter lies over time; null for a slot that is none.</summary>
    public Bounds? BoundsOf(Typed.Slot slot) =>
        IsParameter(slot) ? Periods([slot]).Select(day => Bounds.At(rules[slot.Number].At(day))).Aggregate((one, other) => one.Hull(other)) : null;

    /// <summary>All parameters on a day, by slot.</summary>
    public ImmutableArray<Operand> On(DateOnly day) => [.. rules.Select(rule => rule.At(day))];

    /// <summary>The value of an expression over parameters alone on a day; null where it reads anything else, or cannot be computed.</summary>
    public Operand? ValueOn(DateOnly day, Typed expression)
    {
        if (!expression.IsSound || !expression.Slots().All(IsParameter))
        {
            return null;
        }

        Operand value = Interpreter.Compute(expression, [.. On(day)]);
        return value.IsKnown ? value : null;
    }

    /// <summary>" from 2023-01-01" where what is said of a day depends on parameters that change; empty where it holds always.</summary>
    public string Since(DateOnly day, IEnumerable<Typed.Slot> slots) => slots.Any(IsParameter) ? $" from {Evidence.Day.Text(day)}" : "";
}
