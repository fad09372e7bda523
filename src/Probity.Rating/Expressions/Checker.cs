using System.Collections.Immutable;
using Probity.Yaml;

namespace Probity.Rating.Expressions;

/// <summary>
/// Gives every part of an expression its type and every name its slot. Widening: an int becomes a decimal wherever a decimal stands beside
/// it; a literal becomes whatever number stands beside it. Nothing else converts by itself. What is wrong is told once and becomes
/// <see cref="Typed.Broken"/>, which agrees with everything around it, so that the rest of the expression is checked all the same.
/// </summary>
internal sealed class Checker(Scope scope, List<Fault> faults)
{
    private readonly Dictionary<Typed, ImmutableArray<int>> _places = new(ReferenceEqualityComparer.Instance);

    /// <summary>Where each operation stands, and behind it each of its arguments: characters before them in the text.</summary>
    public IReadOnlyDictionary<Typed, ImmutableArray<int>> Places => _places;

    /// <summary>Reads and checks an expression; null after a fault.</summary>
    public static Typed? Read(string text, Scope scope, List<Fault> faults)
    {
        int before = faults.Count;
        Typed typed = new Checker(scope, faults).Read(text);
        return faults.Count == before ? typed : null;
    }

    /// <summary>Reads and checks an expression; after a fault what could be made of it.</summary>
    public Typed Read(string text) => Parser.Read(text, faults) is { } syntax ? Check(syntax) : new Typed.Broken([.. NamesIn(text)], ExpressionType.Broken);

    /// <summary>The checked form.</summary>
    public Typed Check(Syntax syntax) => syntax switch
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

