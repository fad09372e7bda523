using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Engine;

/// <summary>Folds the statements of one organisation into the value of an indicator, in ledger order.</summary>
internal static class Folding
{
    public static (Operand Value, ImmutableArray<Entry> Evidence) Of(IndicatorRule rule, Admission admission, DateOnly validAt, Operand[] frame)
    {
        DateOnly? since = rule.Window is not null && Interpreter.Compute(rule.Window, frame) is Operand.Span span ? span.Length.Before(validAt) : null;
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
            return (rule.WhenMissing is WhenMissing.Counts counts ? counts.As : new Operand.Missing(WhyNone(rule)), []);
        }

        if (rule.Take == Take.Latest)
        {
            Entry latest = Dossier.Latest(counted.Select(one => one.Entry))!.Value;
            return (counted.Find(one => one.Entry.Index == latest.Index).Value, [latest]);
        }

        double? halfLife = rule.HalfLife is not null && Interpreter.Compute(rule.HalfLife, frame) is Operand.Span life ? life.Length.AverageDays : null;
        return (Finite(Fold(rule, counted, (validAt, halfLife))), [.. counted.Select(one => one.Entry)]);
    }

    private static Operand Finite(Operand value) =>
        value is Operand.Real real && !double.IsFinite(real.Number) ? new Operand.Failed("the total is not a finite number") : value;

    private static bool Counts(IndicatorPart part, Admitted admitted, DateOnly? since) =>
        (since is not { } first || (admitted.Entry.Statement.ValidFrom is { } day && day > first))
        && (part.Where is null || Interpreter.Compute(part.Where, admitted.Frame) is Operand.Truth { Holds: true });

    private static Operand Fold(IndicatorRule rule, List<(Entry Entry, Operand Value)> counted, (DateOnly ValidAt, double? HalfLife) age)
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

    private static Operand Sum(Operand[] values)
    {
        Function add = FunctionCatalogue.Named("+").First(function => function.Gives == TypeOf(values[0]));
        return values.Aggregate((total, next) => total.IsKnown ? add.Compute([total, next]) : total);
    }

    private static Operand Mean(Operand[] values, ExpressionType type) => Sum(values) switch
    {
        Operand.Real real => new Operand.Real(real.Number / values.Length),
        var total when total.IsKnown && type == ExpressionType.Exact => new Operand.Exact(total.AsDecimal()!.Value / values.Length),
        var unknown => unknown,
    };

    // The weight of a statement halves with every half-life since its day; days are counted exactly, a half-life of months on average.
    private static Operand Decayed(Take take, List<(Entry Entry, Operand Value)> counted, DateOnly validAt, double halfLife)
    {
        (double sum, double weights) = (0, 0);
        foreach ((Entry entry, Operand value) in counted)
        {
            int days = entry.Statement.ValidFrom is { } day ? validAt.DayNumber - day.DayNumber : 0;
            double weight = Math.Pow(0.5, days / halfLife);
            sum += weight * (take == Take.Count ? 1 : value.AsDouble() ?? double.NaN);
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
