using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Export;
using Probity.Rating;

namespace Probity.Commands;

/// <summary>probity methodology: what an author of rules does with a file before it goes anywhere near a register.</summary>
internal static class MethodologyCommand
{
    public static Command Create()
    {
        var command = new Command("methodology", "Check, test, show, compare, turn and prove the rules of a methodology file.") { Check(), Test(), Document(), MethodologyTrial.Diff(), MethodologyTrial.WhatIf(), ProveCommand.Create() };
        CommandTree.Explain(command, "probity methodology check registers/uk-food-hygiene/methodology/fhrs-1.0.0.yaml");
        return command;
    }

    private static Command Check()
    {
        Argument<string[]> files = Files();
        Option<DateOnly?> asOf = SharedOptions.AsOf();
        asOf.Description = "the day by which parameters must have been reviewed; default: today";
        Option<bool> json = SharedOptions.Json();
        var command = new Command("check", "Say everything that is wrong with some files, each with its line, column, reason and what to do. No data are needed.") { files, asOf, json };
        CommandTree.Explain(command, "probity methodology check rules.yaml", "probity methodology check uk-food-hygiene", "probity methodology check registers/uk-food-hygiene/methodology/*.yaml --json");
        command.SetAction(asked => Answering.Answer(asked, json, terminal =>
        {
            var problems = new List<Problem>();
            List<Methodology> sound = [.. asked.GetValue(files)!.SelectMany(name => FilesOf(name, problems)).Select(file => Read(file, problems)).OfType<Methodology>()];
            DateOnly day = asked.GetValue(asOf) ?? DateOnly.FromDateTime(DateTime.UtcNow);
            string[] overdue = [.. sound.SelectMany(one => one.OverdueOn(day).Select(parameter => $"{one}: parameter '{parameter.Name}' should have been reviewed again by {Day.Text(parameter.ReviewDue!.Value)}"))];
            if (terminal.Json)
            {
                terminal.Write(new JsonObject
                {
                    ["sound"] = new JsonArray([.. sound.Select(one => (JsonNode)one.ToString())]),
                    ["warnings"] = new JsonArray([.. overdue.Select(one => (JsonNode)one)]),
                    ["problems"] = Of(problems),
                });
            }
            else
            {
                Show(terminal, problems);
                Array.ForEach(overdue, one => terminal.Messages.Write(new Spectre.Console.Text($"warning: {one}{Environment.NewLine}")));
                sound.ForEach(one => terminal.WriteLine($"{one}: nothing wrong; {one.RunTests().Length} expectations of its tests hold; fingerprint {one.Fingerprint}"));
            }

            return problems.Count == 0 ? ExitCode.Done : ExitCode.Finding;
        }));
        return command;
    }

    private static Command Test()
    {
        Argument<string> file = File();
        Option<bool> json = SharedOptions.Json();
        var command = new Command("test", "Run the tests that stand beside the rules: what each expects, what the rules give, and why.") { file, json };
        CommandTree.Explain(command, "probity methodology test registers/uk-food-hygiene/methodology/fhrs-1.0.0.yaml");
        command.SetAction(asked => Answering.Answer(asked, json, terminal =>
        {
            var problems = new List<Problem>();
            Methodology? methodology = Read(asked.GetValue(file)!, problems);
            IReadOnlyList<TestResult> results = methodology is null ? [] : methodology.RunTests();
            if (terminal.Json)
            {
                terminal.Write(new JsonObject
                {
                    ["held"] = new JsonArray([.. results.Select(one => (JsonNode)new JsonObject { ["test"] = one.Name, ["line"] = one.Line, ["expected"] = one.Expected })]),
                    ["problems"] = Of(problems),
                });
            }
            else
            {
                Show(terminal, problems);
                foreach (IGrouping<string, TestResult> test in results.GroupBy(one => one.Name))
                {
                    terminal.WriteLine($"holds  {test.Key}: {string.Join(", ", test.Select(one => one.Expected))}");
                }
            }

            return methodology is null ? ExitCode.Finding : ExitCode.Done;
        }));
        return command;
    }

