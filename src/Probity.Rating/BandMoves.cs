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
    /// <param name="dossiers">The population; gone through twice, each time the same.</param>
    /// <param name="asOf">The day and the ledger size that count.</param>
    public static BandMoves Between(Methodology before, Methodology after, IEnumerable<Dossier> dossiers, AsOf asOf)
    {
        ArgumentNullException.ThrowIfNull(dossiers);
        return Between(Population.Of(before, dossiers, asOf).Rate(1), Population.Of(after, dossiers, asOf).Rate(1));
    }

    /// <summary>Rates a population by a methodology and by the same with some numbers turned.</summary>
    /// <param name="published">The rules.</param>
    /// <param name="turned">What <see cref="MethodologyNumber.Turn"/> gave for them.</param>
    /// <param name="dossiers">The population; gone through once.</param>
    /// <param name="asOf">The day and the ledger size that count.</param>
    public static BandMoves WhatIf(Methodology published, Methodology turned, IEnumerable<Dossier> dossiers, AsOf asOf)
    {
        PopulationRating before = Population.Of(published, dossiers, asOf).Rate(1);
        return Between(before, before.WhatIf(turned, 1));
    }

    /// <summary>Counts who moves between two ratings of the same organisations.</summary>
    /// <exception cref="ArgumentException">They rate different numbers of organisations.</exception>
    public static BandMoves Between(PopulationRating before, PopulationRating after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (before.Count != after.Count)
        {
            throw new ArgumentException("the two rate different organisations", nameof(after));
        }

        var counts = new long[before.Codes.Length, after.Codes.Length];
        for (int row = 0; row < before.Count; row++)
        {
            counts[before.CodeOf(row), after.CodeOf(row)]++;
        }

        List<string> scale = [.. before.Codes.TakeWhile(code => !NotRatedCodes.All.Contains(code)).Concat(after.Codes).Distinct(StringComparer.Ordinal)];
        IEnumerable<BandMove> moves =
            from i in Enumerable.Range(0, before.Codes.Length)
            from j in Enumerable.Range(0, after.Codes.Length)
            where counts[i, j] > 0
            select new BandMove(before.Codes[i], after.Codes[j], counts[i, j]);
        return new BandMoves(before.Count, [.. moves.OrderBy(move => scale.IndexOf(move.From)).ThenBy(move => scale.IndexOf(move.To))]);
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
