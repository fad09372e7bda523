namespace Probity.Rating.Engine;

/// <summary>What the rules give with one number in place of another.</summary>
/// <param name="Moved">Whether the band is another than it was; false where there is none.</param>
/// <param name="Signature">The same for two numbers between which nothing turns.</param>
internal readonly record struct Probe(bool Moved, ulong Signature);

/// <summary>
/// Finds the first place, going outward from 0, at which the band is another. Places are tried at doubling distances; between two of them that turn something
/// differently it looks closer, from the nearer end, down to neighbours. A stretch of few places is tried place by place.
/// </summary>
/// <param name="at">What the rules give at a place.</param>
/// <param name="patience">How many places may be tried; beyond, only the ends of a stretch decide where to look. Counts down over several searches.</param>
internal sealed class OutwardSearch(Func<long, Probe> at, int patience)
{
    private const int Few = 128;
    private int _patience = patience;

    /// <summary>The first place from 1 to <paramref name="last"/> at which the band is another; null where none was found.</summary>
    public long? First(long last)
    {
        if (last <= Few)
        {
            for (long place = 1; place <= last; place++)
            {
                if (at(place).Moved)
                {
                    return place;
                }
            }

            return null;
        }

        (long From, Probe Is) near = (0, at(0));
        for (long far = 1; near.From < last; far = Math.Min(far * 2, last))
        {
            Probe there = at(far);
            if (Between(near, (far, there)) is { } found)
            {
                return found;
            }

            near = (far, there);
        }

        return null;
    }

    private long? Between((long Place, Probe Is) near, (long Place, Probe Is) far)
    {
        if (near.Is == far.Is || far.Place - near.Place <= 1 || (_patience <= 0 && !far.Is.Moved))
        {
            return far.Is.Moved ? far.Place : null;
        }

        _patience--;
        long middle = near.Place + ((far.Place - near.Place) / 2);
        Probe there = at(middle);
        return Between(near, (middle, there)) ?? Between((middle, there), far);
    }
}
