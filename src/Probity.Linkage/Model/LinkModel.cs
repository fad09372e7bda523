using System.Collections.Immutable;
using Probity.Evidence.Analysis;

namespace Probity.Linkage;

/// <summary>One step of a waterfall: what a field says about a pair.</summary>
/// <param name="Field">name, address, telephone, domain, identifier, date; "prior" for what is known before any field, "limit" for what a rule takes off again, "veto" where one keeps the two apart whatever else agrees.</param>
/// <param name="Outcome">What the comparison found, for people.</param>
/// <param name="Bits">Bits of evidence for (above 0) or against (below 0) the two records being one organisation.</param>
public readonly record struct WaterfallStep(string Field, string Outcome, double Bits);

/// <summary>
/// Weights of evidence: log2(m/u) for every level of every field, and the prior log2(λ/(1 − λ)). The bits of a pair add up and are its
/// log-odds to base 2, within limits: what unlike names, branches, namesakes, neighbours in one house and names alone can have in common makes a pair
/// doubtful at most; the same number of a checked scheme makes it doubtful at least.
/// </summary>
internal sealed class LinkModel
{
    /// <summary>
    /// The most that a pair reaches without a word in common, or with different forms of one law, unless an identifier agrees: one in three. Premises,
    /// telephone and domain are what the firms in one house share (a hotel and its restaurants) and the firms of one group.
    /// </summary>
    private static readonly double MostUnlike = BitsOf(1d / 3);

    /// <summary>The most that a pair reaches of which nothing but the names agrees: two firms may bear one name.</summary>
    private static readonly double MostByName = BitsOf(0.95);

    /// <summary>The most that a pair reaches that is as likely two organisations as one: namesakes at two addresses, neighbours in one house.</summary>
    private static readonly double MostNamesake = BitsOf(0.5);

    /// <summary>The most that is said of a pair that may never be one: one in three, as of every pair that joins nothing by itself.</summary>
    private static readonly double MostVetoed = BitsOf(1d / 3);

    /// <summary>The least that a pair with the same number of a checked scheme reaches, whatever its names say: a firm that changed its name keeps its number.</summary>
    private static readonly double LeastSameNumber = BitsOf(1d / 3);

    private const double StepsOfBit = 2;

    private readonly double[][] _bits;

    public LinkModel(double prior, double[][] bits) => (PriorBits, _bits) = (prior, bits);

    /// <summary>log2 of the odds that a random pair is one organisation.</summary>
    public double PriorBits { get; }

    /// <summary>The same weights under another prior.</summary>
    public LinkModel Under(double prior) => new(prior, _bits);

    /// <summary>
    /// The same weights in steps of half a bit: what is learnt is not surer than that, and a few records more seldom change a weight
    /// (docs/decisions/linkage-incremental.md).
    /// </summary>
    public LinkModel Rounded() => new(Rounded(PriorBits), [.. _bits.Select(levels => levels.Select(Rounded).ToArray())]);

    /// <summary>Bits of a level.</summary>
    public double Bits(int field, int level) => _bits[field][level];

    /// <summary>Bits of a pattern, the prior among them.</summary>
    public double Bits(int pattern) => IsSameNumber(pattern)
        ? Math.Max(Sum(pattern), LeastSameNumber)
        : Math.Min(Sum(pattern), IsUnlike(pattern) || IsBranch(pattern) ? MostUnlike : IsNamesake(pattern) || IsNeighbour(pattern) ? MostNamesake : IsNameAlone(pattern) ? MostByName : double.PositiveInfinity);

    /// <summary>Bits of a pattern as they are told: those of a pair that may never be one stay below any link's.</summary>
    public double ToldBits(int pattern) => Vetoes(pattern) ? Math.Min(Bits(pattern), MostVetoed) : Bits(pattern);

    /// <summary>True where a pattern may never join two records, whatever else agrees.</summary>
    public static bool Vetoes(int pattern)
    {
        int identifier = PairComparison.Level(pattern, FieldLevels.Identifier);
        int name = PairComparison.Level(pattern, FieldLevels.Name);
        return identifier == FieldLevels.IdentifierClash || (identifier != FieldLevels.SameIdentifier && name is FieldLevels.NumbersClash or FieldLevels.FormsClash);
    }

    /// <summary>Log-odds to base 2 of a probability between 0 and 1.</summary>
    public static double BitsOf(double probability) => Elementary.Log2(probability / (1 - probability));

    /// <summary>2^bits / (1 + 2^bits).</summary>
    public static double Probability(double bits) => 1 / (1 + Elementary.Pow(2, -bits));

