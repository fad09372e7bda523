namespace Probity.Linkage;

/// <summary>A word where it stands in a record.</summary>
/// <param name="Id">Its number in the <see cref="Lexicon"/>.</param>
/// <param name="Bits">Its rarity, beside it so that comparing equal words looks nothing up.</param>
internal readonly record struct WordUse(int Id, float Bits);
