using System.Collections.Immutable;
using Probity.Evidence.Analysis;

namespace Probity.Linkage;

/// <summary>One outcome of comparing a field, with what is expected of it before any data is seen.</summary>
/// <param name="Label">For people, as it stands in a waterfall.</param>
/// <param name="M">Share of pairs of one organisation that come out so (Fellegi and Sunter's m); all of a field sum to about 1.</param>
/// <param name="U">Share of pairs of two organisations that come out so (their u).</param>
internal readonly record struct FieldLevel(string Label, double M, double U);

/// <summary>
/// The fields that are compared and the outcomes each can have; level 0 of every field says that there is nothing to compare. Names are
/// levelled by likeness and by how rare the words are that agree, so that the value of rare words is learnt like everything else.
/// I. P. Fellegi, A. B. Sunter, A Theory for Record Linkage, JASA 64(328), 1969.
/// </summary>
internal static class FieldLevels
{
    public const int Name = 0;
    public const int Address = 1;
    public const int Telephone = 2;
    public const int Domain = 3;
    public const int Identifier = 4;
    public const int Date = 5;
    public const int Fields = 6;

    /// <summary>Bits of rarity that part the levels of a name.</summary>
    private static readonly float[] Rarity = [8, 14, 22];

    /// <summary>Levels of names that are the same, or nearly so, in words that are not common.</summary>
    public static readonly ImmutableArray<int> SameRareNames = [2, 3, 4, 6, 7, 8];

    /// <summary>Levels of names that are the same, or nearly so, in very rare words.</summary>
    public static readonly ImmutableArray<int> VeryRareNames = [4, 8];

    /// <summary>A telephone number or domain that very many share.</summary>
    public const int Switchboard = 3;

    /// <summary>Telephones or domains that differ.</summary>
    public const int Different = 4;

    public const int FirstInPart = 13;
    public const int PartlyInCommonWords = 17;
    public const int PartlyInMiddlingWords = 18;
    public const int LittleButRare = 21;
    public const int LittleInCommon = 22;
    public const int NothingInCommon = 23;
    public const int NumbersClash = 24;
    public const int FormsClash = 25;
    public const int FormsDiffer = 26;
    public const int SameIdentifier = 1;
    public const int IdentifierClash = 2;

    /// <summary>Names of the fields, in their order.</summary>
    public static ImmutableArray<string> FieldNames { get; } = ["name", "address", "telephone", "domain", "identifier", "date"];

    /// <summary>The levels of each field, in their order.</summary>
    public static ImmutableArray<ImmutableArray<FieldLevel>> All { get; } = [NameLevels(), AddressLevels(), TelephoneLevels(), DomainLevels(), IdentifierLevels(), DateLevels()];

