using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Export;
using Probity.Pipeline;
using Probity.Rating;
using Spectre.Console;

namespace Probity.Commands;

/// <summary>probity rate: ratings straight from files, without a ledger.</summary>
internal static class RateCommand
{
    public static Command Create()
    {
        var register = new Argument<string>("REGISTER") { Description = "a shipped register, or the folder of one" };
        Option<string[]> source = SharedOptions.Source();
        var methodology = new Option<string?>("--methodology") { Description = "the version or file of the methodology, such as 2025; default: the one in force on the day", HelpName = "VERSION" };
        Option<DateOnly?> asOf = SharedOptions.AsOf();
        asOf.Description = "the day to rate for; default: the latest day from which a record of the files holds, today where none has a day";
        var output = new Option<string>("--out") { Description = "the CSV file to write", HelpName = "FILE", Required = true };
        var rejections = new Option<string?>("--rejections") { Description = "a file for every rejection, one line of JSON each", HelpName = "FILE" };
        Option<bool> json = SharedOptions.Json();
        var command = new Command("rate", "Rate the organisations of some files, without a ledger: one CSV line each with outcome, score and every value on the way.") { register, source, methodology, asOf, output, rejections, json };
        CommandTree.Explain(
            command,
            "probity rate uk-food-hygiene --source fhrs=establishments.csv --out ratings.csv",
            "probity rate au-aged-care --source services=services.csv --as-of 2023-05-31 --out ratings.csv --json",
            "probity rate us-hospital-stars --methodology 2025 --source cms=measures.csv --source cms=published.csv --out ratings.csv");
        command.SetAction((asked, cancelled) => Task.FromResult(Answering.Answer(asked, json, terminal => Rate(
            terminal,
            new RateRequest(
                asked.GetValue(register)!,
                SourceInput.ParseAll(asked.GetValue(source)),
                asked.GetValue(methodology),
                asked.GetValue(asOf),
                asked.GetValue(output)!,
                asked.GetValue(rejections)),
            cancelled))));
        return command;
    }

    private static int Rate(Terminal terminal, RateRequest request, CancellationToken cancelled)
    {
        if (RegisterArgument.Read(terminal, request.Register) is not { } folder)
        {
            return ExitCode.Finding;
        }

        if (RegisterArgument.Refuse(terminal, folder, request.Inputs) is { } refused)
        {
            return refused;
        }

        FileDossiers read = Progress.Show(terminal, progress => FileDossiers.Read(folder, request.Inputs, TimeProvider.System, progress, cancelled));
        if (request.Rejections is { } list)
        {
            File.WriteAllLines(list, read.Rejections.Select(RejectionLine.Of));
        }

        DateOnly day = request.ValidAt ?? read.LatestDay ?? folder.Definition.DayOf(TimeProvider.System.GetUtcNow());
        return RegisterArgument.Methodology(terminal, folder, request.Methodology, day) is { } rules
            ? Write(terminal, read, (rules, day), request.Output)
            : ExitCode.Finding;
    }

    /// <summary>Writes the file whole or not at all, and says what is in it.</summary>
    private static int Write(Terminal terminal, FileDossiers read, (Methodology Rules, DateOnly Day) by, string path)
    {
        string part = path + ".part";
        IReadOnlyDictionary<string, long> outcomes;
        using (var writer = new StreamWriter(part))
        {
            outcomes = OutputsExport.Write(writer, by.Rules, FileRating.Of(by.Rules, read.Dossiers, by.Day));
        }

        File.Move(part, path, overwrite: true);
        Show(terminal, read, by, (path, outcomes));
        return read.Count.Incomplete || read.Dossiers.IsEmpty ? ExitCode.Finding : ExitCode.Done;
    }

    private static void Show(Terminal terminal, FileDossiers read, (Methodology Rules, DateOnly Day) by, (string Path, IReadOnlyDictionary<string, long> Outcomes) written)
    {
        IntakeCount count = read.Count;
        if (terminal.Json)
        {
            terminal.Write(new JsonObject
            {
                ["file"] = written.Path,
                ["methodology"] = by.Rules.ToString(),
                ["valid_at"] = Day.Text(by.Day),
                ["records"] = count.Records,
                ["rejected_records"] = count.RejectedRecords,
                ["rejections"] = Of(count.ByCode),
                ["incomplete"] = count.Incomplete,
                ["organisations"] = read.Dossiers.Length,
                ["outcomes"] = Of(written.Outcomes),
                ["samples"] = new JsonArray([.. count.Samples.Select(one => (JsonNode)one.ToString())]),
            });
            return;
        }

        terminal.Table("Rated", Rows(read, by, written));
        foreach (Rejection rejection in count.Samples)
        {
            terminal.Messages.WriteLine("rejected " + rejection);
        }

        if (count.Samples.Count < read.Rejections.Length)
        {
            terminal.Messages.WriteLine("These are the first; --rejections FILE writes all.");
        }
    }

    private static IEnumerable<(string Name, string Value)> Rows(FileDossiers read, (Methodology Rules, DateOnly Day) by, (string Path, IReadOnlyDictionary<string, long> Outcomes) written)
    {
        yield return ("records read", Number(read.Count.Records));
        yield return ("records rejected", Number(read.Count.RejectedRecords));
        foreach ((string code, long many) in read.Count.ByCode.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            yield return ("  " + code, Number(many));
        }

        yield return ("organisations", Number(read.Dossiers.Length));
        foreach ((string code, long many) in written.Outcomes)
        {
            yield return ("  " + code, Number(many));
        }

        yield return ("methodology", by.Rules.ToString());
        yield return ("as of", Day.Text(by.Day));
        yield return ("written to", written.Path);
    }

    private static JsonObject Of(IReadOnlyDictionary<string, long> counts) =>
        new(counts.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => new KeyValuePair<string, JsonNode?>(one.Key, one.Value)));

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>What a person asks for.</summary>
    /// <param name="Register">A shipped register's name, or the folder of one.</param>
    /// <param name="Inputs">What to read for which source.</param>
    /// <param name="Methodology">The methodology by its version or file; null for the one in force.</param>
    /// <param name="ValidAt">The day to rate for; null for the latest of the files.</param>
    /// <param name="Output">The CSV file to write.</param>
    /// <param name="Rejections">The file for all rejections; null for none.</param>
    private sealed record RateRequest(string Register, ImmutableArray<SourceInput> Inputs, string? Methodology, DateOnly? ValidAt, string Output, string? Rejections);
}
