using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Probity.Commands;

/// <summary>probity init: a new register's folder from one that works.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "the new register's name: lower-case letters, digits and hyphens" };
        var from = new Option<string>("--from") { Description = "a shipped register, or the folder of one", Required = true, HelpName = "REGISTER" };
        var folder = new Option<string>("--in") { Description = "where the new folder is made", DefaultValueFactory = _ => "registers", HelpName = "DIR" };
        Option<bool> json = SharedOptions.Json();
        var command = new Command("init", "Make a new register's folder as a copy of one that works.") { name, from, folder, json };
        CommandTree.Explain(command, "probity init my-town-hygiene --from uk-food-hygiene", "probity init my-register --from registers/uk-food-hygiene --in .");
        name.Validators.Add(result =>
        {
            string text = result.GetValueOrDefault<string>() ?? "";
            if (text.Length == 0 || text.AsSpan().ContainsAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789-"))
            {
                result.AddError($"'{text}' is no name for a register: use lower-case letters, digits and hyphens");
            }
        });
        command.SetAction(asked => Answering.Answer(asked, json, terminal =>
            Init(terminal, asked.GetValue(name)!, asked.GetValue(from)!, asked.GetValue(folder)!)));
        return command;
    }

    private static int Init(Terminal terminal, string name, string from, string folder)
    {
        string? model = ShippedRegisters.Find(from);
        if (model is null)
        {
            return terminal.Fail("register.unknown", $"there is no register '{from}'; shipped are: {string.Join(", ", ShippedRegisters.Names())}");
        }

        string target = Path.Combine(folder, name);
        if (Directory.Exists(target))
        {
            return terminal.Fail("register.exists", $"'{target}' exists already; nothing was changed");
        }

        var files = new List<string>();
        foreach (string file in Directory.GetFiles(model, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string relative = Path.GetRelativePath(model, file);
            string copy = Path.Combine(target, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllText(copy, relative == "register.yaml" ? Renamed(File.ReadAllText(file), name) : File.ReadAllText(file));
            files.Add(copy);
        }

        if (terminal.Json)
        {
            terminal.Write(new JsonObject { ["folder"] = target, ["files"] = new JsonArray([.. files.Select(file => (JsonNode)file)]) });
            return ExitCode.Done;
        }

        files.ForEach(terminal.WriteLine);
        terminal.Messages.MarkupLineInterpolated($"Now write in [bold]{Path.Combine(target, "register.yaml")}[/] whose register it is, and run: probity run {target} --source NAME=FILE --data data");
        return ExitCode.Done;
    }

    /// <summary>The same register.yaml with the new id and an origin of its own: two registers must never sign under one name.</summary>
    private static string Renamed(string text, string name) => string.Join('\n', text.Split('\n').Select(line =>
        line.StartsWith("id:", StringComparison.Ordinal) ? $"id: {name}"
        : line.StartsWith("origin:", StringComparison.Ordinal) ? $"origin: probity.example/{name}"
        : line));
}
