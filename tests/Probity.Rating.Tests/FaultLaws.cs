using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Probity.Evidence;

namespace Probity.Rating.Tests;

/// <summary>
/// Several independent faults put into a shipped methodology: each is told, at its line, once, and nothing else is. What one fault makes of another part
/// of the file is no fault.
/// </summary>
public sealed class FaultLaws
{
    // What stands in the first group is made wrong; the fault has this code.
    private static readonly (string Pattern, string Wrong, string Code)[] Kinds =
    [
        (@"\btake: (latest|sum|count|mean|max|min)\b", "$1x", "take.unknown"),
        (@"\bmissing: (stays|not_rated|zero|share_out)\b", "$1x", "missing.unknown"),
        (@"\bbetter: (lower|higher)\b", "$1x", "better.unknown"),
        (@"\bas_of: ([0-9-]{10})\b", "someday", "type.day"),
        (@"\bexpect: \{outcome: (""?[\w.-]+""?)", "Nowhere", "outcome.unknown"),
        (@"(?<=[{ ])(label):", "lable", "key.unknown"),
        (@"\btype: (int|number|decimal|text|flag|date|duration)\b", "$1x", "type.unknown"),
        (@"\bafter: (P\w+)", "soon", "type.literal"),
        (@"\bmin_size: (\d+)", "0", "statistic.size"),
        (@"\bmode: (half_\w+)", "$1x", "rounding.unknown"),
        (@"'(half_up|half_even)'", "$1x", "expression"),
        (@"\btotal: ([\d.]+), missing", "7777", "weight.total"),
        (@"\bwhen: \{(\w+):", "$1x", "expression"),
        (@"^status: ([\w-]+)", "$1x", "status.unknown"),
        (@"\bfrom: \w+, take: \w+, value: (\w+),", "$1x", "expression"),
        (@"^    value: (\w+)$", "$1x", "expression"),
    ];

    private const int MostSites = 10;
    private const int Trials = 8;

    // one of each register: the years of one scheme differ in their numbers
    public static TheoryData<string> Shipped => [.. DocumentationTests.Shipped.Select(row => row.Data).GroupBy(Path.GetDirectoryName).Select(files => files.First())];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Each_single_fault_is_told_once_and_nothing_else_is(string file)
    {
        string text = Files.Text(file);
        Site[] sites = [.. SitesOf(text)];
        int step = Math.Max(1, sites.Length / MostSites);
        string[] wrong = [.. sites.Where((_, i) => i % step == 0).Select(site => Answer(text, [site])).Where(answer => answer.Length > 0)];
        Assert.True(wrong.Length == 0, $"{wrong.Length} of {sites.Length / step}:\n" + string.Join("\n\n", wrong));
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Faults_at_different_places_are_all_told_and_only_they(string file)
    {
        string text = Files.Text(file);
        ImmutableArray<Site> sites = [.. SitesOf(text)];
        for (int trial = 0; trial < Trials; trial++)
        {
            // from two faults to eight, far apart and near together, the same on every machine
            int count = 2 + (trial % 7);
            int[] chosen = [.. Enumerable.Range(0, count).Select(i => (int)(((trial * 7919L) + (i * ((104_729L * trial) + 31))) % sites.Length)).Distinct().Order()];
            string answer = Answer(text, [.. chosen.Select(i => sites[i])]);
            Assert.True(answer.Length == 0, answer);
        }
    }

    // Nothing where the right problems are told, else what was put in and what came.
    private static string Answer(string text, ImmutableArray<Site> sites)
    {
        string broken = text;
        foreach (Site site in sites.OrderByDescending(site => site.At))
        {
            broken = broken[..site.At] + site.Wrong + broken[(site.At + site.Length)..];
        }

        List<Problem> problems = Files.ProblemsOf(broken);
        string[] told = [.. problems.Select(problem => $"{problem.Line} {problem.Code}").Order(StringComparer.Ordinal)];
        string[] wanted = [.. sites.Select(site => $"{site.Line} {site.Code}").Order(StringComparer.Ordinal)];
        Assert.All(problems, problem => Assert.True(problem.Line > 0 && problem.Column > 0, problem.ToString()));
        return told.SequenceEqual(wanted) ? "" : $"put in:\n{string.Join('\n', sites.Select(site => $"{site.Line} {site.Code} {site.Wrong}"))}\ntold:\n{string.Join('\n', problems)}";
    }

    private static IEnumerable<Site> SitesOf(string text)
    {
        int start = 0;
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            if (!line.TrimStart().StartsWith('#'))
            {
                foreach ((string pattern, string wrong, string code) in Kinds)
                {
                    foreach (Match match in Regex.Matches(line, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)))
                    {
                        Group group = match.Groups[1];
                        yield return new Site(start + group.Index, group.Length, wrong.Replace("$1", group.Value, StringComparison.Ordinal), code, number);
                    }
                }
            }

            start += line.Length + 1;
        }
    }

    /// <summary>A place where a fault can be put.</summary>
    private sealed record Site(int At, int Length, string Wrong, string Code, int Line);
}
