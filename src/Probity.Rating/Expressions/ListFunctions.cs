using System.Collections.Immutable;
using T = Probity.Rating.Expressions.ExpressionType;

namespace Probity.Rating.Expressions;

/// <summary>Operators on lists, whose types depend on their items.</summary>
internal static class ListFunctions
{
    /// <summary>The overload of an operator for these arguments; empty where there is none.</summary>
    public static ImmutableArray<Function> For(string name, ImmutableArray<Typed> arguments)
    {
        T list = arguments.Select(argument => argument.Type).FirstOrDefault(type => type is { Sort: Sort.List, Item: not null }) ?? arguments[0].Type;
        if (list.Sort != Sort.List || arguments.Any(argument => argument.Type.Sort != Sort.List))
        {
            return [];
        }

        return name switch
        {
            "size" => [new Function("size", [list], T.Whole, static x => new Operand.Whole(Items(x[0]).Length))],
            "+" => [new Function("+", [list, list], list, static x => new Operand.Items(Items(x[0]).AddRange(Items(x[1]))))],
            "==" => [new Function("==", [list, list], T.Truth, static x => Operand.Truth.Of(Comparison.Equal(x[0], x[1])))],
            "!=" => [new Function("!=", [list, list], T.Truth, static x => Operand.Truth.Of(!Comparison.Equal(x[0], x[1])))],
            _ => [],
        };
    }

    private static ImmutableArray<Operand> Items(Operand operand) => ((Operand.Items)operand).Content;
}
