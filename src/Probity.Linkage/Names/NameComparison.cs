using System.Numerics;

namespace Probity.Linkage;

/// <summary>A name as numbers of a <see cref="Lexicon"/>.</summary>
/// <param name="Words">Its words in order.</param>
/// <param name="Form">The class of its legal form.</param>
internal readonly record struct NameWords(int[] Words, LegalFormClass Form);

/// <summary>
/// Compares two names word by word: equal words first, then words joined or split ("Good Will", "Goodwill"), typing errors, initials, and
/// a word of initials for the rest ("SPCA"). Words that hold digits agree exactly or not at all. The order of words does not matter.
/// </summary>
internal sealed class NameComparison(Lexicon lexicon)
{
    private const float TypedWrong = 0.8f;
    private const float InitialBits = 4;

    /// <summary>Letters from which a word may hold one typing error, and two; two already in shorter words where the rest agrees.</summary>
    private const int ShortestTyped = 5;
    private const int Long = 9;
    private const int LongInContext = 6;

    /// <summary>Bits of agreement that make the rest of a name a context.</summary>
    private const float Context = 12;

    /// <summary>What two names have in common.</summary>
    public NameEvidence Compare(NameWords one, NameWords other)
    {
        ReadOnlySpan<int> a = one.Words;
        ReadOnlySpan<int> b = other.Words;
        Span<bool> usedA = stackalloc bool[Words.Most];
        Span<bool> usedB = stackalloc bool[Words.Most];
        usedA = usedA[..Math.Min(a.Length, Words.Most)];
        usedB = usedB[..Math.Min(b.Length, Words.Most)];
        float matched = Equal(a, b, usedA, usedB);
        if (usedA.Contains(false) || usedB.Contains(false))
        {
            matched += Joined(a, b, usedA, usedB) + Joined(b, a, usedB, usedA);
            if (usedA.Contains(false) && usedB.Contains(false))
            {
                matched += Near(a, b, usedA, usedB, matched >= Context);
            }

            matched += Acronym(a, b, usedA, usedB) + Acronym(b, a, usedB, usedA);
            matched = matched <= 0 && Squeezed(a, b) ? Whole(a, b, usedA, usedB) : matched;
        }

        float restA = Rest(a, usedA, out int numbersA, out float namedA);
        float restB = Rest(b, usedB, out int numbersB, out float namedB);
        return new NameEvidence(
            matched,
            Math.Min(restA, restB),
            Math.Abs(restA - restB) + Math.Abs(namedA - namedB),
            numbersA > 0 && numbersB > 0,
            LegalForms.Clash(one.Form, other.Form));
    }

    private float Equal(ReadOnlySpan<int> a, ReadOnlySpan<int> b, Span<bool> usedA, Span<bool> usedB)
    {
        float matched = 0;
        for (int i = 0; i < usedA.Length; i++)
        {
            for (int j = 0; j < usedB.Length; j++)
            {
                if (a[i] == b[j] && !usedB[j])
                {
                    usedA[i] = usedB[j] = true;
                    matched += lexicon.Bits(a[i]);
                    break;
                }
            }
        }

        return matched;
    }

    private float Near(ReadOnlySpan<int> a, ReadOnlySpan<int> b, Span<bool> usedA, Span<bool> usedB, bool inContext)
    {
        float matched = 0;
        for (int i = 0; i < usedA.Length; i++)
        {
            for (int j = 0; j < usedB.Length && !usedA[i]; j++)
            {
                if (!usedB[j] && NearBits(a[i], b[j], inContext) is > 0 and var bits)
                {
                    usedA[i] = usedB[j] = true;
                    matched += bits;
                }
            }
        }

        return matched;
    }

    private float NearBits(int x, int y, bool inContext)
    {
        if (lexicon.Kind(x) == WordKind.Number || lexicon.Kind(y) == WordKind.Number || (lexicon.Kind(x) == WordKind.Country && lexicon.Kind(y) == WordKind.Country))
        {
            return 0;
        }

        string a = lexicon.Text(x);
        string b = lexicon.Text(y);
        if (a.Length == 1 || b.Length == 1)
        {
            return a[0] == b[0] && a.Length != b.Length ? InitialBits : 0;
        }

        if (a is [.., 's'] && b.Length > 3 && a.Length == b.Length + 1 && a.AsSpan(0, b.Length).SequenceEqual(b)
            || b is [.., 's'] && a.Length > 3 && b.Length == a.Length + 1 && b.AsSpan(0, a.Length).SequenceEqual(a))
        {
            return Math.Min(lexicon.Bits(x), lexicon.Bits(y));
        }

        int longest = Math.Max(a.Length, b.Length);
        int most = longest < ShortestTyped ? 0 : longest >= (inContext ? LongInContext : Long) ? 2 : 1;
        return most > 0 && BitOperations.PopCount(lexicon.Letters(x) ^ lexicon.Letters(y)) <= 2 * most && EditDistance.Within(a, b, most)
            ? TypedWrong * Math.Min(lexicon.Bits(x), lexicon.Bits(y))
            : 0;
    }

