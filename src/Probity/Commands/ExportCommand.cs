using System.CommandLine;
using Probity.Export;
using Probity.Register;

namespace Probity.Commands;

/// <summary>probity export: what the register says, as files.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var command = new Command("export", "Write what the register says as a file.") { Ratings() };
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
        json.Description = "the same as --format jsonl";
        var command = new Command("ratings", "One line an organisation: outcome, score, status, methodology, day and ledger size (formats/export.md).") { format, output, data, asOf, knownAt, json };
        CommandTree.Explain(command, "probity export ratings --format csv > ratings.csv", "probity export ratings --format jsonl --as-of 2020-01-01 --out ratings.jsonl");
        command.SetAction(asked => Answering.Answer(asked, json, terminal =>
        {
            using RegisterReader reader = RegisterReader.Open(asked.GetValue(data)!);
            Evidence.AsOf when = reader.At(asked.GetValue(asOf), asked.GetValue(knownAt));
            bool lines = asked.GetValue(json) || asked.GetValue(format) == "jsonl";
            if (asked.GetValue(output) is { } path)
            {
                using StreamWriter file = new(path);
                RatingsExport.Write(file, reader, when, lines);
            }
            else
            {
                RatingsExport.Write(asked.InvocationConfiguration.Output, reader, when, lines);
            }

            return ExitCode.Done;
        }));
        return command;
    }
}
