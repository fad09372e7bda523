using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Rating.Columns;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Engine;

/// <summary>
/// Computes the statistics of a cohort: every organisation goes through the scores in order, and all wait for each other where a statistic
/// stands.
/// </summary>
internal static class Survey
{
    public static Cohort Of(Methodology methodology, IEnumerable<Dossier> dossiers, AsOf asOf)
    {
        Plan plan = methodology.Plan;
        if (!plan.HasStatistics)
        {
            return Cohort.None;
        }

        Dossier[] rated = [.. dossiers.Where(dossier => dossier.Subject == methodology.Rates && asOf.ValidAt >= methodology.AppliesFrom).OrderBy(dossier => dossier.Organisation)];
        List<Worksheet> sheets = [.. rated.Select(dossier => Worksheet.Begin(plan, dossier, asOf))];
        var grouped = new Dictionary<int, GroupedValues>();
        var values = ImmutableDictionary.CreateBuilder<(int, string), Operand>();
        var counts = ImmutableDictionary.CreateBuilder<(int, string), int>();
        foreach (Step step in plan.Steps)
        {
            if (step.Operation is Operation.Statistic statistic)
            {
                GroupedValues of = grouped[step.Slot] = GroupsOf(statistic.Of, sheets);
                for (int group = 0; group < of.Groups.Length; group++)
                {
                    values[(step.Slot, of.Groups[group])] = Scoring.Rounded(step, Statistics.Of(statistic.Of, of.Of(group)));
                    counts[(step.Slot, of.Groups[group])] = of.Of(group).Count;
                }
            }

            var known = new Cohort(sheets.Count, methodology.Fingerprint, values.ToImmutable());
            sheets.ForEach(sheet => sheet.Score(step, known));
        }

        return new Cohort(sheets.Count, methodology.Fingerprint, values.ToImmutable())
        {
            Counts = counts.ToImmutable(),
            Ranges = RangesOf(plan, sheets),
            Peers = new PeerValues([.. rated.Select(dossier => dossier.Organisation)], grouped),
        };
    }

    private static ImmutableDictionary<int, (decimal Least, decimal Most)> RangesOf(Plan plan, List<Worksheet> sheets)
    {
        var ranges = ImmutableDictionary.CreateBuilder<int, (decimal, decimal)>();
        foreach (int slot in plan.Lineage.Band)
        {
            decimal[] values = [.. sheets.Select(sheet => sheet.Frame[slot].AsDecimal()).OfType<decimal>()];
            if (values.Length > 0)
            {
                ranges[slot] = (values.Min(), values.Max());
            }
        }

        return ranges.ToImmutable();
    }

    /// <summary>The group an organisation belongs to for a statistic; null where it belongs to none.</summary>
    public static string? GroupOf(CohortStatistic statistic, Operand[] frame)
    {
        if (statistic.By is null)
        {
            return "";
        }

        Operand group = Interpreter.Compute(statistic.By, frame);
        return group.IsKnown ? group.ToString() : null;
    }

    /// <summary>The value of an organisation that a statistic counts; null where it counts none.</summary>
    public static double? CountedOf(CohortStatistic statistic, Operand[] frame) =>
        statistic.Where is null || Interpreter.Compute(statistic.Where, frame) is Operand.Truth { Holds: true } ? Interpreter.Compute(statistic.Of, frame).AsDouble() : null;

    private static GroupedValues GroupsOf(CohortStatistic statistic, List<Worksheet> sheets)
    {
        (string? Group, double? Value)[] rows = [.. sheets.Select(sheet => (GroupOf(statistic, sheet.Frame), CountedOf(statistic, sheet.Frame)))];
        string[] names = [.. rows.Where(row => row.Value is not null).Select(row => row.Group).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        int[] of = [.. rows.Select(row => row is { Group: { } group, Value: not null } ? Array.BinarySearch(names, group, StringComparer.Ordinal) : names.Length)];
        return GroupedValues.From((names, of), new ComputedRows([.. rows.Select(row => row.Value ?? double.NaN)]), threads: 1);
    }
}