    /// <summary>True for a pattern all of whose levels are some.</summary>
    public static bool Exists(int pattern)
    {
        for (int field = 0; field < Fields; field++)
        {
            if (PairComparison.Level(pattern, field) >= All[field].Length)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The level of two names: alike where one leaves out what the other says, partly alike where each says something else.</summary>
    public static int OfName(in NameEvidence evidence)
    {
        if (evidence.FormsClash && evidence.Similarity > 0.6f)
        {
            return FormsClash;
        }

        if (evidence.FormsDiffer && evidence.Similarity > 0.6f)
        {
            return FormsDiffer;
        }

        if (evidence.NumbersClash && evidence.Matched > 0)
        {
            return NumbersClash;
        }

        float similarity = evidence.Similarity;
        int likeness = similarity >= 0.97f ? 0 : similarity >= 0.8f ? 1 : evidence.Containment >= 0.9f ? (similarity >= 0.6f ? 2 : 3) : similarity >= 0.3f ? 4 : -1;
        if (likeness < 0 || (evidence.OnlyCommon && evidence.Containment < 0.9f))
        {
            return evidence.Matched <= 0 ? NothingInCommon : evidence.Matched < Rarity[0] || evidence.OnlyCommon ? LittleInCommon : LittleButRare;
        }

        int rarity = 0;
        while (rarity < Rarity.Length && evidence.Matched >= Rarity[rarity])
        {
            rarity++;
        }

        return 1 + (likeness * 4) + rarity;
    }

    /// <summary>The level of two shared values by how many records share them; 0 missing, 1 rare, 2 common, 3 very common.</summary>
    public static int OfShared(int records) => records <= 6 ? 1 : records <= 40 ? 2 : 3;

    /// <summary>The level of two equal telephone numbers by the house numbers at which they stand; a record without one counts as a house.</summary>
    public static int OfHouses(int houses) => houses <= 2 ? 1 : houses <= 12 ? 2 : 3;

    private static ImmutableArray<FieldLevel> NameLevels()
    {
        (string Label, double[] M, double U)[] likeness =
        [
            ("the same", [0.02, 0.08, 0.12, 0.16], 4e-5),
            ("nearly the same", [0.01, 0.06, 0.08, 0.08], 4e-5),
            ("alike", [0.01, 0.04, 0.04, 0.03], 1e-4),
            ("one within the other", [0.01, 0.05, 0.05, 0.02], 4e-4),
            ("partly alike", [0.01, 0.02, 0.02, 0.01], 1e-3),
        ];
        string[] rarity = ["in common words", "in words of middling rarity", "in rare words", "in very rare words"];
        ImmutableArray<FieldLevel>.Builder levels = ImmutableArray.CreateBuilder<FieldLevel>(27);
        levels.Add(new FieldLevel("nothing to compare", 0, 0));
        foreach ((string label, double[] m, double u) in likeness)
        {
            for (int i = 0; i < rarity.Length; i++)
            {
                levels.Add(new FieldLevel($"{label}, {rarity[i]}", m[i], u / Elementary.Pow(12, i)));
            }
        }

        levels.Add(new FieldLevel("little in common, a rare word agrees", 0.01, 2e-3));
        levels.Add(new FieldLevel("little in common", 0.02, 0.05));
        levels.Add(new FieldLevel("nothing in common", 0.03, 0.94));
        levels.Add(new FieldLevel("different numbers", 0.002, 0.005));
        levels.Add(new FieldLevel("forms that exclude each other", 0.002, 1e-6));
        levels.Add(new FieldLevel("different forms of one law", 0.001, 1e-6));
        return levels.ToImmutable();
    }

    private static ImmutableArray<FieldLevel> AddressLevels() =>
    [
        new("nothing to compare", 0, 0),
        new("the same premises", 0.62, 2e-6),
        new("the same premises, shared by many", 0.06, 2e-5),
        new("the same building, another unit", 0.02, 4e-6),
        new("the same line, another postcode", 0.03, 4e-6),
        new("the same number and postcode, another street", 0.04, 5e-6),
        new("the same street, another number", 0.04, 4e-4),
        new("the same street, a number missing", 0.04, 3e-4),
        new("the same postcode only", 0.03, 3e-3),
        new("the same town only", 0.05, 0.04),
        new("elsewhere", 0.05, 0.95),
        new("another address of the same postcode", 0.01, 3e-3),
        new("another address of the same town", 0.01, 0.04),
    ];

    private static ImmutableArray<FieldLevel> TelephoneLevels() =>
    [
        new("nothing to compare", 0, 0),
        new("the same number", 0.7, 1e-6),
        new("the same number, shared by many", 0.08, 1e-5),
        new("the same switchboard", 0.02, 1e-4),
        new("different numbers", 0.2, 0.9999),
    ];

    private static ImmutableArray<FieldLevel> DomainLevels() =>
    [
        new("nothing to compare", 0, 0),
        new("the same domain", 0.7, 1e-6),
        new("the same domain, shared by many", 0.08, 1e-5),
        new("the same platform", 0.02, 1e-4),
        new("different domains", 0.2, 0.9999),
    ];

    private static ImmutableArray<FieldLevel> IdentifierLevels() =>
    [
        new("nothing to compare", 0, 0),
        new("the same number of a checked scheme", 0.97, 1e-8),
        new("different numbers of an exclusive scheme", 1e-4, 0.9),
        new("different numbers", 0.03, 0.1),
    ];

    private static ImmutableArray<FieldLevel> DateLevels() =>
    [
        new("nothing to compare", 0, 0),
        new("founded on the same day", 0.75, 5e-4),
        new("founded in the same year", 0.1, 0.03),
        new("founded in different years", 0.15, 0.97),
    ];
}
