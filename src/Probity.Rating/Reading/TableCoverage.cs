using System.Collections.Immutable;
using Probity.Rating.Engine;
using Probity.Rating.Expressions;
using Probity.Rating.Model;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>
/// Whether a table meets every case, and whether each row can be the first to hold. The cuts of all rows partition each axis; one value of
/// every part of every axis is tried against the rows.
/// </summary>
internal static class TableCoverage
{
    private const int MaxCells = 200_000;

    /// <summary>Reports what is wrong with a table at its rows.</summary>
    public static void Check(Sheet sheet, YamlMap map, RuleTable table, Scope scope)
    {
        IReadOnlyList<YamlNode> nodes = map.Items("rows");
        foreach (TableFault fault in Of((sheet.Book, scope), table))
        {
            sheet.Report(fault.Row is { } row ? nodes[row] : map.Node, fault.Code, fault.Message, fault.Suggestion);
        }
    }

    /// <summary>What is wrong with a table whose conditions are sound.</summary>
    public static IEnumerable<TableFault> Of((ParameterBook Book, Scope Scope) known, RuleTable table)
    {
        ParameterBook book = known.Book;
        int always = table.Rows.ToList().FindIndex(row => row.When.IsEmpty);
        TableFault[] beyond = always < 0 ? [] : [.. Enumerable.Range(always + 1, table.Rows.Length - always - 1).Select(i => Unreachable(i, $"row {always + 1} always holds"))];
        bool bounded = table.Rows.All(row => row.When.All(condition => condition.Bound is { } bound && bound.Limit.Slots().All(book.IsParameter)));
        if (!bounded)
        {
            return always < 0 ? [new TableFault(null, "table.open", "nobody can tell before there are data whether this table meets every case", "end it with a row without 'when'")] : beyond;
        }

        return always < 0 || always == table.Rows.Length - 1 ? OfPeriods(known, table) : beyond;
    }

    private static TableFault Unreachable(int row, string why) => new(row, "table.unreachable", $"row {row + 1} is never reached: {why}", "take it out or move it up");

    // Cuts given by parameters move over time: each period is a table of its own. A row may wait for a later period, a gap may not.
    private static IEnumerable<TableFault> OfPeriods((ParameterBook Book, Scope Scope) known, RuleTable table)
    {
        ParameterBook book = known.Book;
        var hit = new bool[table.Rows.Length];
        AxisBound[] bounds = [.. table.Rows.SelectMany(row => row.When).Select(condition => condition.Bound!)];
        IReadOnlyList<DateOnly> periods = book.Periods(bounds.SelectMany(bound => bound.Limit.Slots()));
        string? gap = null;
        foreach (DateOnly day in periods)
        {
            if (bounds.Any(bound => book.ValueOn(day, bound.Limit) is null))
            {
                // a parameter without a value on that day is a problem of its own
                return [];
            }

            (Typed.Slot Axis, ImmutableArray<Operand> Values)[] axes = [.. bounds.GroupBy(bound => bound.Axis.Number)
                .Select(group => (group.First().Axis, Within(known.Scope.BoundsOf(group.Key), group.First().Axis.Type, Representatives(group.First().Axis.Type, [.. group.Select(bound => book.ValueOn(day, bound.Limit)!)]))))];
            if (axes.Aggregate(1L, (product, axis) => Math.Min(product * axis.Values.Length, MaxCells + 1)) > MaxCells)
            {
                return [new TableFault(null, "table.large", $"this table has more than {MaxCells} cells, too many to check", "split it into two")];
            }

            if (FirstGap(table, axes, book.On(day), hit) is { } found)
            {
                gap ??= found + (periods.Count > 1 ? $" from {Evidence.Day.Text(day)}" : "");
            }
        }

        IEnumerable<TableFault> dead = Enumerable.Range(0, hit.Length).Where(row => !hit[row]).Select(row => Unreachable(row, "the rows above meet all its cases"));
        return gap is null ? dead : dead.Prepend(new TableFault(null, "table.gap", $"no row holds for {gap}", "add a row for it, or end with a row without 'when'"));
    }

    /// <summary>The first case that no row meets, in words; null where there is none. Marks the rows that are the first to hold.</summary>
    private static string? FirstGap(RuleTable table, (Typed.Slot Axis, ImmutableArray<Operand> Values)[] axes, ImmutableArray<Operand> parameters, bool[] hit)
    {
        var frame = new Operand[Math.Max(parameters.Length, axes.Length == 0 ? 0 : axes.Max(axis => axis.Axis.Number) + 1)];
        parameters.CopyTo(frame);
        string? gap = null;
        var place = new int[axes.Length];
        do
        {
            for (int i = 0; i < axes.Length; i++)
            {
                frame[axes[i].Axis.Number] = axes[i].Values[place[i]];
            }

            int row = FirstOf(table, frame);
            if (row >= 0)
            {
                hit[row] = true;
            }
            else
            {
                gap ??= string.Join(", ", axes.Select(axis => $"{axis.Axis.Name} {frame[axis.Axis.Number]}"));
            }
        }
        while (Advance(place, axes));

        return gap;
    }

