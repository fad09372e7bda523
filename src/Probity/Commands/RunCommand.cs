using System.Collections.Immutable;
using System.CommandLine;
using Probity.Evidence;
using Probity.Pipeline;
using Probity.Witnessing;
using Spectre.Console;

namespace Probity.Commands;

/// <summary>probity run: from published records to a register.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var register = new Argument<string>("REGISTER") { Description = "the folder that declares the register, or the name of a shipped one" };
        Option<string[]> source = SharedOptions.Source();
        Option<string> data = SharedOptions.Data();
        Option<DateOnly?> asOf = SharedOptions.AsOf();
        asOf.Description = "the day to rate for; default: today in the register's time zone";
        Option<bool> json = SharedOptions.Json();
        var command = new Command("run", "Read records, append what is new to the ledger, rate, and make the register's pages.") { register, source, data, asOf, json };
        CommandTree.Explain(
            command,
            "probity run registers/uk-food-hygiene --source fhrs=establishments.csv --data data",
            "probity run registers/uk-food-hygiene --source fhrs=https://api.ratings.food.gov.uk/Establishments --data data --json");
        command.SetAction((asked, cancelled) => Task.FromResult(Answering.Answer(asked, json, terminal =>
        {
            ImmutableArray<SourceInput> inputs = SourceInput.ParseAll(asked.GetValue(source));
            var request = new RunRequest(ShippedRegisters.Find(asked.GetValue(register)!) ?? asked.GetValue(register)!, inputs, asked.GetValue(data)!, asked.GetValue(asOf), TimeProvider.System);
            return Run(terminal, request, cancelled);
        })));
        return command;
    }

    private static int Run(Terminal terminal, RunRequest request, CancellationToken cancelled)
    {
        if (ReadFolder(terminal, request.RegisterFolder) is not { } folder)
        {
            return ExitCode.Finding;
        }

        foreach (SourceInput input in request.Inputs.Where(input => folder.Sources.All(one => one.Value.Name != input.Source)))
        {
            terminal.Fail("source.unknown", $"the register has no source '{input.Source}'; it has: {string.Join(", ", folder.Sources.Select(one => one.Value.Name))}");
            return ExitCode.WrongUse;
        }

        RunSummary summary = Progress.Show(terminal, progress => new RegisterRun(request, folder, progress).Run(cancelled));
        Show(terminal, summary, request.DataFolder);
        return summary.Incomplete || summary.Witnessed is { Verdict.IsSatisfied: false } ? ExitCode.Finding : ExitCode.Done;
    }

    /// <summary>Reads a register's folder; null after showing everything wrong with it.</summary>
    public static RegisterFolder? ReadFolder(Terminal terminal, string path)
    {
        var problems = new List<Problem>();
        RegisterFolder? folder = RegisterFolder.Read(path, problems);
        if (folder is null)
        {
            terminal.Fail(problems);
        }

        return folder;
    }

    /// <summary>Shows what a run did.</summary>
    public static void Show(Terminal terminal, RunSummary summary, string dataFolder)
    {
        if (terminal.Json)
        {
            terminal.Write(summary.ToJson());
            return;
        }

        terminal.Table("Run", summary.ToRows());
        if (summary.Witnessed is { } round)
        {
            WitnessWords.Explain(terminal, round);
        }

        foreach (Rejection rejection in summary.Samples)
        {
            terminal.Messages.WriteLine("rejected " + rejection);
        }

        if (summary.Samples.Count > 0)
        {
            terminal.Messages.WriteLine($"All rejections: {Path.Combine(dataFolder, "rejections.jsonl")}");
        }
    }
}
