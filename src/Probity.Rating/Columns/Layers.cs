using System.Collections.Immutable;
using Probity.Evidence;

namespace Probity.Rating.Columns;

/// <summary>
/// A frame in which the statements of some organisations stand in a second one: those that changed since, and those that are new. What was computed
/// from the first is used again for all others.
/// </summary>
/// <param name="Under">The frame of before.</param>
/// <param name="Over">The changed organisations, whole.</param>
/// <param name="Places">For each organisation of the second, ascending, its place among those of both. All others are of the first, in its order.</param>
/// <param name="Replaces">For each organisation of the second whether the first has it too.</param>
internal sealed record Layers(EvidenceFrame Under, EvidenceFrame Over, int[] Places, bool[] Replaces)
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

    /// <summary>How many organisations both have.</summary>
    public int Count { get; } = Under.Count + Replaces.Count(replaces => !replaces);

    /// <summary>Brings together what is known of the organisations of each frame.</summary>
    public void Spread<T>(ReadOnlySpan<T> under, ReadOnlySpan<T> over, Span<T> into)
    {
        (int from, int to) = (0, 0);
        for (int i = 0; i < Places.Length; i++)
        {
            int between = Places[i] - to;
            under.Slice(from, between).CopyTo(into[to..]);
            into[Places[i]] = over[i];
            (from, to) = (from + between + (Replaces[i] ? 1 : 0), Places[i] + 1);
        }

        under[from..].CopyTo(into[to..]);
    }

    /// <summary>The same as a new array.</summary>
    public T[] Spread<T>(ReadOnlySpan<T> under, ReadOnlySpan<T> over)
    {
        var into = new T[Count];
        Spread(under, over, into);
        return into;
    }

    private static EvidenceFrame Laid(EvidenceFrame under, EvidenceFrame over, SubjectKind kind)
    {
        (var places, var replaces) = (new int[over.Count], new bool[over.Count]);
        int added = 0;
        for (int i = 0; i < places.Length; i++)
        {
            int found = under.PlaceOf(over.Organisations[i]);
            (places[i], replaces[i]) = ((found < 0 ? ~found : found) + added, found >= 0);
            added += found < 0 ? 1 : 0;
        }

        var both = new Layers(under, over, places, replaces);
        bool same = added == 0 && Enumerable.Range(0, places.Length).All(i => under.Subjects[places[i]] == over.Subjects[i]);
        return same
            ? new EvidenceFrame(under, both)
            : new EvidenceFrame(kind, [.. both.Spread(under.Organisations.AsSpan(), over.Organisations.AsSpan())], [.. both.Spread(under.Subjects.AsSpan(), over.Subjects.AsSpan())], []) { Layers = both };
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
