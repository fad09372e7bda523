namespace Probity.Linkage;

/// <summary>
/// Compares two records field by field and packs the levels into one number, the pair's pattern: five bits of name, four of address, three
/// each of telephone and domain, two of identifier. Safe for several threads.
/// </summary>
internal sealed class PairComparison(Corpus corpus)
{
    /// <summary>Patterns are below this.</summary>
    public const int Patterns = 1 << 17;

    /// <summary>Records at one premises from which it counts as shared by many.</summary>
    private const int Crowd = 24;

    private static readonly int[] Shifts = [0, 5, 9, 12, 15];
    private static readonly int[] Masks = [31, 15, 7, 7, 3];

    private readonly NameComparison _names = new(corpus.Names);
    private readonly AddressComparison _addresses = new(corpus.Words);

    /// <summary>The level of a field in a pattern.</summary>
    public static int Level(int pattern, int field) => (pattern >> Shifts[field]) & Masks[field];

    /// <summary>The pattern of two records of the corpus.</summary>
    public int Compare(int one, int other)
    {
        LinkFacts a = corpus.Facts[one];
        LinkFacts b = corpus.Facts[other];
        return NameLevel(a, b)
            | (AddressLevelOf(a, b) << Shifts[FieldLevels.Address])
            | (TelephoneLevel(a, b) << Shifts[FieldLevels.Telephone])
            | (DomainLevel(a, b) << Shifts[FieldLevels.Domain])
            | (IdentifierLevel(a, b) << Shifts[FieldLevels.Identifier]);
    }

    private int NameLevel(LinkFacts a, LinkFacts b) =>
        a.Name.Words.Length == 0 || b.Name.Words.Length == 0 ? 0 : FieldLevels.OfName(_names.Compare(a.Name, b.Name));

    private int AddressLevelOf(LinkFacts a, LinkFacts b)
    {
        AddressLevel level = _addresses.Compare(a.Address, b.Address);
        return (int)(level == AddressLevel.SamePremises && Math.Min(a.PremisesRecords, b.PremisesRecords) > Crowd ? AddressLevel.CrowdedPremises : level);
    }

    private static int TelephoneLevel(LinkFacts a, LinkFacts b)
    {
        if (a.Telephone == 0 || b.Telephone == 0)
        {
            return 0;
        }

        bool same = a.Telephone == b.Telephone || (Locals(a.Telephone) == Locals(b.Telephone) && Length(a.Telephone) != Length(b.Telephone));
        return same ? FieldLevels.OfShared(Math.Max(a.TelephoneRecords, b.TelephoneRecords)) : 4;
    }

    /// <summary>The last seven digits: what is left of a number without its area code.</summary>
    private static ulong Locals(ulong telephone) => telephone % 10_000_000;

    private static ulong Length(ulong telephone) => telephone / 10_000_000 > 100 ? 9UL : telephone / 10_000_000;

    private static int DomainLevel(LinkFacts a, LinkFacts b) =>
        a.Domain < 0 || b.Domain < 0 ? 0 : a.Domain == b.Domain ? FieldLevels.OfShared(a.DomainRecords) : 4;

    private int IdentifierLevel(LinkFacts a, LinkFacts b)
    {
        int level = 0;
        foreach (RecordIdentifier x in a.Identifiers)
        {
            foreach (RecordIdentifier y in b.Identifiers)
            {
                if (x.Scheme == y.Scheme)
                {
                    int found = x.Value == y.Value ? 1 : corpus.Schemes[x.Scheme].Exclusive ? FieldLevels.IdentifierClash : 3;
                    level = level == FieldLevels.IdentifierClash || found == FieldLevels.IdentifierClash ? FieldLevels.IdentifierClash : level == 1 ? 1 : found;
                }
            }
        }

        return level;
    }
}
