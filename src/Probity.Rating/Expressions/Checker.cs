using System.Collections.Immutable;
using Probity.Yaml;

namespace Probity.Rating.Expressions;

/// <summary>
/// Gives every part of an expression its type and every name its slot. Widening: an int becomes a decimal wherever a decimal stands beside
/// it; a literal becomes whatever number stands beside it. Nothing else converts by itself.
/// </summary>
internal sealed class Checker(Scope scope, List<Fault> faults)
{
    /// <summary>Reads and checks an expression; null after a fault.</summary>
    public static Typed? Read(string text, Scope scope, List<Fault> faults)
    {
        int before = faults.Count;
        Typed? typed = Parser.Read(text, faults) is { } syntax ? new Checker(scope, faults).Check(syntax) : null;
        return faults.Count == before ? typed : null;
    }

    /// <summary>The checked form; null after a fault.</summary>
    public Typed? Check(Syntax syntax) => syntax switch
    {
        Syntax.Literal literal => new Typed.Constant(literal.Value, TypeOf(literal.Value)),
        Syntax.Name name => CheckName(name),
        Syntax.Prefix prefix => CheckApply(prefix.Operator == "-" ? "neg" : "!", [prefix.Of], prefix.At),
        Syntax.Infix { Operator: "&&" or "||" } logic => CheckLogic(logic),
        Syntax.Infix { Operator: "in" } inside => CheckIn(inside),
        Syntax.Infix infix => CheckApply(infix.Operator, [infix.Left, infix.Right], infix.At),
        Syntax.Choice choice => CheckChoice(choice),
        Syntax.Call call => CheckCall(call),
        Syntax.ListOf list => CheckList(list),
        Syntax.Index index => CheckIndex(index),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static ExpressionType TypeOf(Operand value) => value switch
    {
        Operand.Whole => ExpressionType.Whole,
        Operand.Real => ExpressionType.Real,
        Operand.Text => ExpressionType.Text,
        Operand.Truth => ExpressionType.Truth,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private Typed.Slot? CheckName(Syntax.Name name)
    {
        if (scope.Find(name.Text) is { } slot)
        {
            return slot;
        }

        if (scope.IsBroken(name.Text))
        {
            return null;
        }

        string? nearest = NearestName.Of(name.Text, scope.Names);
        faults.Add(new Fault(
            name.At,
            scope.WhyNot(name.Text) ?? $"'{name.Text}' is not a name known here",
            nearest is not null ? $"did you mean '{nearest}'?" : "known here: " + string.Join(", ", scope.Names)));
        return null;
    }

    private Typed.Logic? CheckLogic(Syntax.Infix logic)
    {
        Typed? left = CheckTruth(logic.Left);
        Typed? right = CheckTruth(logic.Right);
        return left is null || right is null ? null : new Typed.Logic(logic.Operator == "&&", left, right);
    }

    private Typed? CheckTruth(Syntax syntax)
    {
        Typed? checkedPart = Check(syntax);
        if (checkedPart is null || checkedPart.Type == ExpressionType.Truth)
        {
            return checkedPart;
        }

        faults.Add(new Fault(syntax.At, $"a condition is expected here, not a value of type {checkedPart.Type}", "compare it with something"));
        return null;
    }

    private Typed.Choice? CheckChoice(Syntax.Choice choice)
    {
        Typed? condition = CheckTruth(choice.If);
        Typed? then = Check(choice.Then);
        Typed? otherwise = Check(choice.Else);
        if (condition is null || then is null || otherwise is null)
        {
            return null;
        }

        ExpressionType? type = Widening.Widest([then, otherwise]);
        if (type is null)
        {
            faults.Add(new Fault(choice.At, $"the two results have different types, {then.Type} and {otherwise.Type}", "make them the same"));
            return null;
        }

        return new Typed.Choice(condition, Widening.Widen(then, type), Widening.Widen(otherwise, type));
    }

    private Typed.Apply? CheckIn(Syntax.Infix inside)
    {
        Typed? item = Check(inside.Left);
        Typed? list = Check(inside.Right);
        if (item is null || list is null)
        {
            return null;
        }

        ExpressionType wanted = ExpressionType.ListOf(item.Type);
        if (!Widening.CanWiden(list, wanted))
        {
            faults.Add(new Fault(inside.At, $"'in' needs a list of {item.Type} on its right, not {list.Type}", "write ['a', 'b']"));
            return null;
        }

        var contains = new Function("in", [item.Type, wanted], ExpressionType.Truth, static x => Operand.Truth.Of(((Operand.Items)x[1]).Content.Any(one => Comparison.Equal(one, x[0]))));
        return new Typed.Apply(contains, [item, Widening.Widen(list, wanted)], ExpressionType.Truth);
    }

    private Typed.ListOf? CheckList(Syntax.ListOf list)
    {
        Typed?[] items = [.. list.Items.Select(Check)];
        if (items.Contains(null))
        {
            return null;
        }

        ExpressionType? type = Widening.Widest(items!);
        if (items.Length > 0 && type is null)
        {
            faults.Add(new Fault(list.At, "the items of this list have different types", "make them the same"));
            return null;
        }

        return new Typed.ListOf([.. items.Select(item => Widening.Widen(item!, type!))], ExpressionType.ListOf(type));
    }

    private Typed.Apply? CheckIndex(Syntax.Index index)
    {
        Typed? of = Check(index.Of);
        Typed? position = Check(index.Position);
        if (of is null || position is null)
        {
            return null;
        }

        if (of.Type is not { Sort: Sort.List, Item: { } item } || position.Type != ExpressionType.Whole)
        {
            faults.Add(new Fault(index.At, $"[ ] takes an item of a list by its whole number, not {of.Type}[{position.Type}]", ""));
            return null;
        }

        return new Typed.Apply(new Function("[]", [of.Type, position.Type], item, At), [of, position], item);
    }

    private static Operand At(Operand[] x) => Arithmetic.Whole(x[1]) is var place && place >= 0 && place < ((Operand.Items)x[0]).Content.Length
        ? ((Operand.Items)x[0]).Content[(int)place]
        : new Operand.Failed($"the list has no item {place}");

    private Typed? CheckCall(Syntax.Call call)
    {
        if (call is { Function: "known" or "missing", OnFirst: false, Arguments.Length: 1 })
        {
            return Check(call.Arguments[0]) is { } of ? new Typed.IsKnown(of, call.Function == "known") : null;
        }

        if (call is { Function: "all" or "exists" or "exists_one", OnFirst: true, Arguments: [var over, Syntax.Name item, var holds] })
        {
            return CheckEvery(call.Function, over, item, holds);
        }

        return CheckApply(call.Function, call.Arguments, call.At);
    }

    private Typed.Every? CheckEvery(string quantifier, Syntax over, Syntax.Name item, Syntax holds)
    {
        Typed? list = Check(over);
        if (list?.Type is { Sort: Sort.List, Item: null })
        {
            // No item, no condition to check: true for all, false for exists.
            return new Typed.Every(quantifier == "all" ? Quantifier.All : Quantifier.Exists, list, 0, new Typed.Constant(Operand.Truth.True, ExpressionType.Truth));
        }

        if (list?.Type is not { Sort: Sort.List, Item: { } type })
        {
            if (list is not null)
            {
                faults.Add(new Fault(over.At, $"'{quantifier}' goes over a list, not {list.Type}", ""));
            }

            return null;
        }

        Scope inner = scope.With(item.Text, type, out Typed.Slot slot);
        Quantifier which = quantifier switch { "all" => Quantifier.All, "exists" => Quantifier.Exists, _ => Quantifier.ExistsOne };
        return new Checker(inner, faults).CheckTruth(holds) is { } condition ? new Typed.Every(which, list, slot.Number, condition) : null;
    }

    private Typed.Apply? CheckApply(string name, ImmutableArray<Syntax> parts, int at)
    {
        Typed?[] found = [.. parts.Select(Check)];
        if (found.Contains(null))
        {
            return null;
        }

        ImmutableArray<Typed> arguments = [.. found!];
        ImmutableArray<Function> overloads = FunctionCatalogue.Named(name);
        if (name is "==" or "!=" or "+" or "size" && arguments.Any(argument => argument.Type.Sort == Sort.List))
        {
            overloads = ListFunctions.For(name, arguments);
        }

        Function? exact = overloads.FirstOrDefault(overload => Takes(overload, arguments));
        if (exact is not null)
        {
            return new Typed.Apply(exact, arguments, exact.Gives);
        }

        foreach (Function overload in overloads)
        {
            if (Fit(overload, arguments) is { } fitted)
            {
                return new Typed.Apply(overload, fitted, overload.Gives);
            }
        }

        faults.Add(overloads.IsEmpty ? Unknown(name, at) : Misfit(name, arguments, at));
        return null;
    }

    private static Fault Unknown(string name, int at) => new(
        at,
        $"there is no function '{name}'",
        NearestName.Of(name, FunctionCatalogue.Names) is { } nearest ? $"did you mean '{nearest}'?" : "known: " + string.Join(", ", FunctionCatalogue.Names));

    private static Fault Misfit(string name, ImmutableArray<Typed> arguments, int at)
    {
        string types = string.Join(", ", arguments.Select(argument => argument.Type));
        bool mixed = arguments.Any(argument => argument.Type == ExpressionType.Real) && arguments.All(argument => argument.Type.IsNumber);
        string shown = name == "neg" ? "-" : name;
        return new Fault(at, $"'{shown}' cannot be applied to {types}", mixed ? "write double(…) around the whole or decimal number" : "");
    }

    private static bool Takes(Function overload, ImmutableArray<Typed> arguments) => overload.Repeats
        ? arguments.Length >= 1 && arguments.All(argument => argument.Type == overload.Takes[0])
        : arguments.Select(argument => argument.Type).SequenceEqual(overload.Takes);

    // A double literal becomes a decimal beside a value of the data, never beside other literals: 47.5 % 5.5 has no meaning in CEL.
    private static ImmutableArray<Typed>? Fit(Function overload, ImmutableArray<Typed> arguments)
    {
        if (overload.Takes.Contains(ExpressionType.Exact) && arguments.All(argument => argument is Typed.Constant))
        {
            return null;
        }

        bool counted = overload.Repeats ? arguments.Length >= 1 : arguments.Length == overload.Takes.Length;
        if (!counted)
        {
            return null;
        }

        ImmutableArray<Typed>.Builder fitted = ImmutableArray.CreateBuilder<Typed>(arguments.Length);
        for (int i = 0; i < arguments.Length; i++)
        {
            ExpressionType wanted = overload.Takes[Math.Min(i, overload.Takes.Length - 1)];
            if (Widening.CanWiden(arguments[i], wanted) is false)
            {
                return null;
            }

            fitted.Add(Widening.Widen(arguments[i], wanted));
        }

        return fitted.MoveToImmutable();
    }
}
