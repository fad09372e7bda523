using System.Collections.Immutable;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Engine;

/// <summary>Computes one score of a worksheet.</summary>
internal static class Scoring
{
    public static Operand Of(Step step, Worksheet sheet)
    {
        Operand raw = step.Operation switch
        {
            Operation.Formula formula => Finite(Interpreter.Compute(formula.Expression, sheet.Frame)),
            Operation.Lookup lookup => RowOf(lookup.Table, sheet.Frame) is { } row ? Interpreter.Compute(lookup.Table.Rows[row].Then, sheet.Frame) : WhyNoRow(lookup.Table, sheet.Frame),
            Operation.Aggregate aggregate => Aggregation.Of(aggregate, step.Type, sheet.Frame),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return step.Rounding is null && step.Caps.IsEmpty ? raw : Adjusted(step, raw, sheet);
    }

    /// <summary>A score from what it is before rounding and caps; the sheet keeps the steps.</summary>
    public static Operand Adjusted(Step step, Operand raw, Worksheet sheet)
    {
        Operand rounded = Rounded(step, raw);
        Operand value = rounded;
        var caps = ImmutableArray.CreateBuilder<(Cap, Operand, Operand)>();
        foreach (Cap cap in step.Caps)
        {
            if (value.IsKnown
                && Interpreter.Compute(cap.When, sheet.Frame) is Operand.Truth { Holds: true }
                && Interpreter.Compute(cap.At, sheet.Frame) is { IsKnown: true } limit
                && Comparison.Compare(value, limit) == (cap.IsFloor ? -1 : 1))
            {
                caps.Add((cap, value, limit));
                value = limit;
            }
        }

        sheet.Adjusted[step.Slot] = new ScoreSteps(raw, rounded, caps.ToImmutable());
        return value;
    }

    /// <summary>The value as the score rounds it.</summary>
    public static Operand Rounded(Step step, Operand value) => step.Rounding is { } rounding && value.IsKnown ? rounding.Of(value) : value;

    /// <summary>
    /// The first row that holds. Null where an unknown value leaves open whether a row holds: then no row below may count either, else
    /// what is missing would decide (guard-rail G11).
    /// </summary>
    public static int? RowOf(RuleTable table, Operand[] frame)
    {
        for (int i = 0; i < table.Rows.Length; i++)
        {
            (bool holds, bool open) = (true, false);
            foreach (RuleCondition condition in table.Rows[i].When)
            {
                Operand result = Interpreter.Compute(condition.Holds, frame);
                holds &= result is Operand.Truth { Holds: true } || !result.IsKnown;
                open |= !result.IsKnown;
            }

            if (holds)
            {
                return open ? null : i;
            }
        }

        return null;
    }

    /// <summary>Why a table gives nothing.</summary>
    public static Operand WhyNoRow(RuleTable table, Operand[] frame) =>
        SlotsOf(table).Select(slot => frame[slot.Number]).FirstOrDefault(value => !value.IsKnown) ?? NoRowHolds(table);

    /// <summary>The failure of a table of which no row holds although everything it reads is known.</summary>
    public static Operand NoRowHolds(RuleTable table) => new Operand.Failed($"no row of {table.Name} holds");

    /// <summary>The slots a score reads.</summary>
    public static IEnumerable<Typed.Slot> SlotsOf(Step step) => (step.Operation switch
    {
        Operation.Formula formula => formula.Expression.Slots(),
        Operation.Lookup lookup => SlotsOf(lookup.Table).Concat(lookup.Table.Rows.SelectMany(row => row.Then.Slots())),
        Operation.Aggregate aggregate => aggregate.Parts.SelectMany(part => part.Weight.Slots().Prepend(part.Of)),
        Operation.Statistic => [],
        _ => throw new System.Diagnostics.UnreachableException(),
    }).Concat(step.Caps.SelectMany(cap => cap.When.Slots().Concat(cap.At.Slots()))).DistinctBy(slot => slot.Number);

    /// <summary>The slots the conditions of a table read.</summary>
    public static IEnumerable<Typed.Slot> SlotsOf(RuleTable table) =>
        table.Rows.SelectMany(row => row.When).SelectMany(condition => condition.Holds.Slots()).DistinctBy(slot => slot.Number);

    /// <summary>The value, or a failure where it is a double that is not finite.</summary>
    public static Operand Finite(Operand value) =>
        value is Operand.Real real && !double.IsFinite(real.Number) ? new Operand.Failed("the result is not a finite number") : value;
}
