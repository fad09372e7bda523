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
        var specification = new Argument<string?>("SPEC.yaml") { Description = "threshold and corrections of columns (docs/linkage.md); default: none", DefaultValueFactory = _ => null };
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
                if (!File.Exists(file))
                {
                    return terminal.Fail("specification.unreadable", Directory.Exists(file) ? $"'{file}' is a folder; name the specification's file" : $"there is no specification '{file}'");
                }

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

        using OutputFile? clusters = OutputFile.Open(files.Clusters, out string unwritable);
        using OutputFile? pairs = clusters is null || files.Pairs is null ? null : OutputFile.Open(files.Pairs, out unwritable);
        if (unwritable.Length > 0)
        {
            return terminal.Fail("output.unwritable", unwritable);
        }

        if (ReadAll(terminal, arguments) is not { } tables)
        {
            return ExitCode.Finding;
        }

        switch (Progress.Show(terminal, progress => LinkageRun.Link(specification, tables, [], progress)))
        {
            case LinkageOutcome.Refused refused:
                return terminal.Fail(refused.Code, refused.Reason);
            case LinkageOutcome.Linked { Result: var result }:
                if (Write(result, (clusters!, files.Clusters), pairs is null ? null : (pairs, files.Pairs!)) is { } failed)
                {
                    return terminal.Fail("output.failed", failed);
                }

                Show(terminal, result, files.Clusters);
                Note(terminal, LinkRemarks.Of(tables, result));
                return ExitCode.Done;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>The inputs; null after saying why one cannot be read.</summary>
    private static List<LinkTable>? ReadAll(Terminal terminal, string[] arguments)
    {
        var tables = new List<LinkTable>(arguments.Length);
        foreach (string argument in arguments)
        {
            if (tables.Exists(table => argument.StartsWith(table.Name + "=", StringComparison.Ordinal)))
            {
                terminal.Fail("input.twice", $"two inputs are named '{argument[..argument.IndexOf('=', StringComparison.Ordinal)]}'; give each another name");
                return null;
            }

            string problem = "";
            if (Progress.Show(terminal, progress => LinkInput.Read(argument, progress, out problem)) is not { } input)
            {
                terminal.Fail("input.unreadable", problem);
                return null;
            }

            Note(terminal, LinkRemarks.Of(input));
            tables.Add(input.Table);
        }

        Note(terminal, LinkRemarks.Twice(arguments));
        return tables;
    }

    /// <summary>Writes both files, neither of which appears before it is whole; why not, where that failed.</summary>
    private static string? Write(LinkageResult result, (OutputFile File, string Path) clusters, (OutputFile File, string Path)? pairs)
    {
        string at = clusters.Path;
        try
        {
            LinkOutput.WriteClusters(clusters.File.Writer, result);
            clusters.File.Writer.Flush();
            if (pairs is { } both)
            {
                at = both.Path;
                LinkOutput.WritePairs(both.File.Writer, result);
                both.File.Complete();
            }

            at = clusters.Path;
            clusters.File.Complete();
            return null;
        }
        catch (IOException trouble)
        {
            return OutputFile.Told(at, trouble);
        }
    }

    private static void Note(Terminal terminal, IEnumerable<string> remarks)
    {
        foreach (string remark in remarks)
        {
            terminal.Messages.MarkupLineInterpolated($"[yellow]Note:[/] {remark}");
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
            ("doubtful pairs", report.DoubtfulPairs.ToString("N0", CultureInfo.InvariantCulture)),
            ("joins refused", result.JoinsRefused.ToString("N0", CultureInfo.InvariantCulture)),
            ("identifiers that failed their check", result.FailedChecks.Values.Sum().ToString("N0", CultureInfo.InvariantCulture)),
            ("records without a usable name", result.Unnamed.Count.ToString("N0", CultureInfo.InvariantCulture)),
            ("placeholders among identifiers", result.Placeholders.Count.ToString("N0", CultureInfo.InvariantCulture)),
            ("written", clusters)]);
    }
}
