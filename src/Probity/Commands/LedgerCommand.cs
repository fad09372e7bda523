using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Probity.Ledger;
using Probity.Register;

namespace Probity.Commands;

/// <summary>probity ledger: the log itself, for those who keep a copy or check one.</summary>
internal static class LedgerCommand
{
    public static Command Create()
    {
        var command = new Command("ledger", "The log itself: copies for mirrors and auditors, proofs, keys and witnesses, redactions.") { Export(), Prove(), ProveRatingCommand.Create(), RedactCommand.Create(), LedgerKeyCommand.Create(), LedgerPolicyCommand.Create(), LedgerCosignCommand.Create() };
        CommandTree.Explain(command, "probity ledger export public --data data", "probity ledger key show --data data");
        return command;
    }

    private static Command Export()
    {
        var folder = new Argument<string>("DIR") { Description = "where to write; what is there already of the same log is kept" };
        Option<string> data = SharedOptions.Data();
        Option<bool> json = SharedOptions.Json();
        var command = new Command("export", "Write checkpoint, hashes, entries and openings as static files that any web server can serve (C2SP tlog-tiles).") { folder, data, json };
        CommandTree.Explain(command, "probity ledger export public --data data");
        command.SetAction((asked, cancelled) => Task.FromResult(Answering.Answer(asked, json, terminal =>
        {
            using TransparencyLog log = TransparencyLog.OpenToPublish(asked.GetValue(data)!);
            string target = asked.GetValue(folder)!;
            SignedCheckpoint? signed = Progress.Show(terminal, progress => new PublishedTiles(log).Export(target, size => PublishedDocuments.Of(log, size), share => progress("writing tiles", share), cancelled));
            return signed is null
                ? terminal.Fail("ledger.unsigned", "the ledger has no signed checkpoint yet: end a run with 'probity run'")
                : Show(terminal, target, signed);
        })));
        return command;
    }

    private static Command Prove()
    {
        var index = new Argument<long>("INDEX") { Description = "the number of the entry, from 0" };
        var output = new Option<string?>("--out") { Description = "the file to write; default: standard output", HelpName = "FILE" };
        Option<string> data = SharedOptions.Data();
        Option<bool> json = SharedOptions.Json();
        var command = new Command("prove", "Write the proof that an entry stands under the published checkpoint, as one file (C2SP tlog-proof): the last signed one, or where a policy asks for witnesses, the newest that enough of them cosigned.") { index, output, data, json };
        CommandTree.Explain(command, "probity ledger prove 100 --data data --out entry-100.tlog-proof");
        command.SetAction(asked => Answering.Answer(asked, json, terminal =>
        {
            using TransparencyLog log = TransparencyLog.OpenToPublish(asked.GetValue(data)!);
            long entry = asked.GetValue(index);
            if (EntryProof.Of(log, entry) is not { } proof)
            {
                return terminal.Fail("entry.unknown", $"no published checkpoint covers an entry {entry}; the ledger has {log.Size} entries");
            }

            if (asked.GetValue(output) is { } path)
            {
                File.WriteAllText(path, proof.ToString());
            }
            else if (!terminal.Json)
            {
                terminal.WriteText(proof.ToString());
            }

            if (terminal.Json)
            {
                terminal.Write(new JsonObject
                {
                    ["index"] = entry,
                    ["leaf_hash"] = MerkleTree.LeafHash(log.ReadBytes(entry)).ToString(),
                    ["inclusion_proof"] = new JsonArray([.. proof.Path.Select(hash => (JsonNode)hash.ToString())]),
                    ["checkpoint"] = proof.Checkpoint,
                });
            }

            return ExitCode.Done;
        }));
        return command;
    }

    private static int Show(Terminal terminal, string folder, SignedCheckpoint signed)
    {
        if (terminal.Json)
        {
            terminal.Write(new JsonObject { ["folder"] = folder, ["ledger_size"] = signed.Size, ["ledger_root"] = signed.Root.ToString() });
        }
        else
        {
            terminal.Table("Exported", [("entries", signed.Size.ToString("N0", CultureInfo.InvariantCulture)), ("root", signed.Root.ToString()), ("folder", folder)]);
        }

        return ExitCode.Done;
    }
}
