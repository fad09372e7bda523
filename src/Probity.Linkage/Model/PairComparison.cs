namespace Probity.Linkage;

/// <summary>
/// Compares two records field by field and packs the levels into one number, the pair's pattern: five bits of name, four of address, three
/// each of telephone and domain, two each of identifier and date. Safe for several threads.
/// </summary>
internal sealed class PairComparison(Lexicon lexicon)
{
    /// <summary>Patterns are below this.</summary>
    public const int Patterns = 1 << 19;

    /// <summary>Bits of a pattern that say how the names compare; those above are the other fields' and 0 where these have nothing to compare.</summary>
    public const int NameBits = 5;

    private static readonly int[] Shifts = [0, NameBits, 9, 12, 15, 17];
    private static readonly int[] Masks = [31, 15, 7, 7, 3, 3];

    private readonly NameComparison _names = new(lexicon);
    private readonly AddressComparison _addresses = new(lexicon);

    /// <summary>The level of a field in a pattern.</summary>
    public static int Level(int pattern, int field) => (pattern >> Shifts[field]) & Masks[field];

    /// <summary>The pattern of two records.</summary>
    public int Compare(RecordView a, RecordView b) => NameLevel(a, b)
        | ((int)_addresses.Compare(a, b) << NameBits)
        | (TelephoneLevel(in a.Facts, in b.Facts) << 9)
        | (DomainLevel(in a.Facts, in b.Facts) << 12)
        | (IdentifierLevel(a.Identifiers, b.Identifiers) << 15)
        | (FoundingDate.Level(a.Facts.Founded, b.Facts.Founded) << 17);

    private int NameLevel(RecordView a, RecordView b) =>
        a.Facts.NameWords == 0 || b.Facts.NameWords == 0 ? 0 : FieldLevels.OfName(_names.Compare(a.Name, b.Name));

    private static int TelephoneLevel(in LinkFacts a, in LinkFacts b)
    {
        if (a.Telephone == 0 || b.Telephone == 0)
        {
            return 0;
        }

        return Telephone.Same(a.Telephone, b.Telephone) ? Math.Max(a.TelephoneShare, b.TelephoneShare) : 4;
    }

    private static int DomainLevel(in LinkFacts a, in LinkFacts b) =>
        a.Domain == 0 || b.Domain == 0 ? 0 : a.Domain == b.Domain ? a.DomainShare : 4;

    private static int IdentifierLevel(ReadOnlySpan<RecordIdentifier> a, ReadOnlySpan<RecordIdentifier> b)
    {
        int level = 0;
        foreach (RecordIdentifier x in a)
        {
            foreach (RecordIdentifier y in b)
            {
                if (x.Scheme == y.Scheme && x.Scheme >= 0)
                {
                    int found = x.Value == y.Value ? 1 : IdentifierSchemes.All[x.Scheme].Exclusive ? FieldLevels.IdentifierClash : 3;
                    level = level == FieldLevels.IdentifierClash || found == FieldLevels.IdentifierClash ? FieldLevels.IdentifierClash : level == 1 ? 1 : found;
                }
            }
        }

        return level;
    }
}
