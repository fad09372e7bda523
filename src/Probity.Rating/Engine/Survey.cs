using System.Collections.Immutable;
using Probity.Evidence;
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

        List<Worksheet> sheets = [.. dossiers
            .Where(dossier => dossier.Subject == methodology.Rates && asOf.ValidAt >= methodology.AppliesFrom)
            .OrderBy(dossier => dossier.Organisation)
            .Select(dossier => Worksheet.Begin(plan, dossier, asOf))];
        var values = ImmutableDictionary.CreateBuilder<(int, string), Operand>();
        var counts = ImmutableDictionary.CreateBuilder<(int, string), int>();
        foreach (Step step in plan.Steps)
        {
            if (step.Operation is Operation.Statistic statistic)
            {
                foreach ((string group, Operand value, int count) in GroupsOf(statistic.Of, sheets))
                {
                    values[(step.Slot, group)] = Scoring.Rounded(step, value);
                    counts[(step.Slot, group)] = count;
                }
            }

            var known = new Cohort(sheets.Count, methodology.Fingerprint, values.ToImmutable());
            sheets.ForEach(sheet => sheet.Score(step, known));
        }

        return new Cohort(sheets.Count, methodology.Fingerprint, values.ToImmutable()) { Counts = counts.ToImmutable(), Ranges = RangesOf(plan, sheets) };
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

    private static IEnumerable<(string Group, Operand Value, int Count)> GroupsOf(CohortStatistic statistic, List<Worksheet> sheets)
    {
        var groups = new SortedDictionary<string, List<double>>(StringComparer.Ordinal);
        foreach (Operand[] frame in sheets.Select(sheet => sheet.Frame))
        {
            bool counts = statistic.Where is null || Interpreter.Compute(statistic.Where, frame) is Operand.Truth { Holds: true };
            if (counts && GroupOf(statistic, frame) is { } group && Interpreter.Compute(statistic.Of, frame).AsDouble() is { } value)
            {
                if (!groups.TryGetValue(group, out List<double>? values))
                {
                    groups[group] = values = [];
                }

                values.Add(value);
            }
        }

        return groups.Select(group => (group.Key, Statistics.Of(statistic, group.Value), group.Value.Count));
    }
}
