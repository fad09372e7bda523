using System.Collections.Immutable;
using Probity.Rating.Engine;
using Probity.Rating.Expressions;
using Probity.Rating.Model;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>
/// Reads "robustness: {seed: 1, draws: 1000, weights: [{score: index, vary: uniform, share: 0.25}], alternatives: [{score: index, instead:
/// [{geometric: …}]}]}".
/// </summary>
internal sealed class RobustnessReading(Sheet sheet, NameBook names, ImmutableArray<Step> steps, OutcomeRule? outcome)
{
    private static readonly string[] Ways = ["value", "mean", "geometric", "sum"];

    /// <summary>The section; null where there is none, and after a problem.</summary>
    public RobustnessRule? Read(YamlMap root)
    {
        if (root.NodeOf("robustness") is not { } node || sheet.Map(node) is not { } map)
        {
            return null;
        }

        long? seed = map.Required("seed") is null ? null : map.Whole("seed");
        long? draws = map.Required("draws") is null ? null : map.Whole("draws");
        ImmutableArray<VariedWeights> weights = [.. map.Maps("weights").Select(ReadWeights).OfType<VariedWeights>()];
        ImmutableArray<VariedScore> alternatives = [.. map.Maps("alternatives").Select(ReadAlternative).OfType<VariedScore>()];
        if (seed < 0)
        {
            sheet.Report(map.NodeOf("seed")!, "robustness.seed", "a seed is a whole number from 0", "");
        }

        if (draws is < 10 or > 100_000)
        {
            sheet.Report(map.NodeOf("draws")!, "robustness.draws", "the number of draws lies between 10 and 100000", "write 'draws: 1000'");
        }

        if (map.NodeOf("weights") is null && map.NodeOf("alternatives") is null && !map.Resembles(["weights", "alternatives"]))
        {
            sheet.Report(node, "robustness.nothing", "nothing is varied", "add 'weights' or 'alternatives'");
        }

        map.Close();
        return seed is >= 0 and { } s && draws is >= 10 and <= 100_000 and { } d ? new RobustnessRule((ulong)s, (int)d) { Weights = weights, Alternatives = alternatives } : null;
    }

    private Step? ReadScore(YamlMap map) => ReadScore(map, out _);

    private Step? ReadScore(YamlMap map, out Typed.Slot slot)
    {
        YamlNode? node = map.Required("score");
        Typed.Slot named = slot = names.Find(sheet, node);
        Step? step = steps.FirstOrDefault(step => step.Slot == named.Number);
        if (node is null || slot.Number < 0 || sheet.IsHarmed($"value {slot.Number}"))
        {
            return null;
        }

        if (step is null || step.Operation is Operation.Statistic)
        {
            sheet.Report(node, "robustness.score", $"'{slot.Name}' is no score of one organisation", "name a score");
            return null;
        }

        bool known = !sheet.IsHarmed(OutcomeReading.Harmed) && !steps.Any(other => sheet.IsHarmed($"value {other.Slot}"));
        if (known && outcome is not null && !Reaches(outcome, slot.Number))
        {
            sheet.Report(node, "robustness.score", $"'{slot.Name}' has no part in the outcome: varying it moves nothing", "take it out");
        }

        return step;
    }

    private bool Reaches(OutcomeRule outcome, int slot)
    {
        HashSet<int> behind = [.. Decision.DecidingSlots(outcome).Select(deciding => deciding.Number)];
        foreach (Step step in steps.Reverse().Where(step => behind.Contains(step.Slot)))
        {
            behind.UnionWith(Scoring.SlotsOf(step).Select(used => used.Number));
        }

        return behind.Contains(slot);
    }

    private VariedWeights? ReadWeights(YamlMap map)
    {
        Step? step = ReadScore(map);
        var rule = step?.Operation as Operation.Aggregate;
        if (step is not null && rule is not { Kind: AggregateKind.Mean or AggregateKind.Geometric or AggregateKind.Sum, Parts.Length: > 1 and <= 1000 })
        {
            sheet.Report(map.NodeOf("score")!, "robustness.weights", $"'{step.Name}' is no mean, sum or geometric mean of several values", "name one that is");
            rule = null;
        }
        else if (rule is not null && rule.Parts.Any(part => part.Weight is not Typed.Constant))
        {
            sheet.Report(map.NodeOf("score")!, "robustness.weights", $"the weights of '{step!.Name}' are not written out, so that nobody can vary them", "write the weights as numbers");
            rule = null;
        }

        WeightSpread? spread = ReadSpread(map, map.RequiredText("vary"), rule);
        map.Close();
        return step is null || spread is null ? null : new VariedWeights(step.Slot, spread);
    }

