namespace Probity.Rating.Reading;

/// <summary>What weights must be, whoever gives them: the file, a parameter, or a question "what if".</summary>
internal static class Weights
{
    /// <summary>Which of several weights are known and not above zero.</summary>
    public static IEnumerable<int> NotPositive(IReadOnlyList<decimal?> weights) => Enumerable.Range(0, weights.Count).Where(i => weights[i] <= 0);

    /// <summary>The same in words.</summary>
    public static string NotPositive(string name) => $"the weight of '{name}' is not above zero";
}
