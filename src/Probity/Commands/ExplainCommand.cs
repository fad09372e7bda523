using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Export;
using Probity.Rating;
using Probity.Register;
using Spectre.Console;

namespace Probity.Commands;

/// <summary>probity explain: how one organisation's rating came about.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("ID") { Description = "the organisation's identifier, or the record's as SOURCE:RECORD" };
        Option<string> data = SharedOptions.Data();
        Option<DateOnly?> asOf = SharedOptions.AsOf();
        Option<long?> knownAt = SharedOptions.KnownAt();
        Option<bool> json = SharedOptions.Json();
        var command = new Command("explain", "Say how an organisation's rating came about, point by point, with rule and evidence.") { id, data, asOf, knownAt, json };
        CommandTree.Explain(command, "probity explain fhrs:592 --data data", "probity explain fhrs:592 --as-of 2020-01-01 --json");
        command.SetAction(asked => Answering.Answer(asked, json, terminal =>
        {
            using RegisterReader reader = RegisterReader.OpenPublished(asked.GetValue(data)!);
            AsOf when = reader.At(asked.GetValue(asOf), asked.GetValue(knownAt));
            string name = asked.GetValue(id)!;
            return IdOf(reader, name) is { } organisation && reader.Find(reader.Linkage.RedirectOf(organisation, when) ?? organisation, when) is { } entry
                ? Show(terminal, entry)
                : terminal.Fail("organisation.unknown", $"the register knows no '{name}' as of {when}; find one with the site's search or 'probity export ratings'");
        }));
        return command;
    }

    /// <summary>The organisation that a user names by its identifier or by a record; null where there is none.</summary>
    public static OrganisationId? IdOf(RegisterReader reader, string name)
    {
        if (OrganisationId.TryParse(name, out OrganisationId id))
        {
            return id;
        }

        return RecordId.TryParse(name, out RecordId record) ? reader.FindByRecord(record) : null;
    }

    private static int Show(Terminal terminal, RegisterEntry entry)
    {
        if (terminal.Json)
        {
            terminal.Write(entry.Rating is { } whole
                ? RatingJson.Of(whole)
                : new JsonObject { ["organisation"] = entry.Summary.Id.ToString(), ["outcome"] = entry.Summary.Standing.Outcome });
            return ExitCode.Done;
        }

        Standing standing = entry.Summary.Standing;
        terminal.Answers.MarkupLineInterpolated($"[bold]{entry.Summary.Particulars.Name}[/] ({entry.Summary.Record}, {entry.Summary.Id})");
        foreach (SplitAgain one in entry.SplitAgain)
        {
            terminal.WriteLine($"{one.Former} was merged into this one and redirects here, but was split off again: its record is {one.Now} now (entry {one.Index}).");
        }

        terminal.WriteLine($"{standing.Outcome} – {standing.Label}. {StatusWords.Sentence(standing.Status)}");
        terminal.WriteLine($"As of {Day.Text(entry.AsOf.ValidAt)}, from {entry.AsOf.KnownAt:N0} ledger entries, by {standing.Methodology}.");
        if (entry.Rating is { } rating)
        {
            terminal.Answers.Write(TreeOf(rating));
            foreach (BandMargin margin in rating.Margins)
            {
                terminal.WriteLine($"Margin: {margin.Text}.");
            }

            if (rating.NearestChange is { } change)
            {
                terminal.WriteLine($"{char.ToUpperInvariant(change.Text[0])}{change.Text[1..]}.");
            }
            else if (rating.Outcome is Outcome.Rated && rating.Methodology.Bands.Length > 1)
            {
                terminal.WriteLine(RatingJson.NoChange);
            }
        }

        return ExitCode.Done;
    }

    private static Tree TreeOf(OrganisationRating rating)
    {
        var tree = new Tree(Label(rating.Explanation));
        foreach (ExplanationLine line in rating.Explanation.Children)
        {
            Add(tree, line);
        }

        return tree;
    }

    private static void Add(IHasTreeNodes parent, ExplanationLine line)
    {
        TreeNode node = parent.AddNode(Label(line));
        foreach (ExplanationLine child in line.Children)
        {
            Add(node, child);
        }
    }

    private static string Label(ExplanationLine line)
    {
        string points = line.Points is { } value ? $" [bold]({Number(value)}{(line.Unit.Length > 0 ? " " : "")}{Markup.Escape(line.Unit)})[/]" : "";
        string evidence = line.Evidence.IsEmpty ? "" : $" entry {string.Join(", ", line.Evidence)}";
        string reference = line.Reference.Length > 0 ? $" – {line.Reference}" : "";
        return $"{Markup.Escape(line.Text)}{points} [grey]{Markup.Escape($"[{line.Rule}{reference}]{evidence}")}[/]";
    }

    private static string Number(decimal number) => Math.Round(number, 6, MidpointRounding.AwayFromZero).ToString("0.######", CultureInfo.InvariantCulture);
}
