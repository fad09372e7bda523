using System.CommandLine;
using System.Globalization;
using Probity.Evidence;
using Probity.Linkage;
using Probity.Linking;
using Spectre.Console;

namespace Probity.Commands;

/// <summary>probity link: which records of some files are one organisation.</summary>
internal static class LinkCommand
{
    public static Command Create()
    {
        var specification = new Argument<string?>("specification") { Description = "threshold and corrections of columns (docs/linkage.md); default: none", HelpName = "SPEC.yaml", DefaultValueFactory = _ => null };
        var inputs = new Option<string[]>("--input") { Description = "a CSV file of organisations under a name; may be given several times", HelpName = "NAME=FILE", Required = true, AllowMultipleArgumentsPerToken = true };
        var output = new Option<string>("--out") { Description = "the file of clusters to write: record, cluster, probability", HelpName = "FILE", Required = true };
        var pairs = new Option<string?>("--pairs") { Description = "a file of pairs to write, each with its waterfall", HelpName = "FILE" };
        Option<bool> json = SharedOptions.Json();
        var command = new Command("link", "Say which records of one or more files are the same organisation, and why.") { specification, inputs, output, pairs, json, LinkJudgementCommands.Judge(), LinkJudgementCommands.Judgements(), LinkJudgementCommands.Review() };
        CommandTree.Explain(command, "probity link --input register=companies.csv --input partner=suppliers.csv --out clusters.csv", "probity link link.yaml --input sites=sites.csv --out clusters.csv --pairs pairs.csv --json");
        command.SetAction(asked => Answering.Answer(asked, json, terminal =>
        {
            LinkageSpecification? read = LinkageSpecification.Default;
            if (asked.GetValue(specification) is { } file)
            {
                var problems = new List<Problem>();
                read = LinkageSpecification.Read(file, File.ReadAllText(file), problems);
                if (read is null)
                {
                    return terminal.Fail("specification.invalid", string.Join(Environment.NewLine, problems));
                }
            }

            return Link(terminal, read, asked.GetValue(inputs)!, (asked.GetValue(output)!, asked.GetValue(pairs)));
        }));
        return command;
    }

