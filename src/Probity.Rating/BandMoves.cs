using System.Collections.Immutable;
using Probity.Evidence;

namespace Probity.Rating;

/// <summary>How many organisations have which outcome by one methodology and which by another.</summary>
/// <param name="Organisations">How many were rated.</param>
/// <param name="Moves">Every pair of outcomes that occurs, unmoved ones included, in the order of the scales.</param>
public sealed record BandMoves(long Organisations, ImmutableArray<BandMove> Moves)
{
    /// <summary>Organisations whose outcome is another.</summary>
    public long Moved => Moves.Where(move => move.From != move.To).Sum(move => move.Count);

    /// <summary>How many have each outcome before and after, in the order of the scales.</summary>
    public ImmutableArray<OutcomeShift> Shifts =>
        [.. Moves.SelectMany(move => (string[])[move.From, move.To]).Distinct(StringComparer.Ordinal).Select(code => new OutcomeShift(
            code, Moves.Where(move => move.From == code).Sum(move => move.Count), Moves.Where(move => move.To == code).Sum(move => move.Count)))];

    /// <summary>Rates a population by two methodologies.</summary>
    /// <param name="before">One.</param>
    /// <param name="after">The other.</param>
    /// <param name="dossiers">The population; read once where neither needs cohort statistics, else up to three times, each time the same.</param>
    /// <param name="asOf">The day and the ledger size that count.</param>
    public static BandMoves Between(Methodology before, Methodology after, IEnumerable<Dossier> dossiers, AsOf asOf)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(dossiers);
        Cohort first = RatingEngine.Survey(before, dossiers, asOf);
        Cohort second = RatingEngine.Survey(after, dossiers, asOf);
        return Count(before, after, dossiers.Select(dossier => (
            RatingEngine.Rate(before, dossier, asOf, first).Outcome.Code,
            RatingEngine.Rate(after, dossier, asOf, second).Outcome.Code)));
    }

    /// <summary>Counts pairs of outcomes.</summary>
    /// <param name="before">The methodology of the first of each pair.</param>
    /// <param name="after">The methodology of the second.</param>
    /// <param name="outcomes">The codes of each organisation.</param>
    public static BandMoves Count(Methodology before, Methodology after, IEnumerable<(string From, string To)> outcomes)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(outcomes);
        var counts = new Dictionary<(string From, string To), long>();
        foreach ((string, string) pair in outcomes)
        {
            counts[pair] = counts.GetValueOrDefault(pair) + 1;
        }

        List<string> scale = [.. before.Bands.Concat(after.Bands).Select(band => band.Code).Concat(NotRatedCodes.All).Distinct(StringComparer.Ordinal)];
        int PlaceOf(string code) => scale.IndexOf(code) is var place && place < 0 ? scale.Count : place;
        return new BandMoves(counts.Values.Sum(), [.. counts
            .OrderBy(one => PlaceOf(one.Key.From)).ThenBy(one => PlaceOf(one.Key.To)).ThenBy(one => one.Key.To, StringComparer.Ordinal)
            .Select(one => new BandMove(one.Key.From, one.Key.To, one.Value))]);
    }
}

/// <summary>Organisations with one outcome before and one after.</summary>
/// <param name="From">A band's code or one of <see cref="NotRatedCodes"/>.</param>
/// <param name="To">Likewise; equal where nothing moved.</param>
/// <param name="Count">How many; at least one.</param>
public sealed record BandMove(string From, string To, long Count);

/// <summary>How many organisations have an outcome before and after.</summary>
/// <param name="Code">A band's code or one of <see cref="NotRatedCodes"/>.</param>
/// <param name="Before">By the first methodology.</param>
/// <param name="After">By the second.</param>
public sealed record OutcomeShift(string Code, long Before, long After);
