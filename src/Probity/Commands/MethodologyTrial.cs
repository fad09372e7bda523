using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Export;
using Probity.Rating;
using Spectre.Console;

namespace Probity.Commands;

/// <summary>probity methodology diff and whatif: what other rules would change, and for how many organisations.</summary>
internal static class MethodologyTrial
{
    public static Command Diff()
    {
        var before = new Argument<string>("BEFORE") { Description = "a methodology file" };
        var after = new Argument<string>("AFTER") { Description = "the other" };
        Option<bool> json = SharedOptions.Json();
        var command = new Command("diff", "Say what differs between two methodologies and, on a population, how many organisations move between which outcomes.") { before, after, json };
        var population = new PopulationOptions(command);
        CommandTree.Explain(
            command,
            "probity methodology diff stars-2024.0.0.yaml stars-2025.0.0.yaml",
            "probity methodology diff old.yaml new.yaml --register uk-food-hygiene --source fhrs=establishments.csv",
            "probity methodology diff old.yaml new.yaml --data data --json");
        command.SetAction((asked, cancelled) => Task.FromResult(Answering.Answer(asked, json, terminal =>
        {
            var problems = new List<Problem>();
            Methodology? old = MethodologyCommand.Read(asked.GetValue(before)!, problems);
            Methodology? now = MethodologyCommand.Read(asked.GetValue(after)!, problems);
            if (old is null || now is null)
            {
                MethodologyCommand.Show(terminal, problems);
                return terminal.Json ? terminal.Fail("methodology.unsound", problems[0].ToString()) : ExitCode.Finding;
            }

            return population.IsNamed(asked)
                ? population.Try(asked, terminal, (dossiers, when) => ShowDiff(terminal, (old, now), (BandMoves.Between(old, now, dossiers, when), when)), cancelled)
                : ShowDiff(terminal, (old, now), null);
        })));
        return command;
    }

    public static Command WhatIf()
    {
        var file = new Argument<string>("FILE") { Description = "a methodology file" };
        var set = new Option<string[]>("--set") { Description = "a number of the rules and what it would be; may stand several times", HelpName = "NAME=VALUE", AllowMultipleArgumentsPerToken = false };
        Option<bool> json = SharedOptions.Json();
        var command = new Command("whatif", "Turn numbers of the rules, such as a parameter, a weight or a cut, and see how many organisations would move. Without --set: the numbers that can be turned.") { file, set, json };
        var population = new PopulationOptions(command);
        CommandTree.Explain(
            command,
            "probity methodology whatif rules.yaml",
            "probity methodology whatif fhrs-1.0.0.yaml --set band.1.total=10 --register uk-food-hygiene --source fhrs=establishments.csv",
            "probity methodology whatif rules.yaml --set limit=20 --set index.safety=0.3 --data data --json");
        command.SetAction((asked, cancelled) => Task.FromResult(Answering.Answer(asked, json, terminal =>
        {
            var problems = new List<Problem>();
            if (MethodologyCommand.Read(asked.GetValue(file)!, problems) is not { } rules)
            {
                MethodologyCommand.Show(terminal, problems);
                return terminal.Json ? terminal.Fail("methodology.unsound", problems[0].ToString()) : ExitCode.Finding;
            }

            if (asked.GetValue(set) is not { Length: > 0 } written)
            {
                return ShowNumbers(terminal, rules, population.DayOf(asked) ?? DateOnly.FromDateTime(DateTime.UtcNow));
            }

            if (Settings(written, out string wrong) is not { } settings)
            {
                return terminal.WrongUse("set.form", wrong);
            }

            return population.IsNamed(asked)
                ? population.Try(asked, terminal, (dossiers, when) => Turn(terminal, rules, settings, (dossiers, when)), cancelled)
                : terminal.WrongUse("population.missing", "name the organisations: '--data DIR', or '--register REGISTER --source NAME=FILE'");
        })));
        return command;
    }

    private static Dictionary<string, decimal>? Settings(string[] written, out string wrong)
    {
        var settings = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (string one in written)
        {
            int equals = one.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || !decimal.TryParse(one.AsSpan(equals + 1), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value) || !settings.TryAdd(one[..equals], value))
            {
                wrong = $"'{one}' is not NAME=VALUE with a number, each name once, such as limit=20; a length of time is a number of its months or days";
                return null;
            }
        }