    private static int Link(Terminal terminal, LinkageSpecification specification, string[] arguments, (string Clusters, string? Pairs) files)
    {
        if (LinkOutput.Overwrites(arguments, files.Clusters, files.Pairs) is { } overwritten)
        {
            return terminal.WrongUse("output.overwrites", overwritten);
        }

        var tables = new List<LinkTable>(arguments.Length);
        foreach (string argument in arguments)
        {
            string problem = "";
            if (Progress.Show(terminal, progress => LinkInput.Read(argument, progress, out problem)) is not { } input)
            {
                return terminal.Fail("input.unreadable", problem);
            }

            if (tables.Exists(table => table.Name == input.Table.Name))
            {
                return terminal.Fail("input.twice", $"two inputs are named '{input.Table.Name}'; give each another name");
            }

            Remark(terminal, input);
            tables.Add(input.Table);
        }

        switch (Progress.Show(terminal, progress => LinkageRun.Link(specification, tables, [], progress)))
        {
            case LinkageOutcome.Refused refused:
                return terminal.Fail(refused.Code, refused.Reason);
            case LinkageOutcome.Linked { Result: var result }:
                Write(result, files);
                RemarkMissing(terminal, result);
                Show(terminal, result, files.Clusters);
                return ExitCode.Done;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Says of each input whether it has no column of names or none of addresses: both are what most links rest on.</summary>
    private static void RemarkMissing(Terminal terminal, LinkageResult result)
    {
        foreach ((string input, var uses) in result.Columns.OrderBy(input => input.Key, StringComparer.Ordinal))
        {
            string[] missing = [
                .. uses.Any(use => use.Role is ColumnRole.Name or ColumnRole.OtherName) ? Array.Empty<string>() : ["names"],
                .. uses.Any(use => use.Role == ColumnRole.Address) ? Array.Empty<string>() : ["addresses"]];
            if (missing.Length > 0)
            {
                terminal.Messages.MarkupLineInterpolated($"[yellow]Note:[/] {input}: no column was taken for {string.Join(" or ", missing)}; if it has one, name it in a specification");
            }
        }
    }

    private static void Remark(Terminal terminal, LinkInput input)
    {
        if (input.Delimiter != ',')
        {
            terminal.Messages.MarkupLineInterpolated($"[yellow]Note:[/] {input.Table.Name}: its fields are parted by {(input.Delimiter == ';' ? "semicolons" : "tabs")}");
        }

        if (input.Uneven > 0)
        {
            terminal.Messages.MarkupLineInterpolated($"[yellow]Note:[/] {input.Table.Name}: {input.Uneven} rows have more or fewer fields than the header");
        }

        if (input.Latin)
        {
            terminal.Messages.MarkupLineInterpolated($"[yellow]Note:[/] {input.Table.Name} is not UTF-8; it was read as ISO 8859-1");
        }
    }

    private static void Write(LinkageResult result, (string Clusters, string? Pairs) files)
    {
        using (var clusters = new StreamWriter(files.Clusters))
        {
            LinkOutput.WriteClusters(clusters, result);
        }

        if (files.Pairs is { } path)
        {
            using var pairs = new StreamWriter(path);
            LinkOutput.WritePairs(pairs, result);
        }
    }

    private static void Show(Terminal terminal, LinkageResult result, string clusters)
    {
        if (terminal.Json)
        {
            terminal.Write(LinkOutput.Report(result));
            return;
        }

        foreach ((string input, var uses) in result.Columns.OrderBy(input => input.Key, StringComparer.Ordinal))
        {
            terminal.Table($"Columns of {input}", uses.Select(use => (use.Column, LinkOutput.Role(use))));
        }

        LinkageReport report = LinkageReport.Of(result);
        terminal.Table("Linkage", [
            ("records", report.Records.ToString("N0", CultureInfo.InvariantCulture)),
            ("organisations", report.Clusters.ToString("N0", CultureInfo.InvariantCulture)),
            ("pairs compared", report.PairsCompared.ToString("N0", CultureInfo.InvariantCulture)),
            ("matches among them, estimated", report.BlockingRecall is { } recall ? recall.ToString("P1", CultureInfo.InvariantCulture) : "–"),
            ("doubtful pairs (20 % to the threshold)", report.DoubtfulPairs.ToString("N0", CultureInfo.InvariantCulture)),
            ("joins refused", result.JoinsRefused.ToString("N0", CultureInfo.InvariantCulture)),
            ("identifiers that failed their check", result.FailedChecks.Values.Sum().ToString("N0", CultureInfo.InvariantCulture)),
            ("records without a usable name", result.Unnamed.Count.ToString("N0", CultureInfo.InvariantCulture)),
            ("placeholders among identifiers", result.Placeholders.Count.ToString("N0", CultureInfo.InvariantCulture)),
            ("written", clusters)]);
        foreach (string remark in Remarks(result))
        {
            terminal.Messages.MarkupLineInterpolated($"[yellow]Note:[/] {remark}");
        }
    }

    /// <summary>What of the inputs counted for nothing, by name.</summary>
    private static IEnumerable<string> Remarks(LinkageResult result)
    {
        foreach ((string input, var uses) in result.Columns.OrderBy(input => input.Key, StringComparer.Ordinal))
        {
            if (!uses.Any(use => use.Role == ColumnRole.Id))
            {
                yield return $"{input}: no column of identifiers that is unique and never empty; its records are numbered from 0";
            }
        }

        if (!result.Columns.Values.SelectMany(uses => uses).Any(use => use.Role is not (ColumnRole.Ignored or ColumnRole.Id or ColumnRole.Name or ColumnRole.OtherName)))
        {
            yield return "only names can be compared: a name alone reaches a probability of 0.95 at most; --pairs lists the likely pairs, and an address, telephone, domain or identifier decides them";
        }

        if (result.Unnamed is { Count: > 0 } unnamed)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{unnamed.Count:N0} records have no usable name (empty, or nothing but legal forms), such as {string.Join(", ", unnamed.Take(3))}: only what else they give can link them");
        }

        foreach ((string scheme, long numbers) in result.FailedChecks.OrderBy(check => check.Key, StringComparer.Ordinal))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{numbers:N0} of scheme {scheme} failed their check and count for nothing");
        }

        foreach (string placeholder in result.Placeholders)
        {
            yield return $"{placeholder}: a placeholder, counts for nothing";
        }
    }
}