    // What an unreadable expression uses is not unused.
    private IEnumerable<Typed> NamesIn(string text)
    {
        string[] words = new string([.. text.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Distinct(StringComparer.Ordinal).Select(scope.Find).OfType<Typed>();
    }

    private static ExpressionType TypeOf(Operand value) => value switch
    {
        Operand.Whole => ExpressionType.Whole,
        Operand.Real => ExpressionType.Real,
        Operand.Text => ExpressionType.Text,
        Operand.Truth => ExpressionType.Truth,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private Typed CheckName(Syntax.Name name)
    {
        if (scope.Find(name.Text) is { } slot)
        {
            return slot;
        }

        string? nearest = NearestName.Of(name.Text, scope.Names);
        if (!scope.IsBlind)
        {
            faults.Add(new Fault(
                name.At,
                scope.WhyNot(name.Text) ?? $"'{name.Text}' is not a name known here",
                nearest is not null ? $"did you mean '{nearest}'?" : "known here: " + string.Join(", ", scope.Names)));
        }

        return new Typed.Broken(nearest is null ? [] : [scope.Find(nearest)!], ExpressionType.Broken);
    }

    private Typed.Logic CheckLogic(Syntax.Infix logic) => new(logic.Operator == "&&", CheckTruth(logic.Left), CheckTruth(logic.Right));

    private Typed CheckTruth(Syntax syntax)
    {
        Typed part = Check(syntax);
        if (part.Type == ExpressionType.Truth || part.Type.IsBroken)
        {
            return part;
        }

        faults.Add(new Fault(syntax.At, $"a condition is expected here, not a value of type {part.Type}", "compare it with something"));
        return new Typed.Broken([part], ExpressionType.Truth);
    }

    private Typed CheckChoice(Syntax.Choice choice)
    {
        Typed condition = CheckTruth(choice.If);
        Typed then = Check(choice.Then);
        Typed otherwise = Check(choice.Else);
        ExpressionType? type = Widening.Widest([then, otherwise]);
        if (type is null)
        {
            faults.Add(new Fault(choice.At, $"the two results have different types, {then.Type} and {otherwise.Type}", "make them the same"));
        }

        return type is null or { IsBroken: true }
            ? new Typed.Broken([condition, then, otherwise], ExpressionType.Broken)
            : new Typed.Choice(condition, Widening.Widen(then, type), Widening.Widen(otherwise, type));
    }

    private Typed CheckIn(Syntax.Infix inside)
    {
        Typed item = Check(inside.Left);
        Typed list = Check(inside.Right);
        ExpressionType wanted = ExpressionType.ListOf(item.Type);
        bool fits = item.Type.IsBroken ? list.Type.Sort is Sort.List or Sort.Broken : Widening.CanWiden(list, wanted);
        if (!fits)
        {
            faults.Add(new Fault(inside.At, $"'in' needs a list of {(item.Type.IsBroken ? "values" : item.Type)} on its right, not {list.Type}", "write ['a', 'b']"));
        }

        if (!fits || item.Type.IsBroken || list.Type.IsBroken)
        {
            return new Typed.Broken([item, list], ExpressionType.Truth);
        }

        var contains = new Function("in", [item.Type, wanted], ExpressionType.Truth, static x => Operand.Truth.Of(((Operand.Items)x[1]).Content.Any(one => Comparison.Equal(one, x[0]))));
        return Placed(new Typed.Apply(contains, [item, Widening.Widen(list, wanted)], ExpressionType.Truth), inside.At, [inside.Left, inside.Right]);
    }

    private Typed CheckList(Syntax.ListOf list)
    {
        Typed[] items = [.. list.Items.Select(Check)];
        ExpressionType? type = Widening.Widest(items);
        if (items.Length > 0 && type is null)
        {
            faults.Add(new Fault(list.At, "the items of this list have different types", "make them the same"));
        }

        return items.Length > 0 && type is null or { IsBroken: true }
            ? new Typed.Broken([.. items], ExpressionType.Broken)
            : new Typed.ListOf([.. items.Select(item => Widening.Widen(item, type!))], ExpressionType.ListOf(type));
    }

    private Typed CheckIndex(Syntax.Index index)
    {
        Typed of = Check(index.Of);
        Typed position = Check(index.Position);
        bool listed = of.Type.IsBroken || of.Type is { Sort: Sort.List, Item: not null };
        bool placed = position.Type.IsBroken || position.Type == ExpressionType.Whole;
        if (!listed || !placed)
        {
            faults.Add(new Fault(index.At, $"[ ] takes an item of a list by its whole number, not {of.Type}[{position.Type}]", ""));
        }

        ExpressionType item = listed && !of.Type.IsBroken ? of.Type.Item! : ExpressionType.Broken;
        if (!listed || !placed || of.Type.IsBroken || position.Type.IsBroken)
        {
            return new Typed.Broken([of, position], item);
        }

        var at = new Function("[]", [of.Type, position.Type], item, At) { Refuses = static x => x[1] is Operand.Whole { Number: < 0 } ? [new Refusal(1, "a list has no item before its first, which is 0", "")] : [] };
        return Placed(new Typed.Apply(at, [of, position], item), index.At, [index.Of, index.Position]);
    }

    private static Operand At(Operand[] x) => Arithmetic.Whole(x[1]) is var place && place >= 0 && place < ((Operand.Items)x[0]).Content.Length
        ? ((Operand.Items)x[0]).Content[(int)place]
        : new Operand.Failed($"the list has no item {place}");

    private Typed CheckCall(Syntax.Call call)
    {
        if (call is { Function: "known" or "missing", OnFirst: false, Arguments.Length: 1 })
        {
            return new Typed.IsKnown(Check(call.Arguments[0]), call.Function == "known");
        }

        if (call is { Function: "all" or "exists" or "exists_one", OnFirst: true, Arguments: [var over, Syntax.Name item, var holds] })
        {
            return CheckEvery(call.Function, over, item, holds);
        }

        return CheckApply(call.Function, call.Arguments, call.At);
    }

    private Typed CheckEvery(string quantifier, Syntax over, Syntax.Name item, Syntax holds)
    {
        Typed list = Check(over);
        if (list.Type is { Sort: Sort.List, Item: null })
        {
            // No item, no condition to check: true for all, false for exists.
            return new Typed.Every(quantifier == "all" ? Quantifier.All : Quantifier.Exists, list, 0, new Typed.Constant(Operand.Truth.True, ExpressionType.Truth));
        }

        bool listed = list.Type is { Sort: Sort.List };
        if (!listed && !list.Type.IsBroken)
        {
            faults.Add(new Fault(over.At, $"'{quantifier}' goes over a list, not {list.Type}", ""));
        }

        Scope inner = scope.With(item.Text, listed ? list.Type.Item! : ExpressionType.Broken, out Typed.Slot slot);
        Quantifier which = quantifier switch { "all" => Quantifier.All, "exists" => Quantifier.Exists, _ => Quantifier.ExistsOne };
        var within = new Checker(inner, faults);
        Typed condition = within.CheckTruth(holds);
        foreach (KeyValuePair<Typed, ImmutableArray<int>> place in within._places)
        {
            _places.Add(place.Key, place.Value);
        }

        var every = new Typed.Every(which, list, slot.Number, condition);
        return listed ? every : new Typed.Broken([list, .. every.Slots()], ExpressionType.Truth);
    }

    private Typed CheckApply(string name, ImmutableArray<Syntax> parts, int at)
    {
        ImmutableArray<Typed> arguments = [.. parts.Select(Check)];
        ImmutableArray<Function> overloads = Overloads.Of(name, arguments);
        if (arguments.Any(argument => argument.Type.IsBroken))
        {
            if (Overloads.FaultOfCount(name, overloads, arguments.Length, at) is { } miscounted)
            {
                faults.Add(miscounted);
            }

            return Placed(new Typed.Broken(arguments, Overloads.TypeOf(overloads, arguments)) { Meant = Overloads.Likeliest(overloads, arguments) }, at, parts);
        }

        if (Overloads.Fitting(overloads, arguments) is { } fitted)
        {
            return Placed(fitted, at, parts);
        }

        faults.Add(Overloads.FaultOfCount(name, overloads, arguments.Length, at) ?? Overloads.Misfit(name, overloads, arguments, at));
        return new Typed.Broken(arguments, Overloads.TypeOf(overloads, arguments));
    }

    private Typed Placed(Typed typed, int at, ImmutableArray<Syntax> parts)
    {
        _places[typed] = [at, .. parts.Select(part => part.At)];
        return typed;
    }
}
