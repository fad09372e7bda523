using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Pipeline;
using Probity.Register;
using Probity.Site;

namespace Probity.Commands;

/// <summary>probity demo: a fictional register, made and served by one command without input or network.</summary>
internal static class DemoCommand
{
    /// <summary>The name of the fictional register.</summary>
    public const string Register = "demo-food-hygiene";

    public static Command Create()
    {
        Option<int> port = ServeCommand.Port();
        var data = new Option<string?>("--data") { Description = "the data folder; default: one of this user's in the folder for temporary files", HelpName = "DIR" };
        var only = new Option<bool>("--no-serve") { Description = "make the register, and do not serve it" };
        Option<bool> json = SharedOptions.Json();
        var command = new Command("demo", "Make a fictional register – 5,000 establishments, four years of inspections, always the same – and serve it.") { port, data, only, json };
        CommandTree.Explain(command, "probity demo", "probity demo --port 8080", "probity demo --no-serve --data demo-data");
        command.SetAction((asked, cancelled) => Task.FromResult(Answering.Answer(asked, json, terminal =>
        {
            string folder = asked.GetValue(data) ?? Path.Combine(Path.GetTempPath(), "probity-demo-" + Environment.UserName);
            int made = Make(terminal, folder, cancelled);
            return made != ExitCode.Done || asked.GetValue(only) ? made : Serve(terminal, folder, asked.GetValue(port), cancelled);
        })));
        return command;
    }

    private static int Make(Terminal terminal, string folder, CancellationToken cancelled)
    {
        if (ShippedRegisters.Find(Register) is not { } registerFolder)
        {
            return terminal.Fail("register.unknown", $"the fictional register '{Register}' is not beside the program; it belongs in '{Path.Combine(AppContext.BaseDirectory, "registers")}'");
        }

        if (RunCommand.ReadFolder(terminal, registerFolder) is not { } register)
        {
            return ExitCode.Finding;
        }

        if (!DemoRun.MakeRoom(folder))
        {
            return terminal.Fail("demo.folder-in-use", $"'{folder}' holds something that 'probity demo' did not make; nothing was touched. Name another with --data.");
        }

        Show(terminal, folder, Progress.Show(terminal, progress => new DemoRun(register, registerFolder, folder, progress).Run(cancelled)));
        return ExitCode.Done;
    }

    private static int Serve(Terminal terminal, string folder, int port, CancellationToken cancelled)
    {
        using RegisterReader reader = RegisterReader.OpenPublished(folder);
        return ServeCommand.Serve(terminal, new SiteOptions(reader, port, true, TimeProvider.System), cancelled);
    }

    private static void Show(Terminal terminal, string folder, ImmutableArray<RunSummary> runs)
    {
        RunSummary last = runs[^1];
        if (terminal.Json)
        {
            terminal.Write(new JsonObject
            {
                ["data"] = folder,
                ["runs"] = new JsonArray([.. runs.Select(run => (JsonNode)run.ToJson())]),
                ["ledger_size"] = last.LedgerSize,
                ["ledger_root"] = last.LedgerRoot,
            });
            return;
        }

        terminal.Table("A fictional register: everything in it is invented", Rows(folder, runs));
    }

    private static IEnumerable<(string Name, string Value)> Rows(string folder, ImmutableArray<RunSummary> runs)
    {
        foreach (RunSummary run in runs)
        {
            yield return ($"extract of {Day.Text(run.Overview.AsOf.ValidAt)}", $"{Number(run.Records)} records, {Number(run.Appended)} statements new, {run.RejectedRecords} rejected");
        }

        RunSummary last = runs[^1];
        yield return ("organisations", Number(last.Overview.Count));
        yield return ("equal to the published rating", $"{Number(last.Overview.Confirmed)} of {Number(last.Comparable)}");
        yield return ("ledger size", Number(last.LedgerSize));
        yield return ("ledger root", last.LedgerRoot);
        yield return ("time", string.Create(CultureInfo.InvariantCulture, $"{runs.Sum(run => run.Elapsed.TotalSeconds):0.0} s"));
        yield return ("data folder", folder);
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
