namespace Probity.Linkage;

/// <summary>A name as words of a <see cref="Lexicon"/>.</summary>
/// <param name="words">Its words in order.</param>
/// <param name="form">The class of its legal form.</param>
internal readonly ref struct NameWords(ReadOnlySpan<WordUse> words, LegalFormClass form)
{
    /// <summary>Its words in order; at most 48 are looked at.</summary>
    public readonly ReadOnlySpan<WordUse> Words = words;

    /// <summary>The class of its legal form.</summary>
    public readonly LegalFormClass Form = form;

    /// <summary>True where the name is written with its legal form, as registers write it: nothing is left out of such a name for brevity.</summary>
    public bool IsFull => Form != LegalFormClass.None;
}

/// <summary>
/// Compares two names word by word: equal words first, then words joined or split ("Good Will", "Goodwill"), typing errors, initials, and
/// a word of initials for the rest ("SPCA"). Words that hold digits agree exactly or not at all. The order of words does not matter.
/// </summary>
internal sealed class NameComparison(Lexicon lexicon)
{
    /// <summary>How many times a word that one name leaves out counts where both are full: as much as a conflict.</summary>
    private const int FullNames = 4;

    private readonly WordLikeness _likeness = new(lexicon);

    /// <summary>What two names have in common.</summary>
    public NameEvidence Compare(NameWords one, NameWords other)
    {
        bool formsClash = LegalForms.Clash(one.Form, other.Form);
        bool formsDiffer = LegalForms.Differ(one.Form, other.Form);
        ReadOnlySpan<WordUse> a = one.Words[..Math.Min(one.Words.Length, Words.Most)];
        ReadOnlySpan<WordUse> b = other.Words[..Math.Min(other.Words.Length, Words.Most)];
        ulong leftA = (1UL << a.Length) - 1;
        ulong leftB = (1UL << b.Length) - 1;
        float matched = Equal(a, b, ref leftA, ref leftB);
        if ((leftA | leftB) == 0)
        {
            return new NameEvidence(matched, 0, 0, NumbersClash: false, formsClash, formsDiffer, OnlyCommon: false);
        }

        matched = _likeness.Further(a, b, matched, ref leftA, ref leftB);
        float restA = Rest(a, leftA, out int numbersA, out float namedA);
        float restB = Rest(b, leftB, out int numbersB, out float namedB);
        return new NameEvidence(
            matched,
            Math.Min(restA, restB),
            (Math.Abs(restA - restB) + Math.Abs(namedA - namedB)) * (one.IsFull && other.IsFull ? FullNames : 1),
            numbersA > 0 && numbersB > 0,
            formsClash,
            formsDiffer,
            !AnyTells(a, leftA));
    }

    /// <summary>True where a word that agrees is more than a common one.</summary>
    private static bool AnyTells(ReadOnlySpan<WordUse> words, ulong left)
    {
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i].Kind != WordKind.Common && (left & (1UL << i)) == 0)
            {
                return true;
            }
        }

        return false;
    }

    private static float Equal(ReadOnlySpan<WordUse> a, ReadOnlySpan<WordUse> b, ref ulong leftA, ref ulong leftB)
    {
        float matched = 0;
        for (int i = 0; i < a.Length; i++)
        {
            for (int j = 0; j < b.Length; j++)
            {
                if (a[i].Id == b[j].Id && (leftB & (1UL << j)) != 0)
                {
                    leftA &= ~(1UL << i);
                    leftB &= ~(1UL << j);
                    matched += a[i].Bits;
                    break;
                }
            }
        }

        return matched;
    }

    /// <summary>Bits of the words left over; of them those of numbers and countries, which are never left out by chance.</summary>
    private static float Rest(ReadOnlySpan<WordUse> words, ulong left, out int numbers, out float named)
    {
        float rest = 0;
        numbers = 0;
        named = 0;
        for (; left != 0; left &= left - 1)
        {
            WordUse word = words[System.Numerics.BitOperations.TrailingZeroCount(left)];
            rest += word.Bits;
            numbers += word.Kind == WordKind.Number ? 1 : 0;
            named += word.Kind is WordKind.Number or WordKind.Country ? word.Bits : 0;
        }

        return rest;
    }
}
