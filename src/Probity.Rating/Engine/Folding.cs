using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Evidence.Analysis;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Engine;

/// <summary>A statement's value as an indicator counts it: its day (null for none), its place in the ledger, and the value.</summary>
internal readonly record struct Counted(DateOnly? Day, long Index, Operand Value);

/// <summary>Folds the statements of one organisation into the value of an indicator, in the order of day, then ledger.</summary>
internal static class Folding
{
    public static (Operand Value, ImmutableArray<Entry> Evidence) Of(IndicatorRule rule, Admission admission, DateOnly validAt, Operand[] frame)
    {
        DateOnly? since = SinceOf(rule, validAt, frame);
        var counted = new List<(Entry Entry, Operand Value)>();
        foreach (IndicatorPart part in rule.Parts)
        {
            foreach (Admitted admitted in admission[part.From.Name])
            {
                if (Counts(part, admitted, since))
                {
                    counted.Add((admitted.Entry, Interpreter.Compute(part.Value, admitted.Frame)));
                }
            }
        }

        if (rule.Parts.Length > 1)
        {
            counted.Sort((a, b) => a.Entry.Index.CompareTo(b.Entry.Index));
        }

        if (counted.Count == 0)
        {
            return (WithoutEvidence(rule), []);
        }

        if (rule.Take == Take.Latest)
        {
            Entry latest = Dossier.Latest(counted.Select(one => one.Entry))!.Value;
            return (counted.Find(one => one.Entry.Index == latest.Index).Value, [latest]);
        }

        ImmutableArray<Entry> evidence = [.. counted.Select(one => one.Entry)];
        counted.Sort((a, b) => InOrder(a.Entry, b.Entry));
        Counted[] values = [.. counted.Select(one => new Counted(one.Entry.Statement.ValidFrom, one.Entry.Index, one.Value))];
        return (Fold(rule, values, (validAt, HalfLifeOf(rule, frame))), evidence);
    }

    /// <summary>The order in which statements are summed: by day, those without one first, then by their place in the ledger.</summary>
    public static int InOrder(Entry left, Entry right) => (left.Statement.ValidFrom, right.Statement.ValidFrom) switch
    {
        (null, null) => left.Index.CompareTo(right.Index),
        (null, _) => -1,
        (_, null) => 1,
        var (a, b) => a == b ? left.Index.CompareTo(right.Index) : a.Value.CompareTo(b.Value),
    };

    /// <summary>The day after which evidence counts; null where an indicator has no window.</summary>
    public static DateOnly? SinceOf(IndicatorRule rule, DateOnly validAt, Operand[] frame) =>
        rule.Window is not null && Interpreter.Compute(rule.Window, frame) is Operand.Span span ? span.Length.Before(validAt) : null;

    /// <summary>The half-life in days; null where age does not matter.</summary>
    public static double? HalfLifeOf(IndicatorRule rule, Operand[] frame) =>
        rule.HalfLife is not null && Interpreter.Compute(rule.HalfLife, frame) is Operand.Span life ? life.Length.AverageDays : null;

    /// <summary>What an indicator is without any evidence.</summary>
    public static Operand WithoutEvidence(IndicatorRule rule) => rule.WhenMissing is WhenMissing.Counts counts ? counts.As : new Operand.Missing(WhyNone(rule));

    /// <summary>The latest of statements in ledger order, at least one, by the rule of <see cref="Dossier.Latest"/>.</summary>
    public static Counted LatestOf(IReadOnlyList<Counted> counted)
    {
        Counted latest = counted[0];
        foreach (Counted one in counted)
        {
            latest = latest.Day is not { } before || one.Day is not { } day || day >= before ? one : latest;
        }

        return latest;
    }

    /// <summary>The value of every take but the latest, from at least one statement, in order.</summary>
    public static Operand Fold(IndicatorRule rule, IReadOnlyList<Counted> counted, (DateOnly ValidAt, double? HalfLife) age)
    {
        Operand? unknown = counted.Select(one => one.Value).FirstOrDefault(value => !value.IsKnown);
        if (unknown is not null)
        {
            return unknown;
        }

        if (age.HalfLife is { } halfLife)
        {
            return Decayed(rule.Take, counted, age.ValidAt, halfLife);
        }

        Operand[] values = [.. counted.Select(one => one.Value)];
        return rule.Take switch
        {
            Take.Count => new Operand.Whole(values.Length),
            Take.Sum => Sum(values),
            Take.Mean => Mean(values, rule.Type),
            Take.Max => values.Aggregate((best, next) => Comparison.Compare(next, best) > 0 ? next : best),
            Take.Min => values.Aggregate((best, next) => Comparison.Compare(next, best) < 0 ? next : best),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>The weight of a statement: it halves with every half-life since its day.</summary>
    public static double WeightAt(int days, double halfLife) => Elementary.Pow(0.5, days / halfLife);

    private static bool Counts(IndicatorPart part, Admitted admitted, DateOnly? since) =>
        (since is not { } first || (admitted.Entry.Statement.ValidFrom is { } day && day > first))
        && (part.Where is null || Interpreter.Compute(part.Where, admitted.Frame) is Operand.Truth { Holds: true });

    private static Operand Sum(Operand[] values)
    {
        Function add = FunctionCatalogue.Named("+").First(function => function.Gives == TypeOf(values[0]));
        Operand sum = values.Aggregate((total, next) => total.IsKnown ? add.Compute([total, next]) : total);
        return sum is Operand.Real real ? Operand.Finite(real.Number, "the total") : sum;
    }

    private static Operand Mean(Operand[] values, ExpressionType type) => Sum(values) switch
    {
        Operand.Real real => new Operand.Real(real.Number / values.Length),
        var total when total.IsKnown && type == ExpressionType.Exact => new Operand.Exact(total.AsDecimal()!.Value / values.Length),
        var unknown => unknown,
    };

    // Days are counted exactly, a half-life of months on average.
    private static Operand Decayed(Take take, IReadOnlyList<Counted> counted, DateOnly validAt, double halfLife)
    {
        (double sum, double weights) = (0, 0);
        foreach (Counted one in counted)
        {
            double weight = WeightAt(one.Day is { } day ? validAt.DayNumber - day.DayNumber : 0, halfLife);
            sum += weight * (take == Take.Count ? 1 : one.Value.AsDouble() ?? double.NaN);
            weights += weight;
        }

        return Operand.Finite(take == Take.Mean ? sum / weights : sum, "the decayed value");
    }

    private static ExpressionType TypeOf(Operand value) => value switch
    {
        Operand.Whole => ExpressionType.Whole,
        Operand.Exact => ExpressionType.Exact,
        _ => ExpressionType.Real,
    };

    private static string WhyNone(IndicatorRule rule) =>
        $"there is no {string.Join(" or ", rule.Parts.Select(part => part.From.Label))} in date for {rule.Shown.Label}";
}
