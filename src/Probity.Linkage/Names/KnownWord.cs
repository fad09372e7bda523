namespace Probity.Linkage;

/// <summary>What the vocabulary knows of a word, found in one look.</summary>
/// <param name="Spelling">The one spelling for it: "center" for "centre" and "ctr"; null where it has no other.</param>
/// <param name="Kind">Its kind; never <see cref="WordKind.Number"/>.</param>
/// <param name="LeftOut">True for words that are left out of a name: "the", "of".</param>
/// <param name="Number">The value of a number word or ordinal; 0 for others.</param>
/// <param name="Roman">The value of a Roman numeral; 0 for others.</param>
/// <param name="BeginsForm">True where a legal form begins with it.</param>
/// <param name="BeginsPlace">True where the name of a country of two words begins with it.</param>
internal sealed record KnownWord(string? Spelling, WordKind Kind, bool LeftOut, int Number, int Roman, bool BeginsForm, bool BeginsPlace);
