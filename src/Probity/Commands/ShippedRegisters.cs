namespace Probity.Commands;

/// <summary>The registers that come with the program: in "registers" beside the program, or above the current folder.</summary>
internal static class ShippedRegisters
{
    /// <summary>The folder of a register given by its name or by its folder; null where there is none.</summary>
    public static string? Find(string nameOrFolder)
    {
        if (File.Exists(Path.Combine(nameOrFolder, "register.yaml")))
        {
            return nameOrFolder;
        }

        return Roots().Select(root => Path.Combine(root, nameOrFolder)).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "register.yaml")));
    }

    /// <summary>The names of all shipped registers, by name.</summary>
    public static IReadOnlyList<string> Names() =>
        [.. Roots().SelectMany(root => Directory.GetDirectories(root)).Where(folder => File.Exists(Path.Combine(folder, "register.yaml")))
            .Select(folder => Path.GetFileName(folder)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Roots()
    {
        IEnumerable<string> candidates = new[] { Path.Combine(AppContext.BaseDirectory, "registers"), "registers" };
        return candidates.Where(Directory.Exists);
    }
}
