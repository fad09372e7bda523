using System.Collections.Immutable;
using Probity.Rating.Expressions;
using Probity.Rating.Model;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>Reads the scale and the rules by which values become an outcome.</summary>
internal sealed class OutcomeReading(Sheet sheet, NameBook names, ImmutableArray<Band> bands)
{
    // What is harmed where a band of the scale could not be read.
    private const string Bands = "bands";

    /// <summary>The scale, best first.</summary>
    public static ImmutableArray<Band> ReadBands(Sheet sheet, YamlMap map)
    {
        ImmutableArray<Band>.Builder bands = ImmutableArray.CreateBuilder<Band>();
        YamlNode? node = map.Required("bands");
        if (node is not null && map.Items("bands").Count == 0)
        {
            sheet.Report(node, "value.empty", "the scale needs at least one band", "add '- {code: …, label: …}', best first");
        }

        foreach (YamlMap one in map.Maps("bands"))
        {
            string? code = one.RequiredText("code");
            var band = new Band(code ?? "", sheet.RequiredWords(one, "label"), sheet.Words(one.NodeOf("meaning")));
            one.Close();
            if (code is not null && (bands.Any(known => known.Code == code) || NotRatedCodes.All.Contains(code)))
            {
                sheet.Report(one.NodeOf("code")!, "band.twice", $"code '{code}' is taken", "choose another");
            }

            bands.Add(band);
        }

        if (bands.Count == 0 || bands.Count < map.Items("bands").Count || bands.Any(band => band.Code.Length == 0))
        {
            sheet.Harm(Bands);
        }

        return bands.ToImmutable();
    }

    /// <summary>Reports a code that is not in the catalogue of reasons for no rating.</summary>
    public static void CheckCode(Sheet sheet, YamlNode at, string code)
    {
        if (!NotRatedCodes.All.Contains(code))
        {
            string? nearest = NearestName.Of(code, NotRatedCodes.All);
            sheet.Report(at, "outcome.unknown", $"'{code}' is no reason for not rating", nearest is null ? "write one of " + string.Join(", ", NotRatedCodes.All) : $"did you mean '{nearest}'?");
        }
    }

    /// <summary>Reports a code that is not of the scale. Where the scale is wrong itself, that is no new problem.</summary>
    public static void ReportBand(Sheet sheet, YamlNode at, string code, IReadOnlyList<string> codes)
    {
        if (sheet.IsHarmed(Bands))
        {
            return;
        }

        string? nearest = NearestName.Of(code, codes);
        sheet.Report(at, "band.unknown", $"'{code}' is no band of the scale", nearest is null ? "bands: " + string.Join(", ", codes) : $"did you mean '{nearest}'?");
    }

    /// <summary>Reports a code that is neither of the scale nor a reason for not rating.</summary>
    public static void ReportOutcome(Sheet sheet, YamlNode at, string code, IReadOnlyList<string> known)
    {
        if (!sheet.IsHarmed(Bands))
        {
            string? nearest = NearestName.Of(code, known);
            sheet.Report(at, "outcome.unknown", $"'{code}' is neither a band of the scale nor a reason for not rating", nearest is null ? "write one of " + string.Join(", ", known) : $"did you mean '{nearest}'?");
        }
    }

