using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Engine;

/// <summary>Writes out how an outcome came about, from the worksheet it was decided on.</summary>
internal sealed class ExplanationTree
{
    /// <summary>A list of more values is not written out.</summary>
    private const int MostListed = 12;

    private readonly Methodology _methodology;
    private readonly Worksheet _sheet;
    private readonly HashSet<int> _written = [];

    private readonly DateOnly _validAt;

    private ExplanationTree(Methodology methodology, Worksheet sheet, DateOnly validAt) => (_methodology, _sheet, _validAt) = (methodology, sheet, validAt);

    private Plan Plan => _methodology.Plan;

    public static ExplanationLine Of(OrganisationRating rating, Worksheet? sheet)
    {
        if (sheet is null)
        {
            return new ExplanationLine(LineKind.Rule, ((Outcome.NotRated)rating.Outcome).Reason, null, "") { Rule = "applies" };
        }

        var tree = new ExplanationTree(rating.Methodology, sheet, rating.AsOf.ValidAt);
        int state = Decision.StateOf(tree.Plan.Outcome, sheet.Frame);
        ImmutableArray<ExplanationLine> lines = state >= 0 ? [tree.StateLine(state)] : tree.ValueLines(rating);
        return new ExplanationLine(LineKind.Rule, Headline(rating.Outcome), rating.Score, rating.ScoreUnit)
        {
            Rule = "outcome",
            Reference = string.Join("; ", rating.Methodology.Legal.Select(law => law.ToString())),
            Children = [.. lines, .. tree.SetAsideLines(), .. RobustnessLines(rating), .. OverdueLines(rating)],
        };
    }

