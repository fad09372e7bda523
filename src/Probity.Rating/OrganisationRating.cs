using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Rating.Engine;
using Probity.Rating.Expressions;

namespace Probity.Rating;

/// <summary>
/// The rating of one organisation: a pure function of methodology, dossier, as-of and cohort. The explanation, margins and changes are
/// read off the same computation the outcome came from; they are written out when first asked for.
/// </summary>
public sealed class OrganisationRating
{
    private readonly Worksheet? _sheet;
    private readonly Lazy<NearestChange?> _nearest;

    internal OrganisationRating(Methodology methodology, OrganisationId organisation, AsOf asOf, Worksheet? sheet)
    {
        (Methodology, Organisation, AsOf, _sheet) = (methodology, organisation, asOf, sheet);
        _nearest = new Lazy<NearestChange?>(() => NearestInput.Of(this, _sheet));
    }

    /// <summary>Whose it is.</summary>
    public OrganisationId Organisation { get; }

    /// <summary>The day asked about and the ledger size that counted.</summary>
    public AsOf AsOf { get; }

    /// <summary>By which rules.</summary>
    public Methodology Methodology { get; }

    /// <summary>What it came to.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The headline number; null where the outcome is not a band, or the methodology has none.</summary>
    public decimal? Score { get; init; }

    /// <summary>The unit of the score; may be empty.</summary>
    public string ScoreUnit { get; init; } = "";

    /// <summary>The source's own outcome; null where it published none.</summary>
    public PublishedOutcome? Published { get; init; }

    /// <summary>How the outcome stands to the source's own.</summary>
    public Agreement Agreement { get; init; }

    /// <summary>The latest day of the evidence the outcome rests on; null where none of it is dated.</summary>
    public DateOnly? RestsOn { get; init; }

    /// <summary>The numbers shown beside the outcome, in the methodology's order; empty where a state took the rating's place.</summary>
    public ImmutableArray<DimensionValue> Dimensions { get; init; } = [];

    /// <summary>Every indicator and score by name, as text: "20", "missing"; in the methodology's order.</summary>
    public ImmutableArray<(string Name, string Value)> Outputs => _sheet?.Outputs() ?? [];

    /// <summary>How the outcome came about: a tree whose points sum to the score.</summary>
    public ExplanationLine Explanation => field ??= ExplanationTree.Of(this, _sheet);

    /// <summary>
    /// How far the numbers that decide are from where the band changes, nearest first: cuts of a table, middles between clusters, roundings. Empty where the
    /// outcome is not a band, or nothing it is decided by is such a number (G14).
    /// </summary>
    public ImmutableArray<BandMargin> Margins => field.IsDefault ? field = Edges.MarginsOf(this, _sheet) : field;

    /// <summary>
    /// The smallest change of one input that moves the band, among the values that its fields declare or, where they declare no bounds, its peers have; the
    /// values of its peers stay, its own in the statistics of the cohort is the changed one. Null where there is none or the outcome is not a band. It is the smallest wherever each number that the rules compare only
    /// rises or falls between two values tried; a value one step of the search nearer does not move the band.
    /// </summary>
    public NearestChange? NearestChange => _nearest.Value;

    /// <summary>
    /// The points of the score end to end, ready to be drawn: the first bar begins at 0, each next where the one before ends, the last ends at the
    /// score. Empty where there is no score.
    /// </summary>
    public ImmutableArray<WaterfallBar> Waterfall => WaterfallBars.Of(this);

    /// <summary>How firmly the band stands under other weights and other ways of computing; null where the methodology names none, or the outcome is not a band.</summary>
    public BandRobustness? Robustness => field ??= RobustnessTrial.Of(this, _sheet);

    /// <summary>The rating as canonical fields (formats/rating.md): equal ratings have equal bytes.</summary>
    public Fields ToFields() => RatingFields.Of(this);

    /// <summary>
    /// The rating without its explanation and without the time it was asked for: what a run states a root over, since it is equal for two times at
    /// which nothing that counts changed.
    /// </summary>
    public Fields ToResultFields() => Fields.Of([.. RatingFields.ResultOf(this)]);

    /// <summary>The canonical bytes of <see cref="ToFields"/>.</summary>
    public byte[] ToBytes() => CanonicalJson.Bytes(ToFields());
}

/// <summary>One dimension of one organisation.</summary>
/// <param name="Dimension">Its name, label, unit, best, worst and direction.</param>
/// <param name="Value">The number; null where it is missing or no number.</param>
/// <param name="Text">The value as text; "missing" or "not computable" where there is none.</param>
/// <param name="Evidence">Ledger indexes of the statements it rests on, ascending; may be empty.</param>
public sealed record DimensionValue(Dimension Dimension, decimal? Value, string Text, ImmutableArray<long> Evidence);

/// <summary>How far one value that decides is from a cut at which the band changes, everything else staying.</summary>
/// <param name="Name">The value's name in the methodology.</param>
/// <param name="Label">What people call it.</param>
/// <param name="Value">What it is.</param>
/// <param name="Cut">The nearest value at which, or just beyond which, the band is another.</param>
/// <param name="Band">That band's code.</param>
public sealed record BandMargin(string Name, string Label, decimal Value, decimal Cut, string Band)
{
    /// <summary>The unit of value and cut; may be empty.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Whether the band is the other at the cut itself, or only beyond it.</summary>
    public MarginSide Side { get; init; }

    /// <summary>How far it is, zero or more.</summary>
    public decimal Distance => Math.Abs(Cut - Value);

    /// <summary>The same in words, without the band's name.</summary>
    public string Text
    {
        get
        {
            int places = 6;
            for (; places < 15 && Cut != Value && Numbers.Short(Cut, places) == Numbers.Short(Value, places); places++)
            {
            }

            string side = Side switch { MarginSide.Below => "below", MarginSide.Above => "above", _ => "at" };
            string unit = Unit.Length > 0 ? " " + Unit : "";
            return $"{Label} is {Numbers.Short(Value, places)}{unit}; {side} {Numbers.Short(Cut, places)} the outcome would be {Band}";
        }
    }
}

/// <summary>Where the band changes.</summary>
public enum MarginSide
{
    /// <summary>At the cut itself.</summary>
    At,

    /// <summary>Only below it.</summary>
    Below,

    /// <summary>Only above it.</summary>
    Above,
}

/// <summary>One step of a waterfall.</summary>
/// <param name="Label">What people call it.</param>
/// <param name="Rule">The rule's place in the methodology.</param>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends; below <paramref name="From"/> where it takes away.</param>
public sealed record WaterfallBar(string Label, string Rule, decimal From, decimal To)
{
    /// <summary>The unit of both; may be empty.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Ledger indexes of the statements it rests on, ascending; may be empty.</summary>
    public ImmutableArray<long> Evidence { get; init; } = [];

    /// <summary>What it adds.</summary>
    public decimal Points => To - From;
}

/// <summary>A change of one input that moves the band.</summary>
/// <param name="Name">The input's name in the methodology.</param>
/// <param name="Label">What people call it.</param>
/// <param name="From">What it is.</param>
/// <param name="To">What it would have to be.</param>
/// <param name="Band">The code of the band then.</param>
public sealed record NearestChange(string Name, string Label, decimal From, decimal To, string Band)
{
    /// <summary>The unit of both; may be empty.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The same in words.</summary>
    public required string Text { get; init; }
}
