namespace Probity.Rating.Tests.Generated;

/// <summary>Well-typed expressions over names whose types are known.</summary>
/// <param name="choices">What decides.</param>
/// <param name="names">Names by the word of their type.</param>
internal sealed class GeneratedExpressions(Choices choices, IReadOnlyDictionary<string, List<string>> names)
{
    public string Of(string type, int depth) => type switch
    {
        "int" => Whole(depth),
        "decimal" => Exact(depth),
        "number" => Real(depth),
        "text" => Text(depth),
        "date" => Named("date") ?? "day",
        _ => Truth(depth),
    };

    public string Whole(int depth) => depth <= 0 || choices.OneIn(3)
        ? Named("int") ?? $"{choices.Below(9)}"
        : choices.Below(9) switch
        {
            0 => $"({Whole(depth - 1)} + {Whole(depth - 1)})",
            1 => $"({Whole(depth - 1)} - {Whole(depth - 1)})",
            2 => $"({Whole(depth - 1)} * {Whole(depth - 1)})",
            3 => $"max({Whole(depth - 1)}, {Whole(depth - 1)})",
            4 => $"min({Whole(depth - 1)}, {choices.Below(50)})",
            5 => $"({Truth(depth - 1)} ? {Whole(depth - 1)} : {Whole(depth - 1)})",
            6 => $"size({Text(depth - 1)})",
            7 => $"(-{Whole(depth - 1)})",
            _ => $"abs({Whole(depth - 1)})",
        };

    public string Exact(int depth) => depth <= 0 || choices.OneIn(3)
        ? Named("decimal") ?? $"decimal({Whole(0)})"
        : choices.Below(9) switch
        {
            0 => $"({Exact(depth - 1)} + {Exact(depth - 1)})",
            1 => $"({Exact(depth - 1)} - {Exact(depth - 1)})",
            2 => $"({Exact(depth - 1)} * {Exact(depth - 1)})",
            3 => $"({Exact(depth - 1)} / {Exact(depth - 1)})",
            4 => $"decimal({Whole(depth - 1)})",
            5 => $"round({Exact(depth - 1)}, {choices.Below(4)}, '{choices.Of("half_up", "half_even", "up", "down")}')",
            6 => $"({Truth(depth - 1)} ? {Exact(depth - 1)} : {Exact(depth - 1)})",
            7 => $"floor({Exact(depth - 1)})",
            _ => $"(-{Exact(depth - 1)})",
        };

    public string Real(int depth) => depth <= 0 || choices.OneIn(3)
        ? Named("number") ?? $"double({Whole(0)})"
        : choices.Below(10) switch
        {
            0 => $"({Real(depth - 1)} + {Real(depth - 1)})",
            1 => $"({Real(depth - 1)} - {Real(depth - 1)})",
            2 => $"({Real(depth - 1)} * {Real(depth - 1)})",
            3 => $"({Real(depth - 1)} / {Real(depth - 1)})",
            4 => $"double({Whole(depth - 1)})",
            5 => $"double({Exact(depth - 1)})",
            6 => $"sqrt({Real(depth - 1)})",
            7 => $"{choices.Of("ln", "exp", "cbrt", "floor", "abs")}({Real(depth - 1)})",
            8 => $"round({Real(depth - 1)}, {choices.Below(3)}, 'half_up')",
            _ => $"({Truth(depth - 1)} ? {Real(depth - 1)} : {Real(depth - 1)})",
        };

    public string Text(int depth) => depth <= 0 || choices.OneIn(2)
        ? Named("text") ?? $"'{choices.Of("a", "b", "c")}'"
        : choices.OneIn(2) ? $"({Truth(depth - 1)} ? {Text(depth - 1)} : {Text(depth - 1)})" : $"({Text(depth - 1)} + {Text(depth - 1)})";

    public string Truth(int depth) => depth <= 0
        ? Named("flag") ?? $"({Whole(0)} {Sign()} {choices.Below(20)})"
        : choices.Below(9) switch
        {
            0 => $"({Truth(depth - 1)} && {Truth(depth - 1)})",
            1 => $"({Truth(depth - 1)} || {Truth(depth - 1)})",
            2 => $"!{Truth(depth - 1)}",
            3 => $"{choices.Of("known", "missing")}({Of(choices.Of("int", "decimal", "number", "text"), depth - 1)})",
            4 => $"({Text(depth - 1)} in ['a', 'b'])",
            5 => $"({Exact(depth - 1)} {Sign()} {Exact(depth - 1)})",
            6 => $"({Real(depth - 1)} {Sign()} {Real(depth - 1)})",
            7 => $"[{Whole(0)}, {Whole(0)}].{choices.Of("all", "exists", "exists_one")}(one, one {Sign()} {choices.Below(9)})",
            _ => $"({Whole(depth - 1)} {Sign()} {Whole(depth - 1)})",
        };

    private string Sign() => choices.Of("<", "<=", ">", ">=", "==", "!=");

    private string? Named(string type) => names.TryGetValue(type, out List<string>? known) && known.Count > 0 && !choices.OneIn(6) ? known[choices.Below(known.Count)] : null;
}
