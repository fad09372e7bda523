namespace Probity.Rating.Expressions;

/// <summary>
/// Makes an expression fail where CEL's doubles go on with infinity or not-a-number: in a rating neither may take part, not even in a
/// comparison on the way.
/// </summary>
internal static class Strictness
{
    /// <summary>The same expression, in which every operation on doubles gives a finite number or fails.</summary>
    public static Typed Of(Typed expression) => expression switch
    {
        Typed.Constant or Typed.Slot or Typed.Broken => expression,
        Typed.Apply apply => new Typed.Apply(Finite(apply.Function), [.. apply.Arguments.Select(Of)], apply.Type),
        Typed.Logic logic => new Typed.Logic(logic.IsAnd, Of(logic.Left), Of(logic.Right)),
        Typed.Choice choice => new Typed.Choice(Of(choice.If), Of(choice.Then), Of(choice.Else)),
        Typed.IsKnown known => new Typed.IsKnown(Of(known.Of), known.Wanted),
        Typed.ListOf list => new Typed.ListOf([.. list.Items.Select(Of)], list.Type),
        Typed.Every every => new Typed.Every(every.Quantifier, Of(every.Over), every.ItemSlot, Of(every.Holds)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The same function, failing where it would give a double that is not finite.</summary>
    public static Function Finite(Function function) => function.Gives != ExpressionType.Real
        ? function
        : function with
        {
            Compute = arguments =>
            {
                Operand result = function.Compute(arguments);
                return result is Operand.Real real && !double.IsFinite(real.Number) ? WhyNot(function, arguments) : result;
            },
        };

    private static Operand.Failed WhyNot(Function function, Operand[] arguments) =>
        new(function.Name == "/" && arguments[1].AsDouble() == 0 ? "a division by zero" : $"'{function.Name}' does not give a finite number here");
}
