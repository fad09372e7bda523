using System.Collections.Immutable;
using Probity.Rating.Expressions;
using Probity.Rating.Model;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>Reads the scale and the rules by which values become an outcome.</summary>
internal sealed class OutcomeReading(Sheet sheet, NameBook names, ImmutableArray<Band> bands)
{
    /// <summary>The scale, best first.</summary>
    public static ImmutableArray<Band> ReadBands(Sheet sheet, YamlMap map)
    {
        ImmutableArray<Band>.Builder bands = ImmutableArray.CreateBuilder<Band>();
        if (map.Required("bands") is { } node && map.Items("bands").Count == 0)
        {
            sheet.Report(node, "value.empty", "the scale needs at least one band", "add '- {code: …, label: …}', best first");
        }

        foreach (YamlMap one in map.Maps("bands"))
        {
            string? code = one.RequiredText("code");
            var band = new Band(code ?? "", sheet.Words(one.Required("label")), sheet.Words(one.NodeOf("meaning")));
            one.Close();
            if (code is not null && (bands.Any(known => known.Code == code) || NotRatedCodes.All.Contains(code)))
            {
                sheet.Report(one.NodeOf("code")!, "band.twice", $"code '{code}' is taken", "choose another");
            }

            bands.Add(band);
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

    /// <summary>The section "outcome"; null after a problem.</summary>
    public OutcomeRule? Read(YamlMap root)
    {
        if (sheet.Map(root.Required("outcome")) is not { } map)
        {
            return null;
        }

        Typed.Slot? score = map.NodeOf("score") is { } node ? names.Find(sheet, node) : null;
        if (score is { Type.IsNumber: false })
        {
            sheet.Report(map.NodeOf("score")!, "type.mismatch", $"the score must be a number; '{score.Name}' is of type {score.Type}", "");
        }

        ImmutableArray<StateRule> states = [.. map.Maps("states").Select(ReadState).OfType<StateRule>()];
        ImmutableArray<Typed.Slot> dimensions = ReadDimensions(map);
        RuleTable? table = map.Required("band") is { } band ? ReadBand(band) : null;
        Typed? published = map.NodeOf("published") is { } own ? sheet.Expression(own, names.Scope, ExpressionType.Text) : null;
        ImmutableArray<BandOverride> overrides = [.. map.Maps("overrides").Select(ReadOverride).OfType<BandOverride>()];
        map.Close();
        return table is null ? null : new OutcomeRule { States = states, Table = table, Score = score, Dimensions = dimensions, Published = published, Overrides = overrides };
    }

    private ImmutableArray<Typed.Slot> ReadDimensions(YamlMap map)
    {
        ImmutableArray<Typed.Slot> dimensions = [.. map.Items("dimensions").Select(item => names.Find(sheet, item)).OfType<Typed.Slot>()];
        if (map.Required("dimensions") is { } node && map.Items("dimensions").Count == 0)
        {
            sheet.Report(node, "guard-rail.G30", "a headline is shown only together with its dimensions", "name at least one indicator or score");
        }

        foreach (Typed.Slot slot in dimensions.Where(slot => names.Shown(slot.Name) is null))
        {
            sheet.Report(map.NodeOf("dimensions")!, "dimension.parameter", $"'{slot.Name}' is a parameter, the same for everyone", "name indicators and scores");
        }

        return dimensions.RemoveAll(slot => names.Shown(slot.Name) is null);
    }

    private RuleTable? ReadBand(YamlNode node)
    {
        string[] codes = [.. bands.Select(band => band.Code)];
        if (node is YamlNode.Map map && map.Pairs.Any(pair => pair.Key.Text == "rows"))
        {
            return TableReading.Read(sheet, "band", node, (names.Scope, codes));
        }

        // "band: {from: stars}": the number or text of a value is the code itself.
        YamlMap? plain = sheet.Map(node);
        Typed? from = plain?.Required("from") is { } name ? names.Find(sheet, name) : null;
        plain?.Close();
        if (from is null)
        {
            return null;
        }

        Typed text = from.Type == ExpressionType.Text ? from : new Typed.Apply(FunctionCatalogue.Named("string").First(f => f.Takes[0] == from.Type), [from], ExpressionType.Text);
        return new RuleTable("band", [new RuleRow([], text)]);
    }

    private StateRule? ReadState(YamlMap map)
    {
        YamlNode? node = map.Required("when");
        Typed? when = sheet.Expression(node, names.Scope, ExpressionType.Truth);
        string? code = map.Text("not_rated");
        YamlNode? published = map.NodeOf("as_published");
        Wording because = sheet.Words(map.Required("because"));
        map.Close();
        if ((code is null) == (published is null))
        {
            sheet.Report(map.Node, "state.result", "a state says either not_rated or as_published", "write 'not_rated: AwaitingInspection' or 'as_published: …'");
            return null;
        }

        if (code is not null)
        {
            CheckCode(sheet, map.NodeOf("not_rated")!, code);
        }

        Typed? own = published is null ? null : sheet.Expression(published, names.Scope, ExpressionType.Text);
        StateResult? result = code is not null ? new StateResult.NotRated(code) : own is not null ? new StateResult.AsPublished(own) : null;
        return when is null || result is null ? null : new StateRule(when, ((YamlNode.Scalar)node!).Text, result) { Because = because };
    }

    private BandOverride? ReadOverride(YamlMap map)
    {
        string? id = map.RequiredText("id");
        YamlNode? node = map.Required("when");
        Typed? when = sheet.Expression(node, names.Scope, ExpressionType.Truth);
        YamlNode? best = map.NodeOf("at_best");
        YamlNode? limit = best ?? map.NodeOf("at_worst");
        Wording because = sheet.Words(map.Required("because"));
        string reference = map.Text("ref") ?? "";
        map.Close();
        if (limit is not YamlNode.Scalar code || !bands.Any(band => band.Code == code.Text))
        {
            sheet.Report(limit ?? map.Node, "band.unknown", "an override names a band of the scale", "write 'at_best: …' or 'at_worst: …' with one of " + string.Join(", ", bands.Select(band => band.Code)));
            return null;
        }

        return id is null || when is null ? null : new BandOverride(id, when, code.Text, IsFloor: best is null) { Text = ((YamlNode.Scalar)node!).Text, Because = because, Reference = reference };
    }
}
