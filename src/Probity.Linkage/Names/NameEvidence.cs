namespace Probity.Linkage;

/// <summary>What two names have in common and what stands between them, in bits of rarity.</summary>
/// <param name="Matched">Bits of the words that agree; an agreement with a typing error counts four fifths.</param>
/// <param name="Conflict">Bits by which each name says something the other does not: the smaller of the two remainders.</param>
/// <param name="Extra">Bits that only the longer name says beyond that; numbers and countries count twice, and all of it four times where both names are written with their legal forms.</param>
/// <param name="NumbersClash">True where the names hold different numbers: "Fund VII" and "Fund VIII".</param>
/// <param name="FormsClash">True where no body can have both legal forms.</param>
/// <param name="FormsDiffer">True where the legal forms are different ones of one law: two bodies, but for a conversion or a slip.</param>
/// <param name="OnlyCommon">True where the names are not the same and only common words agree, if any: "Medical Center".</param>
internal readonly record struct NameEvidence(float Matched, float Conflict, float Extra, bool NumbersClash, bool FormsClash, bool FormsDiffer, bool OnlyCommon)
{
    /// <summary>
    /// 0 (nothing in common) to 1 (the same): matched over matched, twice the conflict and half of what only one says. A conflict counts
    /// four times what an omission does: "Oil" against "Gas" is another firm, a missing "Services" is a shorter spelling.
    /// </summary>
    public float Similarity => Matched <= 0 ? 0 : Matched / (Matched + (2 * Conflict) + (Extra / 2));

    /// <summary>0 to 1: how much of the shorter name stands in the longer one.</summary>
    public float Containment => Matched <= 0 ? 0 : Matched / (Matched + Conflict);
}
