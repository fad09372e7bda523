using System.CommandLine;
using System.Text.Json.Nodes;
using Probity.Ledger;

namespace Probity.Commands;

/// <summary>probity ledger key: the log's key, made before the first run or shown at any time.</summary>
internal static class LedgerKeyCommand
{
    public static Command Create()
    {
        var command = new Command("key", "The key that signs the log's checkpoints.") { New(), Show() };
        CommandTree.Explain(command, "probity ledger key new registers/uk-food-hygiene --data data", "probity ledger key show --data data");
        return command;
    }

    private static Command New()
    {
        var register = new Argument<string>("REGISTER") { Description = "the folder that declares the register; its origin becomes the key's name" };
        Option<string> data = SharedOptions.Data();
        Option<bool> json = SharedOptions.Json();
        var command = new Command("new", "Make the signing key, readable to this user alone, and print the key that verifies. A key that is there already is never written over.") { register, data, json };
        CommandTree.Explain(command, "probity ledger key new registers/uk-food-hygiene --data data");
        command.SetAction(asked => Answering.Answer(asked, json, terminal =>
            RunCommand.ReadFolder(terminal, asked.GetValue(register)!) is { } folder
                ? Print(terminal, TransparencyLog.CreateKey(asked.GetValue(data)!, folder.Definition.Origin))
                : ExitCode.Finding));
        return command;
    }

    private static Command Show()
    {
        Option<string> data = SharedOptions.Data();
        Option<bool> json = SharedOptions.Json();
        var command = new Command("show", "Print the key that verifies the log's checkpoints (vkey).") { data, json };
        CommandTree.Explain(command, "probity ledger key show --data data", "probity ledger key show --data data --json");
        command.SetAction(asked => Answering.Answer(asked, json, terminal => Print(terminal, TransparencyLog.KeyIn(asked.GetValue(data)!))));
        return command;
    }

    /// <summary>Prints a verifier key.</summary>
    public static int Print(Terminal terminal, VerifierKey key)
    {
        if (terminal.Json)
        {
            terminal.Write(new JsonObject { ["name"] = key.Name, ["vkey"] = key.ToString() });
        }
        else
        {
            terminal.WriteLine(key.ToString());
        }

        return ExitCode.Done;
    }
}
