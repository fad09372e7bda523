using System.Globalization;
using System.Text.Json.Nodes;
using Probity.Commands;
using Probity.Ledger.Witnessing;
using Spectre.Console;

namespace Probity.Witnessing;

/// <summary>What the witnesses answered, for people and for scripts.</summary>
internal static class WitnessWords
{
    public static JsonObject ToJson(RoundOutcome round) => new()
    {
        ["signed_size"] = round.Latest.Size,
        ["published_size"] = round.Published?.Size ?? 0,
        ["quorum_met"] = round.Verdict.IsSatisfied,
        ["reason"] = round.Verdict.Reason,
        ["cosigned_by"] = new JsonArray([.. round.Verdict.Cosigned.Select(one => (JsonNode)one.Name)]),
        ["answers"] = new JsonArray([.. round.Reports.Select(one => (JsonNode)new JsonObject { ["witness"] = one.Witness.Name, ["cosigned"] = one is WitnessReport.Cosigned, ["answer"] = one.Words })]),
    };

    public static IEnumerable<(string Name, string Value)> ToRows(RoundOutcome round)
    {
        yield return ("cosigned by", round.Verdict.Cosigned.IsEmpty ? "no witness" : string.Join(", ", round.Verdict.Cosigned.Select(one => one.Name)));
        yield return ("published", round.Published is { } published ? $"{published.Size.ToString("N0", CultureInfo.InvariantCulture)} entries" : "nothing yet");
    }

    /// <summary>Says what each witness that did not cosign answered, and what follows where the rest are too few.</summary>
    public static void Explain(Terminal terminal, RoundOutcome round)
    {
        foreach (WitnessReport report in round.Reports.Where(one => one is not WitnessReport.Cosigned))
        {
            terminal.Messages.WriteLine($"Witness {report.Witness.Name} {report.Words}");
        }

        if (!round.Verdict.IsSatisfied)
        {
            string shown = round.Published is { } published ? $"the checkpoint of {published.Size.ToString("N0", CultureInfo.InvariantCulture)} entries stays published" : "no checkpoint is published yet";
            terminal.Messages.WriteLine($"Not published: {round.Verdict.Reason}; {shown}. Ask again with 'probity ledger cosign'.");
        }
    }
}
