using Probity.Tests.Support;

namespace Probity.Linkage.Tests;

/// <summary>The labelled name pairs of the shared data, as given and in a strict reading where different numbers are different names.</summary>
public sealed class NamePairsTests(ITestOutputHelper output)
{
    [Fact]
    public void Labelled_pairs_are_told_apart_at_the_published_threshold()
    {
        var given = new Score();
        var strict = new Score();
        foreach (Dictionary<string, string> row in CsvRows.Read(SharedData.Path("linkage/name-pairs.csv")))
        {
            NamePair pair = NamePair.Compare(row["name1"], row["name2"]);
            bool match = row["is_match"] == "true";
            bool found = pair.Probability >= NamePair.Threshold;
            given.Count(match, found);
            strict.Count(match && !pair.NumbersClash, found);
            if (match != found)
            {
                output.WriteLine($"{(match ? "missed" : "wrong")} {pair.Probability:F3} {pair.Similarity:F3} {(pair.NumbersClash ? "numbers clash " : "")}{row["schema"]}: {row["name1"]} | {row["name2"]}");
            }
        }

        output.WriteLine($"as given: {given}");
        output.WriteLine($"strict:   {strict}");
        Assert.True(given.F1 >= 0.9, $"as given: {given}");
        Assert.True(strict.F1 >= 0.94, $"strict: {strict}");
    }
}