    /// <summary>The section "outcome"; null where there is none.</summary>
    public OutcomeRule? Read(YamlMap root)
    {
        if (sheet.Map(root.Required("outcome")) is not { } map)
        {
            return null;
        }

        Typed.Slot? score = map.NodeOf("score") is { } node ? names.Find(sheet, node) : null;
        if (score is { Type: { IsNumber: false, IsBroken: false } })
        {
            sheet.Report(map.NodeOf("score")!, "type.mismatch", $"the score must be a number; '{score.Name}' is of type {score.Type}", "");
        }
        else if (score is not null && sheet.Book.IsParameter(score))
        {
            sheet.Report(map.NodeOf("score")!, "dimension.parameter", $"'{score.Name}' is a parameter, the same for everyone", "name an indicator or a score");
        }

        int mark = sheet.Mark;
        ImmutableArray<StateRule> states = [.. map.Maps("states").Select(ReadState)];
        RuleTable? table = map.Required("band") is { } band ? ReadBand(band) : null;
        ImmutableArray<BandOverride> overrides = [.. map.Maps("overrides").Select(ReadOverride)];
        foreach (int twice in Enumerable.Range(0, overrides.Length).Where(i => overrides[i].Id.Length > 0 && overrides.Take(i).Any(earlier => earlier.Id == overrides[i].Id)))
        {
            sheet.Report(map.Items("overrides")[twice], "id.twice", $"there is an override '{overrides[twice].Id}' above already", "choose another id");
        }

        sheet.HarmSince(mark, Harmed);
        NameUnusedBands(root, (states, table, overrides));
        ImmutableArray<Typed.Slot> dimensions = ReadDimensions(map);
        Typed? published = map.NodeOf("published") is { } own ? sheet.Expressions.Read(own, names.Scope, ExpressionType.Text) : null;
        mark = sheet.Mark;
        map.Close();
        sheet.HarmSince(mark, Harmed);
        table ??= new RuleTable("band", [new RuleRow([], Typed.Broken.Unread)]);
        return new OutcomeRule { States = states, Table = table, Score = score, Dimensions = dimensions, Published = published, Overrides = overrides };
    }

    // A band that neither a row nor an override gives is never anybody's, which may be so in a draft. What an expression or the source gives is not known
    // before there are data.
    private void NameUnusedBands(YamlMap root, (ImmutableArray<StateRule> States, RuleTable? Table, ImmutableArray<BandOverride> Overrides) rules)
    {
        bool open = root.Text("status") is null or "draft" || sheet.IsHarmed(Harmed) || rules.Table is null || rules.Table.Rows.Any(row => row.Then is not Typed.Constant) || rules.States.Any(state => state.Then is StateResult.AsPublished);
        HashSet<string> given = open ? [] : [.. rules.Table!.Rows.Select(row => ((Typed.Constant)row.Then).Value.ToString()!), .. rules.Overrides.Select(change => change.Band)];
        IReadOnlyList<YamlNode> nodes = root.Items("bands");
        for (int i = 0; !open && i < bands.Length && nodes.Count == bands.Length; i++)
        {
            if (bands[i].Code.Length > 0 && !given.Contains(bands[i].Code))
            {
                sheet.Report(nodes[i], "band.unused", $"no row gives band '{bands[i].Code}'", "give it a row, or take it off the scale");
            }
        }
    }

    /// <summary>What is harmed where nobody can tell which outcome would come out.</summary>
    public const string Harmed = "outcome";

    private ImmutableArray<Typed.Slot> ReadDimensions(YamlMap map)
    {
        IReadOnlyList<YamlNode> items = map.Items("dimensions");
        Typed.Slot[] dimensions = [.. items.Select(item => names.Find(sheet, item))];
        if (map.Required("dimensions") is { } node && map.Items("dimensions").Count == 0)
        {
            sheet.Report(node, "guard-rail.G30", "a headline is shown only together with its dimensions", "name at least one indicator or score");
        }

        foreach ((int i, Typed.Slot slot) in dimensions.Index().Where(one => sheet.Book.IsParameter(one.Item)))
        {
            sheet.Report(items[i], "dimension.parameter", $"'{slot.Name}' is a parameter, the same for everyone", "name indicators and scores");
        }

        foreach (int twice in Enumerable.Range(0, dimensions.Length).Where(i => !dimensions[i].Type.IsBroken && dimensions.Take(i).Any(earlier => earlier.Number == dimensions[i].Number)))
        {
            sheet.Report(items[twice], "dimension.twice", $"'{dimensions[twice].Name}' stands already among the dimensions", "take one of the two out");
        }

        return [.. dimensions.Where(slot => !slot.Type.IsBroken && !sheet.Book.IsParameter(slot))];
    }

