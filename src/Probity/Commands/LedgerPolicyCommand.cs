using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Site;

namespace Probity.Commands;

/// <summary>probity ledger policy: the tlog-policy file by which others decide what to believe.</summary>
internal static class LedgerPolicyCommand
{
    public static Command Create()
    {
        var witness = new Option<string[]>("--witness") { Description = "a witness as its line of a policy says it; may stand several times. Without any: the policy in force", HelpName = "\"NAME VKEY [URL]\"" };
        var require = new Option<int?>("--require") { Description = "how many of the witnesses are enough; default: all of them", HelpName = "NUMBER" };
        var output = new Option<string?>("--out") { Description = "the file to write; default: standard output", HelpName = "FILE" };
        Option<string> data = SharedOptions.Data();
        Option<bool> json = SharedOptions.Json();
        var command = new Command("policy", "Write the policy file (C2SP tlog-policy) for verifiers, for the register's folder, or for a witness that is to follow this log.") { witness, require, output, data, json };
        CommandTree.Explain(
            command,
            "probity ledger policy --data data --out policy",
            "probity ledger policy --data data --witness \"archive VKEY https://witness.example/\" --require 1 --out registers/uk-food-hygiene/tlog-policy");
        command.SetAction(asked => Answering.Answer(asked, json, terminal => Write(terminal, asked.GetValue(data)!, Lines(asked.GetValue(witness) ?? [], asked.GetValue(require)), asked.GetValue(output))));
        return command;
    }

    /// <summary>The witness and quorum lines; null where no witness is named.</summary>
    private static string? Lines(string[] witnesses, int? require)
    {
        string names = string.Join(' ', witnesses.Select(line => line.Split((char[]?)[' ', '\t'], StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? ""));
        return (witnesses.Length, require) switch
        {
            (0, null) => null,
            (_, 0) => string.Concat(witnesses.Select(line => $"witness {line}\n")) + "quorum none\n",
            _ => string.Concat(witnesses.Select(line => $"witness {line}\n")) + $"group enough {require ?? witnesses.Length} {names}\nquorum enough\n",
        };
    }

    private static int Write(Terminal terminal, string data, string? lines, string? output)
    {
        string text;
        if (lines is null && File.Exists(Path.Combine(data, "ledger.db")))
        {
            using TransparencyLog log = TransparencyLog.OpenForReading(data);
            text = PublishedPolicy.Of(log);
        }
        else
        {
            text = $"log {TransparencyLog.KeyIn(data)}\n{lines ?? "quorum none\n"}";
        }

        var problems = new List<Problem>();
        if (TlogPolicy.Parse("policy", Encoding.UTF8.GetBytes(text), problems) is not { } policy)
        {
            terminal.Fail(problems);
            return ExitCode.WrongUse;
        }

        if (output is not null)
        {
            File.WriteAllText(output, text);
        }

        if (terminal.Json)
        {
            terminal.Write(new JsonObject { ["policy"] = text, ["witnesses"] = policy.Witnesses.Length, ["quorum"] = policy.Quorum.ToString() });
        }
        else if (output is null)
        {
            terminal.WriteText(text);
        }

        return ExitCode.Done;
    }
}
