using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Pipeline;
using Probity.Proving;
using Spectre.Console;

namespace Probity.Commands;

/// <summary>probity methodology prove: official data rated by a register's rules, and every published value held against the computed one.</summary>
internal static class ProveCommand
{
    private const int DifferencesShown = 20;

    public static Command Create()
    {
        var register = new Argument<string>("REGISTER") { Description = "a shipped register, or the folder of one, that holds proof.yaml" };
        var data = new Option<string>("--data") { Description = "the folder of the official data that proof.yaml names", DefaultValueFactory = _ => "../shared/data", HelpName = "DIR" };
        Option<bool> json = SharedOptions.Json();
        var command = new Command("prove", "Rate official data and compare every published value with the computed one: how many are published, equal, different, and why.") { register, data, json };
        CommandTree.Explain(command, "probity methodology prove uk-food-hygiene", "probity methodology prove us-hospital-stars --data ../shared/data --json");
        command.SetAction((asked, cancelled) => Task.FromResult(Answering.Answer(asked, json, terminal =>
            Prove(terminal, asked.GetValue(register)!, asked.GetValue(data)!, cancelled))));
        return command;
    }

    private static int Prove(Terminal terminal, string register, string data, CancellationToken cancelled)
    {
        if (RegisterArgument.Read(terminal, register) is not { } folder)
        {
            return ExitCode.Finding;
        }

        string file = Path.Combine(ShippedRegisters.Find(register)!, ProofReading.FileName);
        if (!File.Exists(file))
        {
            return terminal.Fail("file.missing", $"{file}: the register declares no official data to prove its rules by; formats/proof.md says how to");
        }

        var problems = new List<Problem>();
        ImmutableArray<Proof> proofs = ProofReading.Read(file, File.ReadAllText(file), problems);
        foreach (Proof proof in proofs.Where(proof => folder.Named(proof.Methodology) is null))
        {
            problems.Add(new Problem(file, 0, 0, "methodology.unknown", $"proof {proof.Name} names the methodology '{proof.Methodology}', which the register does not have", ""));
        }

        if (problems.Count > 0)
        {
            problems.ForEach(problem => terminal.Messages.WriteLine(problem.ToString()));
            return terminal.Json ? terminal.Fail("proof.unsound", problems[0].ToString()) : ExitCode.Finding;
        }

        var run = new ProofRun(folder, data, TimeProvider.System);
        ImmutableArray<ProofResult> results = Progress.Show(terminal, progress => Run(run, folder, proofs, progress, cancelled));
        Show(terminal, results);
        return results.All(result => result.Holds) ? ExitCode.Done : ExitCode.Finding;
    }

    private static ImmutableArray<ProofResult> Run(ProofRun run, RegisterFolder folder, ImmutableArray<Proof> proofs, Action<string, double> progress, CancellationToken cancelled)
    {
        var results = ImmutableArray.CreateBuilder<ProofResult>();
        foreach (Proof proof in proofs)
        {
            progress("proving " + proof.Name, 0);
            results.Add(run.Run(proof, folder.Named(proof.Methodology)!, cancelled));
            progress("proving " + proof.Name, 1);
        }

        return results.DrainToImmutable();
    }

    private static void Show(Terminal terminal, ImmutableArray<ProofResult> results)
    {
        if (terminal.Json)
        {
            terminal.Write(new JsonObject { ["holds"] = results.All(result => result.Holds), ["proofs"] = new JsonArray([.. results.Select(Of)]) });
            return;
        }

        Table table = new Table { Border = TableBorder.Simple }.AddColumn("proof").AddColumn("published value");
        foreach (string number in (ReadOnlySpan<string>)["published", "equal", "different", "of these explained", "only computed"])
        {
            table.AddColumn(new TableColumn(number).RightAligned());
        }

        foreach (ProofResult result in results)
        {
            foreach (ComparedTable one in result.Tables)
            {
                table.AddRow(Cells(result.Proof, one.Title, one.Published, one.Equal, one.Differences.Length, one.Differences.Length - one.Unexplained, one.NotPublished));
            }
        }

        terminal.Answers.Write(table);
        foreach (ProofResult result in results)
        {
            Explain(terminal, result);
        }
    }

    private static void Explain(Terminal terminal, ProofResult result)
    {
        foreach (string file in result.Absent)
        {
            terminal.WriteLine($"{result.Proof}: not proven, {file} is absent; name the folder of the official data with --data");
        }

        foreach (Rejection rejection in result.Rejections.Take(DifferencesShown))
        {
            terminal.WriteLine($"{result.Proof}: rejected {rejection}");
        }

        foreach (MiscountedReason one in result.Miscounted)
        {
            terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Proof}: not proven, {one.Found:N0} differences have a reason that {one.Declared:N0} have by proof.yaml: {one.Reason}"));
        }

        foreach (ComparedTable table in result.Tables)
        {
            foreach (IGrouping<(string Reason, bool IsOpen), Difference> known in table.Differences.Where(one => one is { Known: not null, IsMiscounted: false }).GroupBy(one => (one.Reason, one.Known!.IsOpen)))
            {
                terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Proof}, {table.Title}: {known.Count():N0} different{(known.Key.IsOpen ? ", not explained" : "")}: {known.Key.Reason}"));
            }

            foreach (Difference one in table.Differences.Where(one => one.Known is null).Take(DifferencesShown))
            {
                terminal.WriteLine($"{result.Proof}, {table.Title}: {one.Record}: {one.Output} is published as {one.Published}, computed as {one.Computed}");
            }
        }
    }

    private static string[] Cells(string proof, string title, params int[] numbers) =>
        [Markup.Escape(proof), Markup.Escape(title), .. numbers.Select(number => number.ToString("N0", CultureInfo.InvariantCulture))];

    private static JsonNode Of(ProofResult result) => new JsonObject
    {
        ["proof"] = result.Proof,
        ["methodology"] = result.Methodology,
        ["holds"] = result.Holds,
        ["organisations"] = result.Organisations,
        ["rejected_records"] = result.RejectedRecords,
        ["absent"] = new JsonArray([.. result.Absent.Select(file => (JsonNode)file)]),
        ["rejections"] = new JsonArray([.. result.Rejections.Select(one => (JsonNode)one.ToString())]),
        ["miscounted"] = new JsonArray([.. result.Miscounted.Select(one => (JsonNode)new JsonObject { ["reason"] = one.Reason, ["declared"] = one.Declared, ["found"] = one.Found })]),
        ["values"] = new JsonArray([.. result.Tables.Select(table => (JsonNode)new JsonObject
        {
            ["title"] = table.Title,
            ["published"] = table.Published,
            ["equal"] = table.Equal,
            ["different"] = table.Differences.Length,
            ["unexplained"] = table.Unexplained,
            ["only_computed"] = table.NotPublished,
            ["differences"] = new JsonArray([.. table.Differences.Select(one => (JsonNode)new JsonObject
            {
                ["record"] = one.Record,
                ["output"] = one.Output,
                ["published"] = one.Published,
                ["computed"] = one.Computed,
                ["reason"] = one.Reason,
                ["explained"] = one.IsExplained,
            })]),
        })]),
    };
}