    /// <summary>Why a pattern has its bits: the prior and every field that had something to compare.</summary>
    public ImmutableArray<WaterfallStep> Waterfall(int pattern)
    {
        ImmutableArray<WaterfallStep>.Builder steps = ImmutableArray.CreateBuilder<WaterfallStep>(FieldLevels.Fields + 3);
        steps.Add(new WaterfallStep("prior", "two records at random", PriorBits));
        for (int field = 0; field < FieldLevels.Fields; field++)
        {
            int level = PairComparison.Level(pattern, field);
            if (level > 0)
            {
                steps.Add(new WaterfallStep(FieldLevels.FieldNames[field], FieldLevels.All[field][level].Label, _bits[field][level]));
            }
        }

        double limited = Bits(pattern) - Sum(pattern);
        if (limited != 0)
        {
            steps.Add(new WaterfallStep("limit", LimitOf(pattern), limited));
        }

        if (Vetoes(pattern))
        {
            steps.Add(new WaterfallStep("veto", VetoOf(pattern), ToldBits(pattern) - Bits(pattern)));
        }

        return steps.ToImmutable();
    }

    private static double Rounded(double bits) => Math.Round(bits * StepsOfBit, MidpointRounding.AwayFromZero) / StepsOfBit;

    private double Sum(int pattern)
    {
        double bits = PriorBits;
        for (int field = 0; field < FieldLevels.Fields; field++)
        {
            bits += _bits[field][PairComparison.Level(pattern, field)];
        }

        return bits;
    }

    /// <summary>True where nothing but the names says that two records are one: there is nothing else to compare, or the rest differs.</summary>
    private static bool IsNameAlone(int pattern) => pattern >> PairComparison.NameBits == 0 || (IsOnlyNamed(pattern) && (!IsElsewhere(pattern) || !FieldLevels.VeryRareNames.Contains(PairComparison.Level(pattern, FieldLevels.Name))));

    /// <summary>Two "St Paul Pharmacy" of one town, at two addresses, with two telephones: only of a very rare name is more to be said.</summary>
    private static bool IsNamesake(int pattern) => IsElsewhere(pattern) && IsNameAlone(pattern);

    /// <summary>Names each of which says something else in one house, and nothing else that agrees: two practices, a holding and its subsidiary, a firm under a new name.</summary>
    private static bool IsNeighbour(int pattern) => IsReachedApart(pattern) && PairComparison.Level(pattern, FieldLevels.Name) is FieldLevels.PartlyInMiddlingWords or FieldLevels.LittleButRare;

    private static bool IsOnlyNamed(int pattern) =>
        (IsElsewhere(pattern) || PairComparison.Level(pattern, FieldLevels.Address) is 0 or (int)AddressLevel.SameCity) && IsReachedApart(pattern);

    /// <summary>True where no telephone, domain or identifier agrees.</summary>
    private static bool IsReachedApart(int pattern) =>
        PairComparison.Level(pattern, FieldLevels.Telephone) is 0 or FieldLevels.Different
        && PairComparison.Level(pattern, FieldLevels.Domain) is 0 or FieldLevels.Different
        && PairComparison.Level(pattern, FieldLevels.Identifier) != FieldLevels.SameIdentifier;

    /// <summary>Names alike in part at two addresses: what the branches of one body share is a telephone, a domain and a part of the name.</summary>
    private static bool IsBranch(int pattern) =>
        IsElsewhere(pattern) && PairComparison.Level(pattern, FieldLevels.Name) is >= FieldLevels.FirstInPart and < FieldLevels.NothingInCommon;

    /// <summary>True where both addresses are known and are two.</summary>
    private static bool IsElsewhere(int pattern) => PairComparison.Level(pattern, FieldLevels.Address)
        is (int)AddressLevel.SameStreet or (int)AddressLevel.OtherInPostcode or (int)AddressLevel.OtherInCity or (int)AddressLevel.Elsewhere;

    private static bool IsUnlike(int pattern) => PairComparison.Level(pattern, FieldLevels.Name) is 0 or FieldLevels.PartlyInCommonWords or FieldLevels.LittleInCommon or FieldLevels.NothingInCommon or FieldLevels.FormsDiffer;

    private static bool IsSameNumber(int pattern) => PairComparison.Level(pattern, FieldLevels.Identifier) == FieldLevels.SameIdentifier;

    private static string VetoOf(int pattern) => PairComparison.Level(pattern, FieldLevels.Identifier) == FieldLevels.IdentifierClash
        ? "two valid numbers of an exclusive scheme: never one by the score"
        : PairComparison.Level(pattern, FieldLevels.Name) == FieldLevels.NumbersClash
            ? "different numbers in the names, and no identifier agrees: never one by the score"
            : "forms that exclude each other, and no identifier agrees: never one by the score";

    private static string LimitOf(int pattern) => PairComparison.Level(pattern, FieldLevels.Name) switch
    {
        _ when IsSameNumber(pattern) => "one number: doubtful at least",
        0 or FieldLevels.PartlyInCommonWords or FieldLevels.LittleInCommon or FieldLevels.NothingInCommon => "no telling word of the names agrees, and no identifier: doubtful at most",
        FieldLevels.FormsDiffer => "two forms of one law are two bodies, and no identifier agrees: doubtful at most",
        _ when IsBranch(pattern) => "names alike in part at two addresses are two branches, and no identifier agrees: doubtful at most",
        _ when IsNeighbour(pattern) => "each name says something else, and no telephone, domain or identifier agrees: doubtful at most",
        _ => "no premises, telephone, domain or identifier agrees beside the names: doubtful at most",
    };
}