    /// <summary>Two neighbouring words of <paramref name="split"/> that are one word of <paramref name="whole"/>.</summary>
    private float Joined(ReadOnlySpan<int> split, ReadOnlySpan<int> whole, Span<bool> usedSplit, Span<bool> usedWhole)
    {
        float matched = 0;
        for (int i = 0; i + 1 < usedSplit.Length; i++)
        {
            for (int j = 0; j < usedWhole.Length && !usedSplit[i] && !usedSplit[i + 1]; j++)
            {
                if (!usedWhole[j] && IsJoin(lexicon.Text(split[i]), lexicon.Text(split[i + 1]), lexicon.Text(whole[j])))
                {
                    usedSplit[i] = usedSplit[i + 1] = usedWhole[j] = true;
                    matched += lexicon.Bits(whole[j]);
                }
            }
        }

        return matched;
    }

    private static bool IsJoin(string first, string second, string whole) =>
        whole.Length == first.Length + second.Length && whole.StartsWith(first, StringComparison.Ordinal) && whole.EndsWith(second, StringComparison.Ordinal);

    /// <summary>A word of three letters or more that is the initials of all words the other name has left, or of all its words.</summary>
    private float Acronym(ReadOnlySpan<int> letters, ReadOnlySpan<int> words, Span<bool> usedLetters, Span<bool> usedWords)
    {
        for (int i = 0; i < usedLetters.Length; i++)
        {
            string word = lexicon.Text(letters[i]);
            if (usedLetters[i] || word.Length < 3 || usedWords.Count(false) != word.Length)
            {
                continue;
            }

            int at = 0;
            for (int j = 0; j < usedWords.Length; j++)
            {
                at += !usedWords[j] && lexicon.Text(words[j])[0] == word[at] ? 1 : 0;
            }

            if (at == word.Length)
            {
                usedLetters[i] = true;
                usedWords.Fill(true);
                return InitialBits * word.Length / 2;
            }
        }

        return 0;
    }

    /// <summary>The same letters with the spaces elsewhere, with at most one typing error in eight letters or more.</summary>
    private bool Squeezed(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        if (a.IsEmpty || b.IsEmpty || a.Length > 4 || b.Length > 4 || (a.Length == 1 && b.Length == 1))
        {
            return false;
        }

        string one = Squeeze(a);
        string other = Squeeze(b);
        return one.Length >= 8 && other.Length >= 8 && !Numerals.HasDigit(one) && !Numerals.HasDigit(other) && EditDistance.Within(one, other, 1);
    }

    private string Squeeze(ReadOnlySpan<int> words)
    {
        string text = "";
        foreach (int word in words)
        {
            text += lexicon.Text(word);
        }

        return text;
    }

    private float Whole(ReadOnlySpan<int> a, ReadOnlySpan<int> b, Span<bool> usedA, Span<bool> usedB)
    {
        float bits = Math.Min(Rest(a, usedA, out _, out _), Rest(b, usedB, out _, out _));
        usedA.Fill(true);
        usedB.Fill(true);
        return TypedWrong * bits;
    }

    /// <summary>Bits of the words left over; of them those of numbers and countries, which are never left out by chance.</summary>
    private float Rest(ReadOnlySpan<int> words, Span<bool> used, out int numbers, out float named)
    {
        float rest = 0;
        numbers = 0;
        named = 0;
        for (int i = 0; i < used.Length; i++)
        {
            if (used[i])
            {
                continue;
            }

            WordKind kind = lexicon.Kind(words[i]);
            rest += lexicon.Bits(words[i]);
            numbers += kind == WordKind.Number ? 1 : 0;
            named += kind is WordKind.Number or WordKind.Country ? lexicon.Bits(words[i]) : 0;
        }

        return rest;
    }
}
