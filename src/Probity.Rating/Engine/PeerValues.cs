using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Rating.Columns;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating.Engine;

/// <summary>
/// What stands behind the statistics of a cohort, so that they can be told with one organisation's own value another: its old value leaves, its new one
/// enters, those of its peers stay.
/// </summary>
/// <param name="organisations">All that were surveyed, ascending.</param>
/// <param name="grouped">For each statistic's slot the values it is of.</param>
internal sealed class PeerValues(ImmutableArray<OrganisationId> organisations, IReadOnlyDictionary<int, GroupedValues> grouped)
{
    /// <summary>The values of nobody.</summary>
    public static PeerValues None { get; } = new([], ImmutableDictionary<int, GroupedValues>.Empty);

    /// <summary>A statistic as the organisation of a frame meets it; that of the cohort where the organisation was not surveyed.</summary>
    /// <param name="step">The score that is the statistic.</param>
    /// <param name="frame">The organisation's values, as far as the statistic reads them.</param>
    /// <param name="own">The organisation.</param>
    /// <param name="cohort">The cohort as it was surveyed.</param>
    public Operand With(Step step, Operand[] frame, OrganisationId own, Cohort cohort)
    {
        CohortStatistic statistic = ((Operation.Statistic)step.Operation).Of;
        if (Survey.GroupOf(statistic, frame) is not { } name)
        {
            return new Operand.Missing("it belongs to no group");
        }

        int row = organisations.BinarySearch(own);
        if (row < 0 || !grouped.TryGetValue(step.Slot, out GroupedValues? all))
        {
            return cohort.ValueOf(step.Slot, name);
        }

        int group = Array.IndexOf(all.Groups, name);
        ArraySegment<double> values = group < 0 ? new ArraySegment<double>([]) : all.Of(group);
        int mine = group >= 0 && all.Places[row] >= 0 && all.GroupOf[row] == group ? all.Places[row] - values.Offset : -1;
        double? value = Survey.CountedOf(statistic, frame);
        bool same = mine < 0 ? value is null : value == values[mine];
        return same
            ? cohort.ValueOf(step.Slot, name)
            : Of(step, statistic, Changed(values, (mine, mine < 0 ? PlaceIn(all, group, row) : mine), value));
    }

    private static Operand Of(Step step, CohortStatistic statistic, List<double> values) =>
        values.Count == 0 ? Cohort.Nobody : Scoring.Rounded(step, Statistics.Of(statistic, values));

    private static List<double> Changed(ArraySegment<double> values, (int Old, int New) place, double? value)
    {
        List<double> changed = [.. values];
        if (place.Old >= 0)
        {
            changed.RemoveAt(place.Old);
        }

        if (value is { } known)
        {
            changed.Insert(place.New, known);
        }

        return changed;
    }

    // Statistics are summed in the order of identifiers.
    private static int PlaceIn(GroupedValues all, int group, int row)
    {
        if (group < 0)
        {
            return 0;
        }

        for (int later = row + 1; later < all.Places.Length; later++)
        {
            if (all.GroupOf[later] == group && all.Places[later] >= 0)
            {
                return all.Places[later] - all.Starts[group];
            }
        }

        return all.Of(group).Count;
    }
}