    private static string Headline(Outcome outcome) => outcome switch
    {
        Outcome.Rated rated => Same(rated.Band, rated.Label) ? $"Rated {rated.Label}" : $"Rated {rated.Band}, {rated.Label}",
        Outcome.NotRated not => $"{NotRatedCodes.Words(not.Why)}: {not.Reason}",
        Outcome.AsPublished own => $"{own.Band}, {own.Label}, as the authority published it: the evidence behind it is not published, so that it cannot be recomputed",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static bool Same(string code, string label) => string.Equals(code, label, StringComparison.OrdinalIgnoreCase);

    private ExplanationLine StateLine(int state)
    {
        StateRule rule = Plan.Outcome.States[state];
        return new ExplanationLine(LineKind.Rule, rule.Because.ToString(), null, "")
        {
            Rule = $"state.{state + 1}",
            Evidence = Indexes(_sheet.EvidenceOf(rule.When)),
            Children = Inputs(rule.When.Slots()),
        };
    }

    private ImmutableArray<ExplanationLine> ValueLines(OrganisationRating rating)
    {
        ImmutableArray<ExplanationLine>.Builder lines = ImmutableArray.CreateBuilder<ExplanationLine>();
        if (Plan.Outcome.Score is { } score)
        {
            ExplanationLine line = SlotLine(score.Number, rating.Outcome is Outcome.Rated);
            lines.Add(line);
        }

        if (Scoring.RowOf(Plan.Outcome.Table, _sheet.Frame) is { } row)
        {
            lines.Add(RowLine("band", Plan.Outcome.Table, row));
            string code = Interpreter.Compute(Plan.Outcome.Table.Rows[row].Then, _sheet.Frame).ToString()!;
            foreach (BandOverride change in Decision.Override(_methodology, code, _sheet.Frame).Effective)
            {
                string way = change.IsFloor ? "at worst" : "at best";
                lines.Add(new ExplanationLine(LineKind.Rule, $"{way} {change.Band}: {change.Because}", null, "")
                {
                    Rule = "override." + change.Id,
                    Reference = change.Reference,
                    Evidence = Indexes(_sheet.EvidenceOf(change.When)),
                    Children = Inputs(change.When.Slots()),
                });
            }
        }

        return lines.ToImmutable();
    }

    private ExplanationLine RowLine(string rule, RuleTable table, int row)
    {
        string when = string.Join(" and ", table.Rows[row].When.Select(condition => condition.Text));
        string then = Interpreter.Compute(table.Rows[row].Then, _sheet.Frame).ToString()!;
        string label = _methodology.BandOf(then) is { } band && !Same(band.Code, band.Label.ToString()) ? $"{then}, {band.Label}" : then;
        bool only = table.Rows.Length == 1;
        string text = only ? $"gives {label}" : when.Length > 0 ? $"row {row + 1} is the first that holds: {when} gives {label}" : $"no row above holds: {label}";
        return new ExplanationLine(LineKind.Rule, text, null, "")
        {
            Rule = $"{rule}.row-{row + 1}",
            Children = Inputs(Scoring.SlotsOf(table).Concat(table.Rows[row].Then.Slots()).DistinctBy(slot => slot.Number)),
        };
    }

    /// <summary>One line for the value of a slot; with its parts where they sum to it.</summary>
    private ExplanationLine SlotLine(int slot, bool counts)
    {
        if (Plan.Indicators.FirstOrDefault(rule => rule.Slot == slot) is { } indicator)
        {
            return IndicatorLine(indicator, counts ? _sheet.Frame[slot].AsDecimal() : null);
        }

        Step? step = Plan.Steps.FirstOrDefault(step => step.Slot == slot);
        if (step is null)
        {
            return ParameterLine(_methodology.Parameters[slot], counts ? _sheet.Frame[slot].AsDecimal() : null);
        }

        decimal? points = counts ? _sheet.Frame[slot].AsDecimal() : null;
        string over = step.Operation is Operation.Statistic statistic ? OverWhom(step.Slot, statistic.Of) : "";
        return new ExplanationLine(over.Length > 0 ? LineKind.Statistic : LineKind.Rule, $"{step.Shown.Label}: {Shown(slot)}{over}", points, step.Shown.Unit)
        {
            Label = step.Shown.Label.ToString(),
            Rule = "score." + step.Name,
            Reference = step.Shown.Reference,
            Children = _written.Add(slot) ? PartsOf(step, points) : [],
        };
    }

    // The law stands beside each value: which one held on the day, from when, and where it is written.
    private ExplanationLine ParameterLine(Parameter parameter, decimal? points)
    {
        string label = parameter.Label.ToString() is { Length: > 0 } known ? known : parameter.Name.Replace('_', ' ');
        if (parameter.Values.LastOrDefault(value => value.From <= _validAt) is not { } held)
        {
            return new ExplanationLine(LineKind.Rule, $"{label}: missing", points, parameter.Unit) { Rule = "parameter." + parameter.Name, Label = label };
        }

        string unit = parameter.Unit.Length > 0 ? " " + parameter.Unit : "";
        string decided = held.Decided is { } day ? $", decided on {Day.Text(day)}" : "";
        return new ExplanationLine(LineKind.Rule, $"{label}: {held.Value}{unit}, from {Day.Text(held.From)}{decided}", points, parameter.Unit)
        {
            Label = label,
            Rule = "parameter." + parameter.Name,
            Reference = held.Reference,
        };
    }

    private ImmutableArray<ExplanationLine> ParameterLines(IEnumerable<Typed?> read) =>
        Inputs(read.OfType<Typed>().SelectMany(expression => expression.Slots()).Where(slot => slot.Number < Plan.Parameters.Length).DistinctBy(slot => slot.Number));

    // A comparison stands only with its denominator and its peers (guard-rail G15).
    private string OverWhom(int slot, CohortStatistic statistic)
    {
        if (Survey.GroupOf(statistic, _sheet.Frame) is not { } group)
        {
            return ", of no peer group";
        }

        int count = _sheet.Cohort?.Counts.GetValueOrDefault((slot, group)) ?? 0;
        string peers = statistic.By is null ? "the cohort" : $"the peers with {string.Join(", ", statistic.By.Slots().Select(by => _methodology.Plan.Shown(by.Name)?.Label.ToString() ?? by.Name))} {group}";
        return _sheet.Frame[slot].IsKnown
            ? $", from {Numbers.Text(count)} values of {peers}"
            : $", {Numbers.Text(count)} values of {peers} where {Numbers.Text(statistic.MinSize)} are needed";
    }

    private ExplanationLine IndicatorLine(IndicatorRule rule, decimal? points)
    {
        ImmutableArray<Entry> evidence = _sheet.EvidenceOf(rule.Slot);
        string from = evidence.Length switch
        {
            0 when rule.WhenMissing is WhenMissing.Counts counts => $", {counts.Because}",
            0 => $", {(_sheet.Frame[rule.Slot] as Operand.Missing)?.Why}",
            1 => $", {LabelOf(rule, evidence[0])}{DayOf(evidence[0])}",
            _ => $", from {evidence.Length} statements",
        };
        return new ExplanationLine(LineKind.Statement, $"{rule.Shown.Label}: {Shown(rule.Slot)}{from}", points, rule.Shown.Unit)
        {
            Rule = "indicator." + rule.Name,
            Label = rule.Shown.Label.ToString(),
            Reference = rule.Shown.Reference,
            Evidence = Indexes(evidence),
            Children = ParameterLines([.. rule.Parts.SelectMany(part => (Typed?[])[part.Value, part.Where]), rule.Window, rule.HalfLife]),
        };
    }

    private static string LabelOf(IndicatorRule rule, Entry entry) => rule.Parts.First(part => part.From.Name == entry.Statement.Type).From.Label.ToString();

    private static string DayOf(Entry entry) => entry.Statement.ValidFrom is { } day ? $" of {Day.Text(day)}" : ", undated";

    // Of many only how many and how far they reach: a list of all peers' values is nothing to read, and takes as long as they are many.
    private string Shown(int slot) => _sheet.Frame[slot] switch
    {
        Operand.Items { Content: { Length: > MostListed } all } => $"{all.Length} values, {all[0]} to {all[^1]}",
        var value => value.AsDecimal() is { } number ? Numbers.Short(number, 6) : value.ToString()!,
    };

    private ImmutableArray<ExplanationLine> PartsOf(Step step, decimal? points)
    {
        ImmutableArray<ExplanationLine> parts = step.Operation switch
        {
            Operation.Formula formula => Terms.Of(formula.Expression, points is not null) is { } terms
                ? [.. terms.Select(TermLine)]
                : Inputs(formula.Expression.Slots()),
            Operation.Lookup lookup when Scoring.RowOf(lookup.Table, _sheet.Frame) is { } row => [RowLine("score." + step.Name, lookup.Table, row)],
            Operation.Aggregate aggregate => AggregateLines(aggregate, step, points),
            Operation.Statistic { Of: var of } => ParameterLines([of.Of, of.Where, of.By]),
            _ => [],
        };
        if (_sheet.Adjusted.TryGetValue(step.Slot, out ScoreSteps? adjusted))
        {
            parts = parts.AddRange(AdjustmentLines(step, adjusted, points is not null && parts.Any(part => part.Points is not null)));
        }

        decimal? sum = parts.Any(part => part.Points is not null) ? parts.Sum(part => part.Points ?? 0) : null;
        return points is { } whole && sum is { } total && total != whole
            ? parts.Add(new ExplanationLine(LineKind.Rule, "difference of binary and decimal arithmetic", whole - total, step.Shown.Unit) { Rule = $"score.{step.Name}.arithmetic" })
            : parts;
    }

    private ImmutableArray<ExplanationLine> AggregateLines(Operation.Aggregate rule, Step step, decimal? points)
    {
        if (points is null || Aggregation.Shares(rule, _sheet.Frame) is not { IsEmpty: false } shares)
        {
            return Inputs(rule.Parts.Select(part => part.Of).Concat(rule.Parts.SelectMany(part => part.Weight.Slots())).DistinctBy(slot => slot.Number));
        }

        // The last share takes what division left over, so that the shares sum exactly to the score before rounding.
        decimal whole = (_sheet.Adjusted.TryGetValue(step.Slot, out ScoreSteps? adjusted) ? adjusted.Raw : _sheet.Frame[step.Slot]).AsDecimal() ?? 0;
        decimal last = whole - shares[..^1].Sum(share => share.Points);
        return
        [
            .. shares.Select((share, i) => SlotLine(share.Of.Number, counts: false) with { Points = i + 1 < shares.Length ? share.Points : last, Unit = step.Shown.Unit }),
            .. Inputs(rule.Parts.Select(part => part.Of).Where(slot => !_sheet.Frame[slot.Number].IsKnown)),
            .. Inputs(rule.Parts.SelectMany(part => part.Weight.Slots()).DistinctBy(slot => slot.Number)),
        ];
    }

    private ExplanationLine TermLine(Term term)
    {
        decimal? value = Interpreter.Compute(term.Of, _sheet.Frame).AsDecimal();
        decimal? points = value is { } known ? (term.Minus ? -known : known) : null;
        if (term.Of is Typed.Slot slot)
        {
            ExplanationLine line = SlotLine(slot.Number, counts: true);
            return term.Minus ? line with { Points = points, Children = [] } : line;
        }

        return new ExplanationLine(LineKind.Rule, "computed part", points, "") { Rule = "score.part", Children = Inputs(term.Of.Slots()) };
    }

    private IEnumerable<ExplanationLine> AdjustmentLines(Step step, ScoreSteps adjusted, bool counts)
    {
        decimal? Change(Operand before, Operand after) => counts && before.AsDecimal() is { } a && after.AsDecimal() is { } b ? b - a : null;
        if (step.Rounding is { } rounding)
        {
            yield return new ExplanationLine(LineKind.Rule, rounding.InWords(), Change(adjusted.Raw, adjusted.Rounded), step.Shown.Unit) { Rule = $"score.{step.Name}.round" };
        }

        foreach ((Cap cap, Operand before, Operand after) in adjusted.Caps)
        {
            yield return new ExplanationLine(LineKind.Rule, $"{(cap.IsFloor ? "at least" : "at most")} {after}: {cap.Because}", Change(before, after), step.Shown.Unit)
            {
                Rule = $"score.{step.Name}.cap.{cap.Id}",
                Reference = cap.Reference,
                Children = Inputs(cap.When.Slots().Concat(cap.At.Slots()).DistinctBy(slot => slot.Number)),
            };
        }
    }

    private ImmutableArray<ExplanationLine> Inputs(IEnumerable<Typed.Slot> slots) => [.. slots.Select(slot => SlotLine(slot.Number, counts: false))];

    private IEnumerable<ExplanationLine> SetAsideLines() => _sheet.SetAside.Select(aside =>
        new ExplanationLine(LineKind.Statement, $"{aside.Entry.Statement.Type}{DayOf(aside.Entry)} does not count: {aside.Why}", null, "")
        {
            Rule = "evidence." + aside.Entry.Statement.Type,
            Evidence = [aside.Entry.Index],
        });

    private static IEnumerable<ExplanationLine> RobustnessLines(OrganisationRating rating)
    {
        if (rating.Robustness is { } robustness)
        {
            string outcomes = string.Join(", ", robustness.Outcomes.Select(one => $"{one.Code} in {one.Draws}"));
            yield return new ExplanationLine(LineKind.Rule, $"under {robustness.Draws} draws of other weights and ways of computing it is {outcomes}", null, "") { Rule = "robustness" };
        }
    }

    private static IEnumerable<ExplanationLine> OverdueLines(OrganisationRating rating) => rating.Methodology.OverdueOn(rating.AsOf.ValidAt).Select(parameter =>
        new ExplanationLine(LineKind.Rule, $"{(parameter.Label.ToString() is { Length: > 0 } label ? label : parameter.Name.Replace('_', ' '))} was last reviewed on {Day.Text(parameter.Reviewed!.Value)}, and should have been again by {Day.Text(parameter.ReviewDue!.Value)}", null, "")
        {
            Rule = $"parameter.{parameter.Name}.review",
        });

    private static ImmutableArray<long> Indexes(ImmutableArray<Entry> evidence) => [.. evidence.Select(entry => entry.Index)];
}
