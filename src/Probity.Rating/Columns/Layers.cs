using System.Collections.Immutable;
using Probity.Evidence;

namespace Probity.Rating.Columns;

/// <summary>
/// A frame in which the statements of some organisations stand in a second one: those that changed since, and those that are new. What was computed
/// from the first is used again for all others.
/// </summary>
/// <param name="Under">The frame of before.</param>
/// <param name="Over">The changed organisations, whole.</param>
/// <param name="FromUnder">For each organisation of both its place in the first; −1 where the second counts.</param>
/// <param name="FromOver">For each organisation of both its place in the second; −1 where the first counts.</param>
internal sealed record Layers(EvidenceFrame Under, EvidenceFrame Over, int[] FromUnder, int[] FromOver)
{
    /// <summary>Above this part of all organisations a second frame is not worth it.</summary>
    private const int Worth = 4;

    /// <summary>A frame with changed organisations.</summary>
    /// <param name="frame">The frame of before, layered or not.</param>
    /// <param name="changed">The changed organisations, whole.</param>
    /// <param name="kind">The kind of subject the methodology rates.</param>
    public static EvidenceFrame Lay(EvidenceFrame frame, EvidenceFrame changed, SubjectKind kind)
    {
        EvidenceFrame under = frame.Layers?.Under ?? frame;
        EvidenceFrame over = frame.Layers is { } layers ? Joined(layers.Over, changed, kind) : changed;
        return over.Count > under.Count / Worth ? Joined(under, over, kind) : Laid(under, over, kind);
    }

    private static EvidenceFrame Laid(EvidenceFrame under, EvidenceFrame over, SubjectKind kind)
    {
        (List<OrganisationId> organisations, List<SubjectKind> subjects) = (new(under.Count + over.Count), new(under.Count + over.Count));
        (List<int> fromUnder, List<int> fromOver) = (new(under.Count + over.Count), new(under.Count + over.Count));
        foreach ((int first, int second) in Merged(under, over))
        {
            organisations.Add(second >= 0 ? over.Organisations[second] : under.Organisations[first]);
            subjects.Add(second >= 0 ? over.Subjects[second] : under.Subjects[first]);
            fromUnder.Add(second >= 0 ? -1 : first);
            fromOver.Add(second);
        }

        var both = new Layers(under, over, [.. fromUnder], [.. fromOver]);
        return new EvidenceFrame(kind, [.. organisations], [.. subjects], []) { Layers = both };
    }

    // Two frames written out as one, the second counting where both have an organisation.
    private static EvidenceFrame Joined(EvidenceFrame first, EvidenceFrame second, SubjectKind kind)
    {
        (int First, int Second)[] rows = [.. Merged(first, second)];
        ImmutableArray<OrganisationId> organisations = [.. rows.Select(row => row.Second >= 0 ? second.Organisations[row.Second] : first.Organisations[row.First])];
        ImmutableArray<SubjectKind> subjects = [.. rows.Select(row => row.Second >= 0 ? second.Subjects[row.Second] : first.Subjects[row.First])];
        return new EvidenceFrame(kind, organisations, subjects, [.. first.Types.Zip(second.Types, (a, b) => Joined(rows, a, b))]);
    }

    private static EvidenceColumns Joined((int First, int Second)[] rows, EvidenceColumns first, EvidenceColumns second)
    {
        var gathering = new TypeGathering(first.Type, usesItem: true);
        foreach ((int a, int b) in rows)
        {
            gathering.Add(b >= 0 ? second : first, b >= 0 ? b : a);
        }

        return gathering.Finish([.. Enumerable.Range(0, rows.Length)]);
    }

    // The places of each organisation of either, ascending; −1 where one of them does not have it.
    private static IEnumerable<(int First, int Second)> Merged(EvidenceFrame first, EvidenceFrame second)
    {
        (int a, int b) = (0, 0);
        while (a < first.Count || b < second.Count)
        {
            int order = a == first.Count ? 1 : b == second.Count ? -1 : first.Organisations[a].CompareTo(second.Organisations[b]);
            yield return (order <= 0 ? a : -1, order >= 0 ? b : -1);
            a += order <= 0 ? 1 : 0;
            b += order >= 0 ? 1 : 0;
        }
    }
}
