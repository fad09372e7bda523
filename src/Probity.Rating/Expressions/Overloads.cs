using System.Collections.Immutable;
using Probity.Yaml;

namespace Probity.Rating.Expressions;

/// <summary>Which overload of a function or operator is meant by its arguments, and what is wrong where none is.</summary>
internal static class Overloads
{
    /// <summary>The overloads of a name; those of lists where an argument is one. Empty for an unknown name.</summary>
    public static ImmutableArray<Function> Of(string name, ImmutableArray<Typed> arguments) =>
        name is "==" or "!=" or "+" or "size" && arguments.Any(argument => argument.Type.Sort == Sort.List) && !arguments.Any(argument => argument.Type.IsBroken)
            ? ListFunctions.For(name, arguments)
            : FunctionCatalogue.Named(name);

    /// <summary>The overload that takes these arguments, applied to them; null where none does.</summary>
    public static Typed.Apply? Fitting(ImmutableArray<Function> overloads, ImmutableArray<Typed> arguments)
    {
        if (overloads.FirstOrDefault(overload => Takes(overload, arguments)) is { } exact)
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

        return null;
    }

    /// <summary>The first overload that takes so many values, and those of them that are not broken; null where none does.</summary>
    public static Function? Likeliest(ImmutableArray<Function> overloads, ImmutableArray<Typed> arguments) =>
        overloads.FirstOrDefault(overload => TakesSoMany(overload, arguments.Length) && Fit(overload, arguments) is not null);

    /// <summary>The type a call has whatever is meant by its wrong arguments; broken where that depends on it.</summary>
    public static ExpressionType TypeOf(ImmutableArray<Function> overloads, ImmutableArray<Typed> arguments)
    {
        ExpressionType[] types = [.. overloads.Where(overload => TakesSoMany(overload, arguments.Length) && Fit(overload, arguments) is not null).Select(overload => overload.Gives).Distinct()];
        types = types.Length > 0 ? types : [.. overloads.Select(overload => overload.Gives).Distinct()];
        return types.Length == 1 ? types[0] : ExpressionType.Broken;
    }

    /// <summary>What is wrong with a function that does not exist or does not take so many values; null where it does.</summary>
    public static Fault? FaultOfCount(string name, ImmutableArray<Function> overloads, int count, int at)
    {
        if (name is "known" or "missing" or "all" or "exists" or "exists_one")
        {
            return new Fault(at, $"'{name}' is not called so", name is "known" or "missing" ? $"write {name}(x)" : $"write list.{name}(x, condition)");
        }

        if (FunctionCatalogue.Named(name).IsEmpty)
        {
            return new Fault(
                at,
                $"there is no function '{name}'",
                NearestName.Of(name, FunctionCatalogue.Names) is { } nearest ? $"did you mean '{nearest}'?" : "known: " + string.Join(", ", FunctionCatalogue.Names));
        }

        if (overloads.IsEmpty || overloads.Any(overload => TakesSoMany(overload, count)))
        {
            return null;
        }

        if (name == "round" && count == 2)
        {
            return new Fault(at, "'round' does not say which way a half goes: its mode is missing", $"write round(x, places, '{Rounding.Words[0]}'); the modes are {string.Join(", ", Rounding.Words)}");
        }

        int wanted = overloads[0].Takes.Length;
        return new Fault(at, $"'{name}' takes {(overloads[0].Repeats ? "at least " : "")}{wanted} {(wanted == 1 ? "value" : "values")}, not {count}", "write " + string.Join(" or ", overloads));
    }

    /// <summary>What is wrong with arguments that no overload takes.</summary>
    public static Fault Misfit(string name, ImmutableArray<Function> overloads, ImmutableArray<Typed> arguments, int at)
    {
        string types = string.Join(", ", arguments.Select(argument => argument.Type));
        bool mixed = arguments.Any(argument => argument.Type == ExpressionType.Real) && arguments.All(argument => argument.Type.IsNumber);
        bool whole = !mixed && arguments.All(argument => argument.Type == ExpressionType.Whole || argument.Type == ExpressionType.Exact) && overloads.Any(overload => overload.Takes.Contains(ExpressionType.Real));
        string shown = name == "neg" ? "-" : name;
        return new Fault(at, $"'{shown}' cannot be applied to {types}", mixed || whole ? "write double(…) around the whole or decimal number" : char.IsAsciiLetter(shown[0]) && !overloads.IsEmpty ? "it takes " + string.Join(" or ", overloads) : "");
    }

    private static bool TakesSoMany(Function overload, int count) => overload.Repeats ? count >= 1 : count == overload.Takes.Length;

    private static bool Takes(Function overload, ImmutableArray<Typed> arguments) => overload.Repeats
        ? arguments.Length >= 1 && arguments.All(argument => argument.Type == overload.Takes[0])
        : arguments.Select(argument => argument.Type).SequenceEqual(overload.Takes);

    // A double literal becomes a decimal beside a value of the data, never beside other literals: 47.5 % 5.5 has no meaning in CEL.
    private static ImmutableArray<Typed>? Fit(Function overload, ImmutableArray<Typed> arguments)
    {
        if (!TakesSoMany(overload, arguments.Length) || (overload.Takes.Contains(ExpressionType.Exact) && arguments.All(argument => argument is Typed.Constant)))
        {
            return null;
        }

        ImmutableArray<Typed>.Builder fitted = ImmutableArray.CreateBuilder<Typed>(arguments.Length);
        for (int i = 0; i < arguments.Length; i++)
        {
            ExpressionType wanted = overload.Takes[Math.Min(i, overload.Takes.Length - 1)];
            if (!Widening.CanWiden(arguments[i], wanted))
            {
                return null;
            }

            fitted.Add(Widening.Widen(arguments[i], wanted));
        }

        return fitted.MoveToImmutable();
    }
}
