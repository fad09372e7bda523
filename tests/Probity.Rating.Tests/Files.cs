using Probity.Evidence;
using Probity.Tests.Support;

namespace Probity.Rating.Tests;

/// <summary>Methodologies of this repository, and small ones written in a test.</summary>
internal static class Files
{
    public static string Text(string relative) => File.ReadAllText(Path.Combine(SharedData.Root, relative));

    public static Methodology Read(string relative) => Written(Text(relative), relative);

    public static Methodology Written(string text, string file = "test.yaml")
    {
        var problems = new List<Problem>();
        Methodology? methodology = Methodology.Read(file, text, problems);
        Assert.True(methodology is not null, string.Join('\n', problems));
        return methodology;
    }

    public static List<Problem> ProblemsOf(string text)
    {
        var problems = new List<Problem>();
        Assert.Null(Methodology.Read("test.yaml", text, problems));
        return problems;
    }
}
