using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Rating.Expressions;

namespace Probity.Rating;

/// <summary>
/// What rating one organisation needs to know of all the others: the cohort statistics of a methodology as of a day. Statistics are IEEE
/// doubles, summed in the order of organisation identifiers, so that they are the same on any machine.
/// </summary>
public sealed class Cohort
{
    private readonly ImmutableDictionary<(int Slot, string Group), Operand> _values;

    internal Cohort(int size, Digest fingerprint, ImmutableDictionary<(int Slot, string Group), Operand> values) =>
        (Size, Fingerprint, _values) = (size, fingerprint, values);

    /// <summary>The cohort of a methodology without cohort statistics.</summary>
    public static Cohort None { get; } = new(0, default, ImmutableDictionary<(int, string), Operand>.Empty);

    /// <summary>Organisations surveyed; 0 for <see cref="None"/>.</summary>
    public int Size { get; }

    /// <summary>The fingerprint of the methodology it was surveyed for; the default for <see cref="None"/>.</summary>
    public Digest Fingerprint { get; }

    /// <summary>How many values each statistic was computed from, by group.</summary>
    internal ImmutableDictionary<(int Slot, string Group), int> Counts { get; init; } = ImmutableDictionary<(int, string), int>.Empty;

    /// <summary>The least and the greatest value of each number that stands behind the band, by slot.</summary>
    internal ImmutableDictionary<int, (decimal Least, decimal Most)> Ranges { get; init; } = ImmutableDictionary<int, (decimal, decimal)>.Empty;

    /// <summary>The values behind the statistics.</summary>
    internal Engine.PeerValues Peers { get; init; } = Engine.PeerValues.None;

    /// <summary>What a statistic is where nobody counts.</summary>
    internal static Operand Nobody { get; } = new Operand.Missing("nobody in the cohort has a value");

    /// <summary>The value of a statistic for a group; missing where no organisation of the group has one.</summary>
    internal Operand ValueOf(int slot, string group) =>
        _values.TryGetValue((slot, group), out Operand? value) ? value : Nobody;
}
