using System.Runtime.CompilerServices;

namespace Probity.Tests.Support;

/// <summary>Golden files: text a person once looked at and accepted. PROBITY_ACCEPT=1 writes them anew.</summary>
internal static class Snapshot
{
    /// <summary>Holds <paramref name="actual"/> against the file "NAME.golden" in the folder "golden" beside the calling test.</summary>
    public static void Match(string actual, string name, [CallerFilePath] string test = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(test)!, "golden", name + ".golden");
        if (Environment.GetEnvironmentVariable("PROBITY_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"{path} is missing: run with PROBITY_ACCEPT=1 and look at what it writes");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
