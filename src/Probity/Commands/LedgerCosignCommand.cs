using System.CommandLine;
using Probity.Ledger;
using Probity.Ledger.Witnessing;
using Probity.Witnessing;

namespace Probity.Commands;

/// <summary>probity ledger cosign: ask the witnesses again, without a run.</summary>
internal static class LedgerCosignCommand
{
    public static Command Create()
    {
        Option<string> data = SharedOptions.Data();
        Option<bool> json = SharedOptions.Json();
        var command = new Command("cosign", "Ask the witnesses that have not cosigned the last checkpoint yet, and publish it once they are enough.") { data, json };
        CommandTree.Explain(command, "probity ledger cosign --data data", "probity ledger cosign --data data --json");
        command.SetAction((asked, cancelled) => Task.FromResult(Answering.Answer(asked, json, terminal =>
        {
            using TransparencyLog log = TransparencyLog.OpenToPublish(asked.GetValue(data)!);
            return WitnessRound.Ask(log, cancelled) is { } round
                ? Show(terminal, round)
                : terminal.Fail("ledger.no-policy", "this register asks no witness; write a file 'tlog-policy' beside its register.yaml ('probity ledger policy') and run it");
        })));
        return command;
    }

    private static int Show(Terminal terminal, RoundOutcome round)
    {
        if (terminal.Json)
        {
            terminal.Write(WitnessWords.ToJson(round));
        }
        else
        {
            terminal.Table("Witnesses", WitnessWords.ToRows(round));
            WitnessWords.Explain(terminal, round);
        }

        return round.Verdict.IsSatisfied ? ExitCode.Done : ExitCode.Finding;
    }
}
