using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Rating.Columns;
using Probity.Rating.Engine;

namespace Probity.Rating;

/// <summary>
/// The ratings of a population: for each organisation what <see cref="RatingEngine.Rate"/> gives, without its explanation. Organisations are
/// numbered from 0 in the order of their identifiers. Immutable; safe for several threads.
/// </summary>
public sealed class PopulationRating
{
    private readonly PopulationSheet _sheet;

    internal PopulationRating(Methodology methodology, AsOf asOf, PopulationSheet sheet)
    {
        (Methodology, AsOf, _sheet) = (methodology, asOf, sheet);
        var counts = new long[sheet.Codes.All.Length + sheet.Codes.Bands];
        foreach (int number in sheet.Numbers)
        {
            counts[number]++;
        }

        Counts = [.. Enumerable.Range(0, sheet.Codes.All.Length).Select(code => counts[code] + (code < sheet.Codes.Bands ? counts[sheet.Codes.AsPublished(code)] : 0))];
    }

    /// <summary>By which rules.</summary>
    public Methodology Methodology { get; }

    /// <summary>The day asked about and the ledger size that counted.</summary>
    public AsOf AsOf { get; }

    /// <summary>How many organisations.</summary>
    public int Count => _sheet.Frame.Count;

    /// <summary>The codes an outcome can have: the bands, best first, then <see cref="NotRatedCodes.All"/>.</summary>
    public ImmutableArray<string> Codes => _sheet.Codes.All;

    /// <summary>How many organisations have each of <see cref="Codes"/>.</summary>
    public ImmutableArray<long> Counts { get; }

    /// <summary>The names of all indicators and scores, in the order of the file.</summary>
    public IEnumerable<string> Names => Methodology.Plan.Outputs.Select(output => output.Name);

    /// <summary>The identifier of an organisation.</summary>
    /// <param name="row">Its number, 0 to <see cref="Count"/> − 1.</param>
    public OrganisationId OrganisationOf(int row) => _sheet.Frame.Organisations[row];

    /// <summary>The number of an organisation; negative where it is not in the population.</summary>
    public int RowOf(OrganisationId organisation) => _sheet.Frame.PlaceOf(organisation);

    /// <summary>The place of an organisation's outcome in <see cref="Codes"/>.</summary>
    public int CodeOf(int row) => _sheet.Codes.CodeOf(_sheet.Numbers[row]);

    /// <summary>Whether an organisation's outcome is a band the methodology gave, and not one the source published.</summary>
    public bool IsRated(int row) => _sheet.Numbers[row] < _sheet.Codes.Bands;

    /// <summary>The outcome of an organisation, with the reason where it is not rated.</summary>
    public Outcome OutcomeOf(int row) => WhyNotApplicable(row) is { } why
        ? new Outcome.NotRated(NotRatedCodes.NotApplicable, why)
        : Decision.OutcomeOf(Methodology, _sheet.FrameOf(row), rule => _sheet.HasExpired(rule, row));

    /// <summary>The headline number of an organisation; null where its outcome is not a band, or the methodology has none.</summary>
    public decimal? ScoreOf(int row) => IsRated(row) && Methodology.Plan.Outcome.Score is { } score ? _sheet.At(score.Number, row).AsDecimal() : null;

    /// <summary>An indicator or score of an organisation as a number; null where it has none, or the methodology does not apply to it.</summary>
    /// <exception cref="ArgumentException">There is no indicator or score of that name.</exception>
    public decimal? ValueOf(string name, int row) => WhyNotApplicable(row) is null ? _sheet.At(SlotOf(name), row).AsDecimal() : null;

    /// <summary>The same as a double, to its last digit where it is a statistic.</summary>
    /// <exception cref="ArgumentException">There is no indicator or score of that name.</exception>
    public double? RealOf(string name, int row) => WhyNotApplicable(row) is null ? _sheet.At(SlotOf(name), row).AsDouble() : null;

    /// <summary>Every indicator and score of an organisation by name, as text, as <see cref="OrganisationRating.Outputs"/> gives them.</summary>
    public ImmutableArray<(string Name, string Value)> OutputsOf(int row) =>
        WhyNotApplicable(row) is null ? [.. Methodology.Plan.Outputs.Select(output => (output.Name, _sheet.At(output.Slot, row).ToString()!))] : [];

