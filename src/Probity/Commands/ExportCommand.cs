using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Export;
using Probity.Register;
using Spectre.Console;

namespace Probity.Commands;

/// <summary>probity export: what the register says, as files.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var command = new Command("export", "Write what the register says as a file.") { Ratings(), Redirects() };
        CommandTree.Explain(command, "probity export ratings --format csv --out ratings.csv");
        return command;
    }

    private static Command Ratings()
    {
        var format = new Option<string>("--format") { Description = "csv or jsonl", DefaultValueFactory = _ => "csv", HelpName = "FORMAT" };
        format.AcceptOnlyFromAmong("csv", "jsonl");
        var output = new Option<string?>("--out") { Description = "the file to write; default: standard output", HelpName = "FILE" };
        Option<string> data = SharedOptions.Data();
        Option<DateOnly?> asOf = SharedOptions.AsOf();
        Option<long?> knownAt = SharedOptions.KnownAt();
        Option<bool> json = SharedOptions.Json();
        json.Description = "without --out the same as --format jsonl; with --out, answer with one JSON document";
        var command = new Command("ratings", "One line an organisation: outcome, score, status, methodology, day and ledger size (formats/export.md).") { format, output, data, asOf, knownAt, json };
        CommandTree.Explain(command, "probity export ratings --format csv > ratings.csv", "probity export ratings --format jsonl --as-of 2020-01-01 --out ratings.jsonl");
        command.SetAction(asked => Answering.Answer(asked, json, terminal =>
        {
            using RegisterReader reader = RegisterReader.OpenPublished(asked.GetValue(data)!);
            AsOf when = reader.At(asked.GetValue(asOf), asked.GetValue(knownAt));
            if (asked.GetValue(output) is { } path)
            {
                return ToFile(terminal, reader, when, (path, asked.GetValue(format) == "jsonl"));
            }

            RatingsExport.Write(asked.InvocationConfiguration.Output, reader, when, asked.GetValue(json) || asked.GetValue(format) == "jsonl");
            return ExitCode.Done;
        }));
        return command;
    }

    private static Command Redirects()
    {
        Option<string> data = SharedOptions.Data();
        Option<long?> knownAt = SharedOptions.KnownAt();
        Option<bool> json = SharedOptions.Json();
        var command = new Command("redirects", "Every identifier that was merged into another: identifier, the organisation it stands for, and the ledger entry that says so.") { data, knownAt, json };
        CommandTree.Explain(command, "probity export redirects --data data > redirects.csv", "probity export redirects --data data --json");
        command.SetAction(asked => Answering.Answer(asked, json, terminal =>
        {
            using RegisterReader reader = RegisterReader.OpenPublished(asked.GetValue(data)!);
            AsOf when = reader.At(null, asked.GetValue(knownAt));
            RedirectsExport.Write(terminal, reader, when);
            return ExitCode.Done;
        }));
        return command;
    }

    /// <summary>Writes the file whole or not at all, and says how many rows it has.</summary>
    private static int ToFile(Terminal terminal, RegisterReader reader, AsOf when, (string Path, bool JsonLines) file)
    {
        string part = file.Path + ".part";
        using (var writer = new StreamWriter(part))
        {
            RatingsExport.Write(writer, reader, when, file.JsonLines);
        }

        File.Move(part, file.Path, overwrite: true);
        int organisations = reader.Overview(when).Count;
        if (terminal.Json)
        {
            terminal.Write(new JsonObject { ["file"] = file.Path, ["organisations"] = organisations, ["valid_at"] = Day.Text(when.ValidAt), ["ledger_size"] = when.KnownAt });
        }
        else
        {
            terminal.Messages.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{organisations:N0} organisations written to {file.Path}"));
        }

        return ExitCode.Done;
    }
}
