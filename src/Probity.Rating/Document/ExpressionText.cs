using System.Diagnostics;
using Probity.Rating.Expressions;

namespace Probity.Rating.Document;

/// <summary>Writes a checked expression out with the names of its file.</summary>
internal static class ExpressionText
{
    public static string Of(Typed expression) => expression switch
    {
        Typed.Constant { Value: Operand.Text text } => $"'{text.Content}'",
        Typed.Constant constant => constant.Value.ToString()!,
        Typed.Slot slot => slot.Name,
        Typed.Apply { Function.Name: "neg", Arguments: [var one] } => "-" + Part(one),
        Typed.Apply { Function.Name: "!", Arguments: [var one] } => "!" + Part(one),
        Typed.Apply { Arguments: [var left, var right] } apply when !char.IsAsciiLetter(apply.Function.Name[0]) => $"{Part(left)} {apply.Function.Name} {Part(right)}",
        Typed.Apply apply => $"{apply.Function.Name}({string.Join(", ", apply.Arguments.Select(Of))})",
        Typed.Logic logic => $"{Part(logic.Left)} {(logic.IsAnd ? "&&" : "||")} {Part(logic.Right)}",
        Typed.Choice choice => $"{Part(choice.If)} ? {Part(choice.Then)} : {Part(choice.Else)}",
        Typed.IsKnown known => $"{(known.Wanted ? "known" : "missing")}({Of(known.Of)})",
        Typed.ListOf list => $"[{string.Join(", ", list.Items.Select(Of))}]",
        Typed.Every every => $"{Part(every.Over)}.{every.Quantifier switch { Quantifier.All => "all", Quantifier.Exists => "exists", _ => "exists_one" }}({Of(every.Holds)})",
        _ => throw new UnreachableException(),
    };

    private static string Part(Typed expression) => expression is Typed.Choice or Typed.Logic || expression is Typed.Apply { Arguments.Length: 2 } apply && !char.IsAsciiLetter(apply.Function.Name[0])
        ? $"({Of(expression)})"
        : Of(expression);
}
