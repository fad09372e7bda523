using System.Numerics;

namespace Probity.Linkage;

/// <summary>A word where it stands in a record, with what turns most comparisons down without looking the word up.</summary>
/// <param name="Id">Its number in the <see cref="Lexicon"/>.</param>
/// <param name="Bits">Its rarity.</param>
/// <param name="Letters">One bit for each of the letters a to z that stand in it, shared by the other characters: two words differ in at most two bits for each edit.</param>
/// <param name="Length">How many letters it has.</param>
/// <param name="Kind">Its kind.</param>
internal readonly record struct WordUse(int Id, float Bits, uint Letters, byte Length, WordKind Kind)
{
    /// <summary>True where so many edits cannot turn one word into the other.</summary>
    public static bool Far(in WordUse one, in WordUse other, int edits) =>
        Math.Abs(one.Length - other.Length) > edits || BitOperations.PopCount(one.Letters ^ other.Letters) > 2 * edits;
}