    /// <summary>The cohort statistics, as rating and explaining a single organisation needs them.</summary>
    public Cohort ToCohort() => _sheet.ToCohort();

    /// <summary>Rates the same evidence by rules that differ in some parameters, weights or cuts; what they do not touch is not computed again.</summary>
    /// <param name="changed">What <see cref="Rating.Methodology.With"/> gave for this methodology.</param>
    /// <param name="threads">How many threads work, at least 1; the result is the same for any number.</param>
    public PopulationRating WhatIf(Methodology changed, int threads)
    {
        ArgumentNullException.ThrowIfNull(changed);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        return new PopulationRating(changed, AsOf, PopulationSheet.Fill(changed, _sheet.Frame, AsOf.ValidAt, new Division(threads, 0), _sheet));
    }

    /// <summary>
    /// How many organisations moved from which outcome of another rating of the same population to which of this: by the places in that rating's
    /// <see cref="Codes"/>, then by those in this one's.
    /// </summary>
    /// <exception cref="ArgumentException">The other rates another population.</exception>
    public ImmutableArray<ImmutableArray<long>> MovesFrom(PopulationRating earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        if (earlier._sheet.Frame != _sheet.Frame)
        {
            throw new ArgumentException("the other rates another population", nameof(earlier));
        }

        var moves = new long[earlier.Codes.Length, Codes.Length];
        (int[] before, int[] after) = (earlier._sheet.Numbers, _sheet.Numbers);
        for (int row = 0; row < after.Length; row++)
        {
            moves[earlier._sheet.Codes.CodeOf(before[row]), _sheet.Codes.CodeOf(after[row])]++;
        }

        return [.. Enumerable.Range(0, earlier.Codes.Length).Select(from => Enumerable.Range(0, Codes.Length).Select(to => moves[from, to]).ToImmutableArray())];
    }

    /// <summary>
    /// Rates the population after some organisations changed. Only their evidence is read; where the methodology has cohort statistics the scores of all
    /// are computed again, since anyone's may have moved, else only theirs.
    /// </summary>
    /// <param name="changed">Each whole, changed or new; none twice.</param>
    /// <param name="knownAt">The ledger size that counts from now on.</param>
    /// <param name="threads">How many threads work, at least 1; the result is the same for any number.</param>
    public PopulationRating With(IEnumerable<Dossier> changed, long knownAt, int threads)
    {
        ArgumentNullException.ThrowIfNull(changed);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var gathering = new EvidenceGathering(Methodology, knownAt);
        foreach (Dossier dossier in changed)
        {
            gathering.Add(dossier);
        }

        EvidenceFrame frame = Layers.Lay(_sheet.Frame, gathering.Finish(), Methodology.Rates);
        return new PopulationRating(Methodology, AsOf with { KnownAt = knownAt }, PopulationSheet.Fill(Methodology, frame, AsOf.ValidAt, new Division(threads, 0), _sheet));
    }

    /// <summary>
    /// Organisations of which anything is other than in an earlier rating by the same methodology: an outcome, an indicator, a score, a statistic. New ones
    /// are among them. Where the methodology draws the chance of a band and has a cohort, all: what is drawn rests on its peers' values. Ascending by number.
    /// </summary>
    /// <exception cref="ArgumentException">The earlier one is by another methodology.</exception>
    public IEnumerable<int> MovedSince(PopulationRating earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        if (earlier.Methodology.Fingerprint != Methodology.Fingerprint || earlier.Methodology.Plan.Scope.Size != Methodology.Plan.Scope.Size)
        {
            throw new ArgumentException("the earlier rating is by another methodology", nameof(earlier));
        }

        return _sheet.MovedSince(earlier._sheet);
    }

    private string? WhyNotApplicable(int row) => _sheet.Applies && _sheet.Frame.Rated[row]
        ? null
        : Decision.WhyNotApplicable(Methodology, _sheet.Frame.Subjects[row], AsOf.ValidAt);

    private int SlotOf(string name) => Methodology.Plan.SlotOf(name) ?? throw new ArgumentException($"{Methodology} has no indicator or score '{name}'", nameof(name));
}
