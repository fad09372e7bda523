using System.Text.RegularExpressions;
using System.Xml.Linq;
using Probity.Tests.Support;

namespace Probity.Tests;

public sealed partial class ArchitectureTests
{
    private static readonly string[] Roles = ["Manager", "Helper", "Util", "Utils", "Service", "Processor", "Handler", "Base", "Impl", "Info", "Data", "Extensions"];
    private static readonly string[] Folders = ["src", "tests", "bench"];
    private static readonly string Source = Path.Combine(SharedData.Root, "src");

    [Fact]
    public void The_project_table_tells_who_references_whom()
    {
        Dictionary<string, string[]> table = Rows("## Projects").ToDictionary(cells => cells[0], cells => cells[2] == "–" ? [] : cells[2].Split(", "));
        string[] projects = [.. Directory.GetDirectories(Source).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];
        Assert.Equal(projects, table.Keys.Order(StringComparer.Ordinal));
        foreach (string project in projects)
        {
            XDocument file = XDocument.Load(Path.Combine(Source, project, project + ".csproj"));
            IEnumerable<string> references = file.Descendants("ProjectReference").Select(one => Path.GetFileNameWithoutExtension((string)one.Attribute("Include")!)["Probity.".Length..]);
            IEnumerable<string> told = table[project] is ["all"] ? projects.Where(one => one != "Probity").Select(one => one["Probity.".Length..]) : table[project];
            Assert.Equal(told.Order(StringComparer.Ordinal), references.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void The_store_table_names_what_a_run_leaves()
    {
        using var register = new Pipeline.SmallRegister();
        register.Run(Pipeline.SmallRegister.Three);
        Directory.CreateDirectory(Path.Combine(register.Data, "witnessed")); // as a run with a policy leaves it
        string[] told = [.. Rows("## Where things are kept").Select(cells => cells[0].Split('`')[1].Trim('/')).Order(StringComparer.Ordinal)];
        string[] found = [.. Directory.GetFileSystemEntries(register.Data).Select(path => Path.GetFileName(path)!)
            .Where(name => !name.EndsWith("-wal", StringComparison.Ordinal) && !name.EndsWith("-shm", StringComparison.Ordinal) && name != "ledger.lock").Append(Probity.Pipeline.KeptPairs.FileName).Order(StringComparer.Ordinal)];
        Assert.Equal(told.Where(store => store != "openings.db"), found); // this register has no redactable field
    }

    [Fact]
    public void Files_are_short()
    {
        IEnumerable<string> long_ = Files("*.cs", 400).Concat(Files("*.razor", 150)).Concat(Files("Program.cs", 80));
        Assert.Empty(long_);
    }

    [Fact]
    public void No_type_is_named_for_a_role_instead_of_a_thing()
    {
        IEnumerable<string> found = SourceFiles("*.cs").Where(file => file.StartsWith(Source, StringComparison.Ordinal)).SelectMany(file => TypeName().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value))
            .Where(name => Roles.Any(role => name.EndsWith(role, StringComparison.Ordinal)));
        Assert.Empty(found);
    }

    [Fact]
    public void Pure_rooms_are_held_to_it()
    {
        foreach (string room in (ReadOnlySpan<string>)["Evidence", "Yaml", "Linkage", "Rating"])
        {
            Assert.Contains("<ProbityPure>true</ProbityPure>", File.ReadAllText(Path.Combine(Source, "Probity." + room, $"Probity.{room}.csproj")), StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> Files(string pattern, int most) =>
        SourceFiles(pattern).Where(file => File.ReadLines(file).Count() > most).Select(file => Path.GetRelativePath(SharedData.Root, file));

    private static IEnumerable<string> SourceFiles(string pattern) => Folders
        .SelectMany(folder => Directory.GetFiles(Path.Combine(SharedData.Root, folder), pattern, SearchOption.AllDirectories))
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static IEnumerable<string[]> Rows(string heading) => File.ReadLines(Path.Combine(SharedData.Root, "ARCHITECTURE.md"))
        .SkipWhile(line => line != heading).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
        .Select(line => line.Trim('|', ' ').Split(" | ").Select(cell => cell.Trim()).ToArray());

    [GeneratedRegex(@"\b(?:class|record|struct|interface|enum)\s+(?<name>[A-Z]\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TypeName();
}
