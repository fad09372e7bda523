using System.Collections.Immutable;

namespace Probity.Rating.Expressions;

/// <summary>
/// Computes what of an expression is known before there are data, and tells what can never be computed: a division by zero, a rounding that does not
/// exist, the logarithm of nothing. What a known condition leaves out is not computed and not told.
/// </summary>
/// <param name="places">Where the operations and their arguments stand (<see cref="Checker.Places"/>).</param>
/// <param name="known">The values of the first slots, the parameters; one that is missing or failed is not known.</param>
/// <param name="faults">Where faults are added.</param>
internal sealed class ConstantCheck(IReadOnlyDictionary<Typed, ImmutableArray<int>> places, ImmutableArray<Operand> known, ICollection<Fault> faults)
{
    /// <summary>The value; null where it depends on data, and after a fault.</summary>
    public Operand? Of(Typed expression)
    {
        switch (expression)
        {
            case Typed.Constant constant:
                return constant.Value;
            case Typed.Slot slot:
                return slot.Number >= 0 && slot.Number < known.Length && known[slot.Number].IsKnown ? known[slot.Number] : null;
            case Typed.Apply apply:
                return OfApply(apply);
            case Typed.Logic logic:
                return OfLogic(logic);
            case Typed.Choice choice:
                return OfChoice(choice);
            case Typed.ListOf list:
                Operand?[] items = [.. list.Items.Select(Of)];
                return items.Contains(null) ? null : new Operand.Items([.. items!]);
            case Typed.Broken { Meant: { } meant } broken:
                Refuse(broken, meant, [.. broken.Parts.Select(Of)]);
                return null;
            default:
                foreach (Typed part in PartsOf(expression))
                {
                    Of(part);
                }

                return null;
        }
    }

    private static ImmutableArray<Typed> PartsOf(Typed expression) => expression switch
    {
        Typed.IsKnown known => [known.Of],
        Typed.Every every => [every.Over, every.Holds],
        Typed.Broken broken => broken.Parts,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private Operand? OfApply(Typed.Apply apply)
    {
        Operand?[] arguments = [.. apply.Arguments.Select(Of)];
        if (Refuse(apply, apply.Function, arguments) || arguments.Contains(null))
        {
            return null;
        }

        Operand value = Strictness.Finite(apply.Function).Compute(arguments!);
        if (value is Operand.Failed failed)
        {
            Tell(apply, 0, $"this can never be computed: {failed.Why}", "");
        }

        return value.IsKnown ? value : null;
    }

    private bool Refuse(Typed call, Function function, Operand?[] arguments)
    {
        ImmutableArray<Refusal> refusals = function.Refuses?.Invoke(arguments) ?? [];
        foreach (Refusal refusal in refusals)
        {
            Tell(call, refusal.Argument + 1, refusal.Message, refusal.Suggestion);
        }

        return !refusals.IsEmpty;
    }

    private Operand? OfLogic(Typed.Logic logic)
    {
        Operand? left = Of(logic.Left);
        if (left is Operand.Truth first && first.Holds != logic.IsAnd)
        {
            return first;
        }

        Operand? right = Of(logic.Right);
        return right is Operand.Truth second && second.Holds != logic.IsAnd ? second : left is null ? null : right;
    }

    private Operand? OfChoice(Typed.Choice choice)
    {
        if (Of(choice.If) is Operand.Truth condition)
        {
            return Of(condition.Holds ? choice.Then : choice.Else);
        }

        Of(choice.Then);
        Of(choice.Else);
        return null;
    }

    private void Tell(Typed call, int place, string message, string suggestion)
    {
        int at = places.TryGetValue(call, out ImmutableArray<int> found) ? found[place] : 0;
        faults.Add(new Fault(at, message, suggestion));
    }
}
