using System.Collections.Immutable;
using System.Globalization;
using T = Probity.Rating.Expressions.ExpressionType;

namespace Probity.Rating.Expressions;

/// <summary>Every operator and function of the expression language, by name; documented in docs/methodology.md.</summary>
internal static class FunctionCatalogue
{
    private static readonly Dictionary<string, ImmutableArray<Function>> ByName =
        Arithmetic.All.Concat(Comparison.All).Concat(Texts).Concat(Conversions).Concat(Mathematics.All)
            .GroupBy(function => function.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal);

    /// <summary>The words that can be called, in alphabetical order; operators left out.</summary>
    public static IEnumerable<string> Names => ByName.Keys.Where(name => char.IsAsciiLetter(name[0]) && name != "neg").Order(StringComparer.Ordinal);

    private static IEnumerable<Function> Texts =>
    [
        new Function("+", [T.Text, T.Text], T.Text, static x => new Operand.Text(Text(x[0]) + Text(x[1]))),
        new Function("size", [T.Text], T.Whole, static x => new Operand.Whole(Text(x[0]).EnumerateRunes().Count())),
        new Function("startsWith", [T.Text, T.Text], T.Truth, static x => Operand.Truth.Of(Text(x[0]).StartsWith(Text(x[1]), StringComparison.Ordinal))),
        new Function("endsWith", [T.Text, T.Text], T.Truth, static x => Operand.Truth.Of(Text(x[0]).EndsWith(Text(x[1]), StringComparison.Ordinal))),
        new Function("contains", [T.Text, T.Text], T.Truth, static x => Operand.Truth.Of(Text(x[0]).Contains(Text(x[1]), StringComparison.Ordinal))),
        new Function("!", [T.Truth], T.Truth, static x => Operand.Truth.Of(!((Operand.Truth)x[0]).Holds)),
    ];

    private static IEnumerable<Function> Conversions =>
    [
        new Function("int", [T.Whole], T.Whole, static x => x[0]),
        new Function("int", [T.Real], T.Whole, static x => ToWhole(Arithmetic.Real(x[0]))),
        new Function("int", [T.Exact], T.Whole, static x => ToWhole((double)decimal.Truncate(Arithmetic.Exact(x[0])))),
        new Function("int", [T.Text], T.Whole, static x => long.TryParse(Text(x[0]), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? new Operand.Whole(number) : new Operand.Failed($"'{Text(x[0])}' is no whole number")),
        new Function("double", [T.Real], T.Real, static x => x[0]),
        new Function("double", [T.Whole], T.Real, static x => new Operand.Real(Arithmetic.Whole(x[0]))),
        new Function("double", [T.Exact], T.Real, static x => new Operand.Real((double)Arithmetic.Exact(x[0]))),
        new Function("double", [T.Text], T.Real, static x => double.TryParse(Text(x[0]), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? new Operand.Real(number) : new Operand.Failed($"'{Text(x[0])}' is no number")),
        new Function("decimal", [T.Whole], T.Exact, static x => new Operand.Exact(Arithmetic.Whole(x[0]))),
        new Function("decimal", [T.Exact], T.Exact, static x => x[0]),
        new Function("decimal", [T.Text], T.Exact, static x => decimal.TryParse(Text(x[0]), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            ? new Operand.Exact(number) : new Operand.Failed($"'{Text(x[0])}' is no decimal number")),
        new Function("string", [T.Text], T.Text, static x => x[0]),
        new Function("string", [T.Whole], T.Text, static x => new Operand.Text(x[0].ToString()!)),
        new Function("string", [T.Real], T.Text, static x => new Operand.Text(x[0].ToString()!)),
        new Function("string", [T.Exact], T.Text, static x => new Operand.Text(x[0].ToString()!)),
        new Function("string", [T.Truth], T.Text, static x => new Operand.Text(x[0].ToString()!)),
        new Function("bool", [T.Truth], T.Truth, static x => x[0]),
        new Function("bool", [T.Text], T.Truth, static x => ToTruth(Text(x[0]))),
    ];

    /// <summary>The overloads of a name; empty for an unknown one.</summary>
    public static ImmutableArray<Function> Named(string name) => ByName.GetValueOrDefault(name, []);

    private static string Text(Operand operand) => ((Operand.Text)operand).Content;

    private static Operand ToWhole(double number) => number is > -9223372036854775808.0 and < 9223372036854775808.0
        ? new Operand.Whole((long)number)
        : new Operand.Failed("the number is beyond a whole number of 64 bits");

    private static Operand ToTruth(string text) => text switch
    {
        "1" or "t" or "true" or "TRUE" or "True" => Operand.Truth.True,
        "0" or "f" or "false" or "FALSE" or "False" => Operand.Truth.False,
        _ => new Operand.Failed($"'{text}' is neither true nor false"),
    };
}
