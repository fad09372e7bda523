namespace Probity.Tests.Support;

/// <summary>Official data beside the checkout (../shared/data). Tests that read it are skipped, saying so, where it is absent.</summary>
internal static class SharedData
{
    /// <summary>The folder that holds Probity.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The path of a file or folder under ../shared/data; skips the running test where it is absent.</summary>
    public static string Path(string relative)
    {
        string path = System.IO.Path.GetFullPath(System.IO.Path.Combine(Root, "..", "shared", "data", relative));
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            Assert.Skip($"../shared/data/{relative} is not beside this checkout");
        }

        return path;
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Probity.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("no Probity.slnx above " + AppContext.BaseDirectory);
    }
}