    private static int FirstOf(RuleTable table, Operand[] frame)
    {
        for (int i = 0; i < table.Rows.Length; i++)
        {
            if (table.Rows[i].When.All(condition => Interpreter.Compute(condition.Holds, frame) is Operand.Truth { Holds: true }))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool Advance(int[] place, (Typed.Slot Axis, ImmutableArray<Operand> Values)[] axes)
    {
        for (int i = 0; i < place.Length; i++)
        {
            if (++place[i] < axes[i].Values.Length)
            {
                return true;
            }

            place[i] = 0;
        }

        return false;
    }

    // Only values there can be: the bounds themselves, and what lies between.
    private static ImmutableArray<Operand> Within(Bounds bounds, ExpressionType type, ImmutableArray<Operand> values)
    {
        if (bounds.IsRough || !type.IsNumber || (bounds.Least is null && bounds.Most is null))
        {
            return values;
        }

        IEnumerable<Operand> ends = ((decimal?[])[bounds.Least, bounds.Most]).OfType<decimal>().Select(end => Edges.Numbered(end, type)).OfType<Operand>();
        Operand[] within = [.. values.Where(value => value.AsDecimal() is not { } number || !(number < bounds.Least || number > bounds.Most)).Concat(ends).Distinct()];
        return within.Length == 0 ? values : [.. within];
    }

    // Each cut itself, and one value of each gap between, below and above the cuts.
    private static ImmutableArray<Operand> Representatives(ExpressionType axis, ImmutableArray<Operand> cuts)
    {
        if (axis == ExpressionType.Whole && cuts.Any(cut => cut is Operand.Exact))
        {
            // between 7 and 8 there is no int, whatever lies between them of the cuts
            decimal[] numbers = [.. cuts.Select(cut => cut.AsDecimal()!.Value).Where(number => Math.Abs(number) < long.MaxValue)];
            cuts = [.. numbers.SelectMany(number => (decimal[])[decimal.Floor(number), decimal.Ceiling(number)]).Select(number => (Operand)new Operand.Whole((long)number)), new Operand.Whole(0)];
        }

        ImmutableArray<Operand> sorted = [.. cuts.Distinct().Order(Comparer<Operand>.Create((a, b) => Comparison.Compare(a, b) ?? 0))];
        return sorted[0] switch
        {
            Operand.Whole => [.. sorted.SelectMany(cut => Around(((Operand.Whole)cut).Number)).Distinct().Select(number => (Operand)new Operand.Whole(number))],
            Operand.Exact => [.. Between([.. sorted.Select(cut => ((Operand.Exact)cut).Number)]).Select(number => (Operand)new Operand.Exact(number))],
            Operand.Real => [.. Between([.. sorted.Select(cut => (decimal)((Operand.Real)cut).Number)]).Select(number => (Operand)new Operand.Real((double)number))],
            Operand.Truth => [Operand.Truth.True, Operand.Truth.False],
            Operand.Text => sorted.Add(new Operand.Text("another text")),
            Operand.Date => [.. sorted.SelectMany(cut => Around(((Operand.Date)cut).Day.DayNumber)).Distinct().Select(number => (Operand)new Operand.Date(DateOnly.FromDayNumber((int)Math.Clamp(number, 0, DateOnly.MaxValue.DayNumber))))],
            _ => sorted,
        };
    }

    private static long[] Around(long cut) => [cut - (cut > long.MinValue ? 1 : 0), cut, cut + (cut < long.MaxValue ? 1 : 0)];

    private static IEnumerable<decimal> Between(ImmutableArray<decimal> cuts)
    {
        yield return cuts[0] - 1;
        for (int i = 0; i < cuts.Length; i++)
        {
            yield return cuts[i];
            yield return i + 1 < cuts.Length ? (cuts[i] + cuts[i + 1]) / 2 : cuts[i] + 1;
        }
    }
}

/// <summary>What is wrong with a table.</summary>
/// <param name="Row">The row, from 0; null for the table as a whole.</param>
/// <param name="Code">The stable reason.</param>
/// <param name="Message">What and why.</param>
/// <param name="Suggestion">What to do.</param>
internal sealed record TableFault(int? Row, string Code, string Message, string Suggestion);