        wrong = "";
        return settings;
    }

    private static int Turn(Terminal terminal, Methodology rules, Dictionary<string, decimal> settings, (IEnumerable<Dossier> Dossiers, AsOf When) on)
    {
        var problems = new List<string>();
        if (MethodologyNumber.Turn(rules, settings, on.When.ValidAt, problems) is not { } turned)
        {
            return terminal.WrongUse("set.refused", string.Join("; ", problems));
        }

        MethodologyNumber[] followed = [.. MethodologyNumber.Of(turned, on.When.ValidAt).Except(MethodologyNumber.Of(rules, on.When.ValidAt)).Where(number => !settings.ContainsKey(number.Name))];
        BandMoves moves = BandMoves.WhatIf(rules, turned, on.Dossiers, on.When);
        if (terminal.Json)
        {
            terminal.Write(new JsonObject
            {
                ["methodology"] = rules.ToString(),
                ["set"] = new JsonObject(settings.Select(one => new KeyValuePair<string, JsonNode?>(one.Key, one.Value))),
                ["followed"] = new JsonObject(followed.Select(one => new KeyValuePair<string, JsonNode?>(one.Name, one.Value))),
                ["population"] = ChangesJson.Of(moves, on.When),
            });
        }
        else
        {
            Array.ForEach(followed, one => terminal.WriteLine($"{one.Name} becomes {Number(one.Value)}: weights keep their sum."));
            ShowMoves(terminal, moves, on.When);
        }

        return ExitCode.Done;
    }

    private static int ShowNumbers(Terminal terminal, Methodology rules, DateOnly day)
    {
        if (terminal.Json)
        {
            terminal.Write(new JsonObject { ["methodology"] = rules.ToString(), ["valid_at"] = Day.Text(day), ["numbers"] = ChangesJson.Of(MethodologyNumber.Of(rules, day)) });
            return ExitCode.Done;
        }

        Table table = new Table { Border = TableBorder.Simple }.AddColumns("Name", "Value", "What it is");
        foreach (MethodologyNumber number in MethodologyNumber.Of(rules, day))
        {
            table.AddRow(Markup.Escape(number.Name), Markup.Escape($"{Number(number.Value)} {number.Unit}".TrimEnd()), Markup.Escape(number.Label));
        }

        terminal.Answers.Write(table);
        return ExitCode.Done;
    }

    private static int ShowDiff(Terminal terminal, (Methodology Old, Methodology Now) of, (BandMoves Moves, AsOf When)? on)
    {
        IReadOnlyList<RuleChange> changes = MethodologyDiff.Between(of.Old, of.Now);
        if (terminal.Json)
        {
            terminal.Write(new JsonObject
            {
                ["before"] = of.Old.ToString(),
                ["after"] = of.Now.ToString(),
                ["changes"] = ChangesJson.Of(changes),
                ["population"] = on is { } tried ? ChangesJson.Of(tried.Moves, tried.When) : null,
            });
            return ExitCode.Done;
        }

        terminal.WriteLine(changes.Count == 0 ? $"{of.Old} and {of.Now} have the same rules." : $"{of.Old} to {of.Now}: {changes.Count} changes");
        foreach (IGrouping<ChangeKind, RuleChange> kind in changes.GroupBy(change => change.Kind))
        {
            terminal.WriteLine($"{kind.Key}:");
            foreach (RuleChange change in kind)
            {
                terminal.WriteLine($"  {change.Place}: {(change.Before.Length == 0 ? "new" : change.Before)} -> {(change.After.Length == 0 ? "gone" : change.After)}");
            }
        }

        if (on is { } moved)
        {
            ShowMoves(terminal, moved.Moves, moved.When);
        }

        return ExitCode.Done;
    }

    private static void ShowMoves(Terminal terminal, BandMoves moves, AsOf when)
    {
        terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"As of {Day.Text(when.ValidAt)}, {moves.Moved:N0} of {moves.Organisations:N0} organisations have another outcome."));
        Table table = new Table { Border = TableBorder.Simple }.AddColumn("Outcome");
        foreach (string heading in (string[])["before", "after", "change"])
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }

        foreach (OutcomeShift shift in moves.Shifts)
        {
            table.AddRow(Markup.Escape(shift.Code), Number(shift.Before), Number(shift.After), string.Create(CultureInfo.InvariantCulture, $"{shift.After - shift.Before:+#,0;-#,0;0}"));
        }

        terminal.Answers.Write(table);
        foreach (BandMove move in moves.Moves.Where(move => move.From != move.To))
        {
            terminal.WriteLine($"{move.From} -> {move.To}: {Number(move.Count)}");
        }
    }

    private static string Number(decimal number) => number.ToString("#,0.############", CultureInfo.InvariantCulture);
}
