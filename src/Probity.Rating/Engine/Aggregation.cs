using System.Collections.Immutable;
using Probity.Evidence.Analysis;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Engine;

/// <summary>Aggregates several values of one organisation, in the order of the file: exactly where all are, else in doubles.</summary>
internal static class Aggregation
{
    public static Operand Of(Operation.Aggregate rule, ExpressionType type, Operand[] frame)
    {
        ImmutableArray<(Operand Value, Operand Weight)> known = Known(rule, frame);
        if (rule.Kind == AggregateKind.Count)
        {
            return new Operand.Whole(known.Length);
        }

        if (!rule.SkipsMissing && known.Length < rule.Parts.Length)
        {
            return rule.Parts.Select(part => frame[part.Of.Number]).FirstOrDefault(value => !value.IsKnown) ?? new Operand.Missing("a weight is missing");
        }

        if (known.Length < Math.Max(1, rule.Need))
        {
            return new Operand.Missing($"{known.Length} of {rule.Parts.Length} values are known, {Math.Max(1, rule.Need)} are needed");
        }

        return type == ExpressionType.Exact ? Exact(rule.Kind, known) : Real(rule.Kind, known);
    }

    /// <summary>What each known part adds to a mean or sum, in the order of the file; null for other aggregates.</summary>
    public static ImmutableArray<(Typed.Slot Of, decimal Points)>? Shares(Operation.Aggregate rule, Operand[] frame)
    {
        if (rule.Kind is not (AggregateKind.Mean or AggregateKind.Sum))
        {
            return null;
        }

        try
        {
            return SharesOf(rule, frame);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static ImmutableArray<(Typed.Slot Of, decimal Points)>? SharesOf(Operation.Aggregate rule, Operand[] frame)
    {
        var parts = rule.Parts.Select(part => (part.Of, Value: frame[part.Of.Number].AsDecimal(), Weight: Interpreter.Compute(part.Weight, frame).AsDecimal()))
            .Where(part => part.Value is not null && part.Weight is not null).ToList();
        decimal weights = rule.Kind == AggregateKind.Mean ? parts.Sum(part => part.Weight!.Value) : 1;
        return weights == 0 ? null : [.. parts.Select(part => (part.Of, part.Weight!.Value * part.Value!.Value / weights))];
    }

    private static ImmutableArray<(Operand, Operand)> Known(Operation.Aggregate rule, Operand[] frame)
    {
        ImmutableArray<(Operand, Operand)>.Builder known = ImmutableArray.CreateBuilder<(Operand, Operand)>(rule.Parts.Length);
        foreach (WeightedPart part in rule.Parts)
        {
            Operand weight = Interpreter.Compute(part.Weight, frame);
            if (frame[part.Of.Number].IsKnown && weight.IsKnown)
            {
                known.Add((frame[part.Of.Number], weight));
            }
        }

        return known.ToImmutable();
    }

    private static Operand Exact(AggregateKind kind, ImmutableArray<(Operand Value, Operand Weight)> known)
    {
        try
        {
            (decimal sum, decimal weights) = (0, 0);
            foreach ((Operand value, Operand weight) in known)
            {
                sum += value.AsDecimal()!.Value * weight.AsDecimal()!.Value;
                weights += weight.AsDecimal()!.Value;
            }

            switch (kind)
            {
                case AggregateKind.Sum:
                    return new Operand.Exact(sum);
                case AggregateKind.Mean:
                    return weights == 0 ? new Operand.Failed("all weights are zero") : new Operand.Exact(sum / weights);
                default:
                    decimal mean = sum / weights;
                    decimal squares = known.Sum(one => one.Weight.AsDecimal()!.Value * (one.Value.AsDecimal()!.Value - mean) * (one.Value.AsDecimal()!.Value - mean));
                    return known.Length < 2 ? new Operand.Missing("a variance needs two values") : new Operand.Exact(known.Length * squares / ((known.Length - 1) * weights));
            }
        }
        catch (Exception trouble) when (trouble is OverflowException or DivideByZeroException)
        {
            return new Operand.Failed("the aggregate is beyond the range of decimal numbers");
        }
    }

    private static Operand Real(AggregateKind kind, ImmutableArray<(Operand Value, Operand Weight)> known)
    {
        (double sum, double weights) = (0, 0);
        foreach ((Operand value, Operand weight) in known)
        {
            double x = kind == AggregateKind.Geometric ? Elementary.Ln(value.AsDouble()!.Value) : value.AsDouble()!.Value;
            sum += x * weight.AsDouble()!.Value;
            weights += weight.AsDouble()!.Value;
        }

        if (kind == AggregateKind.Variance)
        {
            double mean = sum / weights;
            double squares = known.Sum(one => one.Weight.AsDouble()!.Value * (one.Value.AsDouble()!.Value - mean) * (one.Value.AsDouble()!.Value - mean));
            return known.Length < 2 ? new Operand.Missing("a variance needs two values") : Operand.Finite(known.Length * squares / ((known.Length - 1) * weights), "the variance");
        }

        return Operand.Finite(kind switch { AggregateKind.Sum => sum, AggregateKind.Mean => sum / weights, _ => Elementary.Exp(sum / weights) }, "the aggregate");
    }
}