    private WeightSpread? ReadSpread(YamlMap map, string? vary, Operation.Aggregate? rule)
    {
        switch (vary)
        {
            case "uniform":
                decimal? share = sheet.Literal(map.Required("share"), ExpressionType.Exact)?.AsDecimal();
                if (share is <= 0 or >= 1)
                {
                    sheet.Report(map.NodeOf("share")!, "robustness.share", "the share lies between 0 and 1, both excluded", "write 'share: 0.25' for a quarter more or less");
                    return null;
                }

                return share is { } within ? new WeightSpread.Uniform(within) : null;
            case "dirichlet":
                return map.Required("concentration") is null || map.Whole("concentration") is not { } concentration || rule is null ? null : ReadDirichlet(map, concentration, rule);
            default:
                map.NodeOf("share");
                map.NodeOf("concentration");
                if (vary is not null)
                {
                    sheet.Report(map.NodeOf("vary")!, "robustness.vary", $"'{vary}' is no way to vary weights", NearestName.Of(vary, ["uniform", "dirichlet"]) is { } nearest ? $"did you mean '{nearest}'?" : "write uniform or dirichlet");
                }

                return null;
        }
    }

    private WeightSpread.Dirichlet? ReadDirichlet(YamlMap map, long concentration, Operation.Aggregate rule)
    {
        decimal[] weights = [.. rule.Parts.Select(part => ((Typed.Constant)part.Weight).Value.AsDecimal()!.Value)];
        decimal[] parts = [.. weights.Select(weight => weight * concentration / weights.Sum())];
        if (concentration is < 1 or > 10_000 || parts.Any(part => part < 1 || part != decimal.Truncate(part)))
        {
            sheet.Report(map.NodeOf("concentration")!, "robustness.concentration", $"a concentration of {concentration} cut up by the weights gives {string.Join(", ", parts.Select(part => Numbers.Short(part, 4)))}; each must be a whole number from 1", "choose one that every weight divides, at most 10000");
            return null;
        }

        return new WeightSpread.Dirichlet([.. parts.Select(part => (int)part)]);
    }

    private VariedScore? ReadAlternative(YamlMap map)
    {
        Step? step = ReadScore(map, out Typed.Slot slot);
        if (map.Required("instead") is { } node && map.Items("instead").Count == 0)
        {
            sheet.Report(node, "value.empty", "an alternative names at least one other way", "write 'instead: [{value: …}]'");
        }

        ImmutableArray<Step> instead = [.. map.Maps("instead").Select(one => ReadWay(one, step, slot)).OfType<Step>()];
        map.Close();
        return step is null || instead.IsEmpty ? null : new VariedScore(step.Slot, instead);
    }

    private Step? ReadWay(YamlMap map, Step? step, Typed.Slot slot)
    {
        (string Key, YamlNode Node)[] written = [.. Ways.Select(key => (key, map.NodeOf(key)!)).Where(found => found.Item2 is not null)];
        if (written.Length != 1 && !(written.Length == 0 && map.Resembles(Ways)))
        {
            sheet.Report(map.Node, "operation.one", "an alternative needs exactly one way to be computed", "write one of " + string.Join(", ", Ways));
        }

        map.Close();
        if (written.Length != 1)
        {
            return null;
        }

        (Operation? operation, ExpressionType type) = written[0].Key == "value"
            ? ScoreReading.Formula(sheet, written[0].Node, names)
            : AggregateReading.Read(sheet, written[0].Key, written[0].Node, names);
        // the score may be told already; that its other way uses it is another fault
        string? why = operation is null || slot.Number < 0 ? null
            : UsesFrom(operation, slot.Number) ? "uses a score that does not stand above it"
            : !type.IsBroken && step?.Type is { IsBroken: false } wanted && type.IsNumber != wanted.IsNumber ? $"gives {type}, not {wanted}" : null;
        if (why is not null)
        {
            sheet.Report(written[0].Node, "robustness.alternative", $"this other way of computing '{slot.Name}' {why}", "use what stands above the score");
        }

        return why is not null || operation is null || type.IsBroken || step is null || step.Type.IsBroken ? null : step with { Operation = operation, Type = type };
    }

    private static bool UsesFrom(Operation operation, int slot)
    {
        IEnumerable<Typed> read = operation switch
        {
            Operation.Formula formula => [formula.Expression],
            Operation.Aggregate aggregate => aggregate.Parts.SelectMany(part => (Typed[])[part.Of, part.Weight]),
            _ => [],
        };
        return read.SelectMany(one => one.Slots()).Any(one => one.Number >= slot);
    }
}
