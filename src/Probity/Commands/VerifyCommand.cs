using System.CommandLine;
using System.Text.Json.Nodes;
using Probity.Pipeline;

namespace Probity.Commands;

/// <summary>probity verify: trust nothing, recompute everything.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "the data folder", DefaultValueFactory = _ => "data" };
        Option<bool> json = SharedOptions.Json();
        var command = new Command("verify", "Recompute the tree, check every signature, recompute every rating of the last run, and compare with what is published.") { folder, json };
        CommandTree.Explain(command, "probity verify data", "probity verify data --json");
        command.SetAction((asked, cancelled) => Task.FromResult(Answering.Answer(asked, json, terminal =>
        {
            Verification result = Progress.Show(terminal, progress => RegisterVerification.Verify(asked.GetValue(folder)!, progress, cancelled));
            return Show(terminal, result);
        })));
        return command;
    }

    private static int Show(Terminal terminal, Verification result)
    {
        if (terminal.Json)
        {
            terminal.Write(new JsonObject
            {
                ["verified"] = result.Difference is null,
                ["difference"] = result.Difference,
                ["proven"] = new JsonArray([.. result.Proven.Select(line => (JsonNode)line)]),
            });
        }
        else
        {
            foreach (string line in result.Proven)
            {
                terminal.WriteLine("proven: " + line);
            }

            terminal.WriteLine(result.Difference is null ? "Everything that is published follows from the ledger." : "DIFFERENCE: " + result.Difference);
        }

        return result.Difference is null ? ExitCode.Done : ExitCode.Finding;
    }
}
