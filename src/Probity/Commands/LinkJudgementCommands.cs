using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Linkage;
using Probity.Pipeline;
using Probity.Register;
using Spectre.Console;

namespace Probity.Commands;

/// <summary>probity link judge, judgements, review: people's word on which records are one organisation.</summary>
internal static class LinkJudgementCommands
{
    public static Command Judge()
    {
        var one = new Argument<string>("A") { Description = "a record, as SOURCE:RECORD" };
        var other = new Argument<string>("B") { Description = "another record" };
        var same = new Option<bool>("--same") { Description = "they are one organisation" };
        var notSame = new Option<bool>("--not-same") { Description = "they are two" };
        var unsure = new Option<bool>("--unsure") { Description = "it cannot be told: the score decides, and the pair is not asked about again" };
        var revoke = new Option<bool>("--revoke") { Description = "take back what was judged of the two: the score decides again" };
        var reason = new Option<string>("--reason") { Description = "why, in words", Required = true, HelpName = "TEXT" };
        var by = new Option<string>("--by") { Description = "who judges: name and role", Required = true, HelpName = "NAME" };
        Option<string> data = SharedOptions.Data();
        Option<bool> json = SharedOptions.Json();
        var command = new Command("judge", "Record a person's judgement of two records in the ledger; it outranks any score from the next run on.") { one, other, same, notSame, unsure, revoke, reason, by, data, json };
        CommandTree.Explain(
            command,
            "probity link judge companies:K1011 court:C80 --same --reason \"the court's file gives the company's number\" --by \"A. Clerk, registrar\" --data data",
            "probity link judge companies:K1011 court:C80 --revoke --reason \"number misread\" --by \"A. Clerk, registrar\" --data data");
        command.Validators.Add(result =>
        {
            if (new[] { same, notSame, unsure, revoke }.Count(result.GetValue) != 1)
            {
                result.AddError("give exactly one of --same, --not-same, --unsure, --revoke");
            }

            foreach (string record in new[] { result.GetValue(one), result.GetValue(other) }.OfType<string>().Where(text => !RecordId.TryParse(text, out _)))
            {
                result.AddError($"'{record}' is not SOURCE:RECORD, such as companies:K1011");
            }
        });
        command.SetAction(asked => Answering.Answer(asked, json, terminal =>
        {
            Verdict verdict = asked.GetValue(same) ? Verdict.Same : asked.GetValue(notSame) ? Verdict.NotSame : Verdict.Unsure;
            using RegisterReader reader = RegisterReader.Open(asked.GetValue(data)!);
            var judgement = new RecordJudgement(RecordOf(asked.GetValue(one)!), RecordOf(asked.GetValue(other)!), verdict, asked.GetValue(by)!, asked.GetValue(reason)!, 0, asked.GetValue(revoke));
            return Record(terminal, new Judging(reader, asked.GetValue(data)!, TimeProvider.System), judgement);
        }));
        return command;
    }

    public static Command Judgements()
    {
        Option<string> data = SharedOptions.Data();
        Option<bool> json = SharedOptions.Json();
        var command = new Command("judgements", "List what people judged, also what was taken back; the latest of a pair counts.") { data, json };
        CommandTree.Explain(command, "probity link judgements --data data", "probity link judgements --data data --json");
        command.SetAction(asked => Answering.Answer(asked, json, terminal =>
        {
            using RegisterReader reader = RegisterReader.Open(asked.GetValue(data)!);
            IReadOnlyList<RecordJudgement> judgements = reader.Linkage.Judgements(reader.Current);
            if (terminal.Json)
            {
                terminal.Write(new JsonObject { ["judgements"] = new JsonArray([.. judgements.Select(one => (JsonNode)Of(one))]) });
                return ExitCode.Done;
            }

            Table table = new Table { Border = TableBorder.Simple }.AddColumns("Entry", "Record", "Other", "Judgement", "By", "Reason");
            foreach (RecordJudgement one in judgements)
            {
                table.AddRow([.. new[] { one.Order.ToString(CultureInfo.InvariantCulture), one.One.ToString(), one.Other.ToString(), WordOf(one), one.Author, one.Reason }.Select(Markup.Escape)]);
            }

            terminal.Answers.Write(table);
            return ExitCode.Done;
        }));
        return command;
    }

    public static Command Review()
    {
        var by = new Option<string?>("--by") { Description = "who judges: name and role; without it the pairs are only listed", HelpName = "NAME" };
        Option<string> data = SharedOptions.Data();
        Option<bool> json = SharedOptions.Json();
        var command = new Command("review", "Show the doubtful pairs side by side with their waterfalls; with --by, ask for a judgement of each.") { by, data, json };
        CommandTree.Explain(command, "probity link review --data data", "probity link review --data data --by \"A. Clerk, registrar\"");
        command.SetAction(asked => Answering.Answer(asked, json, terminal =>
        {
            string folder = asked.GetValue(data)!;
            using RegisterReader reader = RegisterReader.Open(folder);
            if (reader.Linkage.LastRun(reader.Current) is not { } stated)
            {
                return terminal.Fail("linkage.none", "this register does not link records: give its folder a linkage.yaml and run it");
            }

            if (terminal.Json)
            {
                terminal.Write(new JsonObject { ["entry"] = stated.Index, ["doubtful_pairs"] = stated.Report["doubtful_pairs"]!.DeepClone(), ["doubtful"] = stated.Report["doubtful"]!.DeepClone() });
                return ExitCode.Done;
            }

            var review = new LinkReview(terminal, new Judging(reader, folder, TimeProvider.System), asked.GetValue(by));
            return review.Run(DoubtfulPair.Asked(reader));
        }));
        return command;
    }

    /// <summary>Records a judgement and says so.</summary>
    public static int Record(Terminal terminal, Judging judging, RecordJudgement judgement)
    {
        (long index, JudgementRefusal? refusal) = judging.Record(judgement);
        if (refusal is not null)
        {
            return terminal.Fail(refusal.Code, refusal.Reason);
        }

        string? contradicted = judging.ClashOf(judgement) is { } clash ? Judging.TextOf(clash, judgement) : null;
        if (contradicted is not null)
        {
            terminal.Messages.MarkupLineInterpolated($"[yellow]Note:[/] {contradicted}.");
        }

        if (terminal.Json)
        {
            terminal.Write(new JsonObject { ["entry"] = index, ["recorded"] = index >= 0, ["takes_effect"] = "next run", ["contradicted"] = contradicted });
        }
        else
        {
            terminal.WriteLine(index < 0 ? "That was judged before, by the same author with the same reason." : $"Recorded in ledger entry {index}. It takes effect at the next run.");
        }

        return ExitCode.Done;
    }

    /// <summary>A record that the command's validator has let through.</summary>
    private static RecordId RecordOf(string text) => RecordId.TryParse(text, out RecordId record) ? record : throw new ArgumentException($"'{text}' is no record", nameof(text));

    private static string WordOf(RecordJudgement judgement) => judgement.Revoked ? "revoked" : JudgementStatement.WordOf(judgement.Verdict);

    private static JsonObject Of(RecordJudgement judgement) => new()
    {
        ["entry"] = judgement.Order,
        ["one"] = judgement.One.ToString(),
        ["other"] = judgement.Other.ToString(),
        ["judgement"] = WordOf(judgement),
        ["author"] = judgement.Author,
        ["reason"] = judgement.Reason,
    };
}
