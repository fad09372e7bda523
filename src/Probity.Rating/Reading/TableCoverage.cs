using System.Collections.Immutable;
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

    public static void Check(Sheet sheet, YamlMap map, RuleTable table)
    {
        int always = table.Rows.ToList().FindIndex(row => row.When.IsEmpty);
        IReadOnlyList<YamlNode> nodes = map.Items("rows");
        for (int i = always + 1; always >= 0 && i < table.Rows.Length; i++)
        {
            sheet.Report(nodes[i], "table.unreachable", $"row {i + 1} is never reached: row {always + 1} always holds", "take it out or move it up");
        }

        bool known = table.Rows.All(row => row.When.All(condition => condition.Bound is { } bound && bound.Limit.Slots().All(sheet.IsParameter)));
        if (!known)
        {
            if (always < 0)
            {
                sheet.Report(map.Node, "table.open", "nobody can tell before there are data whether this table meets every case", "end it with a row without 'when'");
            }

            return;
        }

        if (always < 0 || always == table.Rows.Length - 1)
        {
            CheckPeriods(sheet, map, table);
        }
    }

    // Cuts given by parameters move over time: each period is a table of its own. A row may wait for a later period, a gap may not.
    private static void CheckPeriods(Sheet sheet, YamlMap map, RuleTable table)
    {
        var hit = new bool[table.Rows.Length];
        IReadOnlyList<DateOnly> periods = sheet.Periods(table.Rows.SelectMany(row => row.When).SelectMany(condition => condition.Bound!.Limit.Slots()));
        string? gap = null;
        foreach (DateOnly day in periods)
        {
            if (table.Rows.SelectMany(row => row.When).Any(condition => sheet.ValueOn(day, condition.Bound!.Limit) is null))
            {
                // a parameter without a value on that day is a problem of its own
                return;
            }

            if (CheckCells(sheet, (map, table, day), hit) is { } found)
            {
                gap ??= found + (periods.Count > 1 ? $" from {Evidence.Day.Text(day)}" : "");
            }
        }

        Report(sheet, map, hit, gap);
    }

    /// <summary>The first case that no row meets on a day, in words; null where there is none. Marks the rows that are the first to hold.</summary>
    private static string? CheckCells(Sheet sheet, (YamlMap Map, RuleTable Table, DateOnly Day) at, bool[] hit)
    {
        RuleTable table = at.Table;
        (Typed.Slot Axis, ImmutableArray<Operand> Values)[] axes = [.. table.Rows
            .SelectMany(row => row.When).Select(condition => condition.Bound!)
            .GroupBy(bound => bound.Axis.Number)
            .Select(group => (group.First().Axis, Representatives([.. group.Select(bound => sheet.ValueOn(at.Day, bound.Limit)).OfType<Operand>()])))];
        if (axes.Aggregate(1L, (product, axis) => Math.Min(product * axis.Values.Length, MaxCells + 1)) > MaxCells)
        {
            sheet.Report(at.Map.Node, "table.large", $"this table has more than {MaxCells} cells, too many to check", "split it into two");
            Array.Fill(hit, true);
            return null;
        }

        Operand[] parameters = [.. sheet.Parameters.Select(parameter => parameter.Rule.At(at.Day))];
        var frame = new Operand[Math.Max(parameters.Length, axes.Length == 0 ? 0 : axes.Max(axis => axis.Axis.Number) + 1)];
        parameters.CopyTo(frame, 0);
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

    private static void Report(Sheet sheet, YamlMap map, bool[] hit, string? gap)
    {
        if (gap is not null)
        {
            sheet.Report(map.Node, "table.gap", $"no row holds for {gap}", "add a row for it, or end with a row without 'when'");
        }

        IReadOnlyList<YamlNode> nodes = map.Items("rows");
        for (int i = 0; i < hit.Length; i++)
        {
            if (!hit[i])
            {
                sheet.Report(nodes[i], "table.unreachable", $"row {i + 1} is never reached: the rows above meet all its cases", "take it out or move it up");
            }
        }
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

    // Each cut itself, and one value of each gap between, below and above the cuts.
    private static ImmutableArray<Operand> Representatives(ImmutableArray<Operand> cuts)
    {
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