    private RuleTable? ReadBand(YamlNode node)
    {
        string[] codes = [.. bands.Select(band => band.Code)];
        if (node is not YamlNode.Map map || map.Pairs.All(pair => pair.Key.Text != "from"))
        {
            return TableReading.Read(sheet, "band", node, (names.Scope, codes));
        }

        // "band: {from: stars}": the number or text of a value is the code itself.
        YamlMap plain = sheet.Map(node)!;
        Typed.Slot from = names.Find(sheet, plain.Required("from"));
        plain.Close();
        Function? text = FunctionCatalogue.Named("string").FirstOrDefault(function => function.Takes[0] == from.Type);
        if (text is null && !from.Type.IsBroken)
        {
            sheet.Report(plain.NodeOf("from")!, "type.mismatch", $"a {from.Type} is no code of a band", "name a text, a number or a flag, or write a table");
        }

        Typed code = text is null ? new Typed.Broken([from], ExpressionType.Text) : from.Type == ExpressionType.Text ? from : new Typed.Apply(text, [from], ExpressionType.Text);
        return new RuleTable("band", [new RuleRow([], code) { Place = new FilePlace(node.Line, node.Column) }]);
    }

    private StateRule ReadState(YamlMap map)
    {
        YamlNode? node = map.Required("when");
        Typed when = sheet.Expressions.Read(node, names.Scope, ExpressionType.Truth);
        string? code = map.Text("not_rated");
        YamlNode? published = map.NodeOf("as_published");
        Wording because = sheet.RequiredWords(map, "because");
        if ((code is null) == (published is null) && !map.Resembles(["not_rated", "as_published"]))
        {
            sheet.Report(map.Node, "state.result", "a state says either not_rated or as_published", "write 'not_rated: AwaitingInspection' or 'as_published: …'");
        }

        map.Close();
        if (code is not null)
        {
            CheckCode(sheet, map.NodeOf("not_rated")!, code);
        }

        Typed own = published is null ? Typed.Broken.Unread : sheet.Expressions.Read(published, names.Scope, ExpressionType.Text);
        StateResult result = code is not null ? new StateResult.NotRated(code) : new StateResult.AsPublished(own);
        return new StateRule(when, node is YamlNode.Scalar text ? text.Text : "", result) { Because = because, Place = new FilePlace(map.Node.Line, map.Node.Column) };
    }

    private BandOverride ReadOverride(YamlMap map)
    {
        string? id = map.RequiredText("id");
        YamlNode? node = map.Required("when");
        Typed when = sheet.Expressions.Read(node, names.Scope, ExpressionType.Truth);
        YamlNode? best = map.NodeOf("at_best");
        YamlNode? worst = map.NodeOf("at_worst");
        Wording because = sheet.RequiredWords(map, "because");
        string reference = map.Text("ref") ?? "";
        if ((best is null) == (worst is null) && !map.Resembles(["at_best", "at_worst"]))
        {
            sheet.Report(map.Node, "override.limit", "an override has one limit", "write either 'at_best: …' or 'at_worst: …' with one of " + string.Join(", ", bands.Select(band => band.Code)));
        }

        map.Close();
        string code = (best ?? worst) is YamlNode.Scalar written ? written.Text : "";
        if ((best ?? worst) is { } limit && bands.All(band => band.Code != code))
        {
            ReportBand(sheet, limit, code, [.. bands.Select(band => band.Code)]);
        }

        else if ((best ?? worst) is { } idle && bands.Length > 1 && code == (best is null ? bands[^1] : bands[0]).Code)
        {
            sheet.Report(idle, "override.nothing", $"'{code}' is the {(best is null ? "worst" : "best")} band of the scale: nothing would change", "name another band, or exchange at_best and at_worst");
        }

        return new BandOverride(id ?? "", when, code, IsFloor: best is null) { Text = node is YamlNode.Scalar text ? text.Text : "", Because = because, Reference = reference, Place = new FilePlace(map.Node.Line, map.Node.Column) };
    }
}
