using System.CommandLine;
using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Pipeline;
using Probity.Register;
using Spectre.Console;

namespace Probity.Commands;

/// <summary>probity rebuild: all views again from the ledger.</summary>
internal static class RebuildCommand
{
    public static Command Create()
    {
        Option<string> data = SharedOptions.Data();
        Option<bool> json = SharedOptions.Json();
        var command = new Command("rebuild", "Drop every view and make it again from the ledger; what is served afterwards is the same.") { data, json };
        CommandTree.Explain(command, "probity rebuild --data data");
        command.SetAction((asked, cancelled) => Task.FromResult(Answering.Answer(asked, json, terminal => Rebuild(terminal, asked.GetValue(data)!, cancelled))));
        return command;
    }

    private static int Rebuild(Terminal terminal, string dataFolder, CancellationToken cancelled)
    {
        using TransparencyLog log = TransparencyLog.OpenForReading(dataFolder);
        if (LastRun.Of(log) is not { } last)
        {
            return terminal.Fail("register.no-run", "the ledger states no run yet: run 'probity run'");
        }

        RatingRun made = Progress.Show(terminal, progress => new RegisterProjection(log, dataFolder, progress).Rebuild(last.Run.AsOf, cancelled));
        bool same = made.SaysTheSameAs(last.Run);
        if (terminal.Json)
        {
            terminal.Write(new JsonObject
            {
                ["organisations"] = made.Ratings,
                ["valid_at"] = Day.Text(made.AsOf.ValidAt),
                ["known_at"] = made.AsOf.KnownAt,
                ["results"] = made.Results.ToString(),
                ["same_as_stated"] = same,
            });
        }
        else
        {
            terminal.Table("Rebuilt", [("organisations", $"{made.Ratings:N0}"), ("as of", made.AsOf.ToString()), ("root of all ratings", made.Results.ToString())]);
        }

        if (!same)
        {
            terminal.Messages.WriteLine($"Entry {last.Index} states the root {last.Run.Results} for the same ledger size and day; run 'probity verify {dataFolder}'.");
        }

        return same ? ExitCode.Done : ExitCode.Finding;
    }
}