    private static Command Document()
    {
        Argument<string> file = File();
        var language = new Option<string>("--language") { Description = "the language of its texts, where the file has them", DefaultValueFactory = _ => "en", HelpName = "TAG" };
        var output = new Option<string?>("--out") { Description = "the file to write; default: standard output", HelpName = "FILE" };
        Option<bool> json = SharedOptions.Json();
        json.Description = "the algorithmic-transparency record and every section as one JSON document";
        var command = new Command("document", "Write the rules as a document that people can read (Markdown), with its algorithmic-transparency record.") { file, language, output, json };
        CommandTree.Explain(command, "probity methodology document rules.yaml --out rules.md", "probity methodology document rules.yaml --json");
        command.SetAction(asked => Answering.Answer(asked, json, terminal =>
        {
            var problems = new List<Problem>();
            if (Read(asked.GetValue(file)!, problems) is not { } methodology)
            {
                Show(terminal, problems);
                return terminal.Json ? terminal.Fail("methodology.unsound", problems[0].ToString()) : ExitCode.Finding;
            }

            MethodologyDocument document = MethodologyDocument.Of(methodology, asked.GetValue(language)!);
            string text = terminal.Json ? DocumentExport.Json(methodology, document, asked.GetValue(language)!).ToJsonString(Terminal.Indented) + "\n" : DocumentExport.Markdown(document);
            if (asked.GetValue(output) is { } path)
            {
                System.IO.File.WriteAllText(path, text, new UTF8Encoding(false));
            }
            else
            {
                terminal.WriteText(text);
            }

            return ExitCode.Done;
        }));
        return command;
    }

    private static Argument<string[]> Files() => new("FILE") { Description = "methodology files; or registers, by folder or name, or folders of methodologies: all in them", Arity = ArgumentArity.OneOrMore };

    private static Argument<string> File() => new("FILE") { Description = "a methodology file" };

    /// <summary>The files a name stands for: itself, or the methodologies of a register or folder.</summary>
    private static IReadOnlyList<string> FilesOf(string name, List<Problem> problems)
    {
        string? folder = Directory.Exists(name) ? name : System.IO.File.Exists(name) ? null : ShippedRegisters.Find(name);
        if (folder is null)
        {
            return [name];
        }

        string own = Path.Combine(folder, "methodology");
        string[] files = Directory.Exists(own) ? YamlIn(own)
            : [.. YamlIn(folder), .. Directory.GetDirectories(folder).Select(inner => Path.Combine(inner, "methodology")).Where(Directory.Exists).Order(StringComparer.Ordinal).SelectMany(YamlIn)];
        if (files.Length == 0)
        {
            problems.Add(new Problem(name, 0, 0, "file.folder", "this folder holds no methodology", "name a methodology file, or a register's folder with 'methodology/*.yaml' in it"));
        }

        return files;
    }

    private static string[] YamlIn(string folder) => [.. Directory.GetFiles(folder, "*.yaml").Order(StringComparer.Ordinal)];

    /// <summary>The methodology of a file; null after a problem.</summary>
    public static Methodology? Read(string file, List<Problem> problems)
    {
        if (Directory.Exists(file))
        {
            problems.Add(new Problem(file, 0, 0, "file.folder", "this is a folder, not a methodology", "name the file, such as methodology/rules-1.0.0.yaml in it"));
            return null;
        }

        if (!System.IO.File.Exists(file))
        {
            problems.Add(new Problem(file, 0, 0, "file.missing", "there is no such file", "name a methodology file, such as registers/uk-food-hygiene/methodology/fhrs-1.0.0.yaml"));
            return null;
        }

        return Methodology.Read(file, System.IO.File.ReadAllText(file), problems);
    }

    /// <summary>Tells all problems.</summary>
    public static void Show(Terminal terminal, List<Problem> problems)
    {
        foreach (Problem problem in problems)
        {
            terminal.Messages.Write(new Spectre.Console.Text(problem + Environment.NewLine));
        }

        if (problems.Count > 1)
        {
            terminal.Messages.Write(new Spectre.Console.Text(string.Create(CultureInfo.InvariantCulture, $"{problems.Count} problems{Environment.NewLine}")));
        }
    }

    private static JsonArray Of(IEnumerable<Problem> problems) => new([.. problems.Select(one => (JsonNode)new JsonObject
    {
        ["file"] = one.File,
        ["line"] = one.Line,
        ["column"] = one.Column,
        ["code"] = one.Code,
        ["message"] = one.Message,
        ["suggestion"] = one.Suggestion,
    })]);
}
