using System.CommandLine;
using Probity.Register;

namespace Probity.Commands;

/// <summary>probity ledger prove-rating: one rating with all that proves it, for whoever was rated and whoever was told.</summary>
internal static class ProveRatingCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("ID") { Description = "the organisation's identifier, or the record's as SOURCE:RECORD" };
        var output = new Option<string?>("--out") { Description = "the file to write; default: standard output", HelpName = "FILE" };
        Option<string> data = SharedOptions.Data();
        Option<bool> json = SharedOptions.Json();
        var command = new Command("prove-rating", "Write the proof that an organisation's rating belongs to the last run, as one file that 'probity-verify rating' checks without a network.") { id, output, data, json };
        CommandTree.Explain(command, "probity ledger prove-rating fhrs:592 --data data --out rating-proof.json");
        command.SetAction(asked => Answering.Answer(asked, json, terminal =>
        {
            using RegisterReader reader = RegisterReader.OpenPublished(asked.GetValue(data)!);
            string name = asked.GetValue(id)!;
            if (ExplainCommand.IdOf(reader, name) is not { } organisation || reader.ProveRating(organisation) is not { } proof)
            {
                return terminal.Fail("organisation.unknown", $"the register knows no '{name}', or its last run is not yet under a signed checkpoint; find an organisation with the site's search or 'probity export ratings'");
            }

            if (asked.GetValue(output) is { } path)
            {
                File.WriteAllText(path, proof.ToJson().ToJsonString(Terminal.Indented) + "\n");
            }

            if (terminal.Json || asked.GetValue(output) is null)
            {
                terminal.Write(proof.ToJson());
            }

            return ExitCode.Done;
        }));
        return command;
    }
}
