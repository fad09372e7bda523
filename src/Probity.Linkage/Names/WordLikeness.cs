namespace Probity.Linkage;

/// <summary>Matches words of two names that are not equal. What is left unmatched is kept as one bit a word, the first word lowest.</summary>
internal sealed class WordLikeness(Lexicon lexicon)
{
    private const float TypedWrong = 0.8f;
    private const float InitialBits = 4;

    /// <summary>Letters from which a word may hold one typing error, and two; two already in shorter words where the rest agrees.</summary>
    private const int ShortestTyped = 5;
    private const int Long = 9;
    private const int LongInContext = 6;

    /// <summary>Bits of agreement that make the rest of a name a context.</summary>
    private const float Context = 12;

    /// <summary>Pairs of words left over that are looked at for typing errors: two names with more, sixteen words each, are other names.</summary>
    private const int MostNear = 256;

    /// <summary>Words of a name whose spaces may stand elsewhere.</summary>
    private const int MostSqueezed = 4;

    /// <summary>Bits of all that agrees, the equal words' among them.</summary>
    public float Further(ReadOnlySpan<WordUse> a, ReadOnlySpan<WordUse> b, float matched, ref ulong leftA, ref ulong leftB)
    {
        matched += Joined(a, b, ref leftA, ref leftB) + Joined(b, a, ref leftB, ref leftA);
        if (leftA != 0 && leftB != 0 && System.Numerics.BitOperations.PopCount(leftA) * System.Numerics.BitOperations.PopCount(leftB) <= MostNear)
        {
            matched += Near(a, b, matched >= Context, ref leftA, ref leftB);
        }

        int shortest = matched >= Context ? 2 : 3;
        matched += Acronym(a, b, shortest, ref leftA, ref leftB) + Acronym(b, a, shortest, ref leftB, ref leftA);
        if (matched <= 0 && Squeezed(a, b))
        {
            matched = TypedWrong * Math.Min(Total(a), Total(b));
            leftA = leftB = 0;
        }

        return matched;
    }

    private float Near(ReadOnlySpan<WordUse> a, ReadOnlySpan<WordUse> b, bool inContext, ref ulong leftA, ref ulong leftB)
    {
        float matched = 0;
        for (int i = 0; i < a.Length; i++)
        {
            for (int j = 0; j < b.Length && IsLeft(leftA, i); j++)
            {
                if (IsLeft(leftB, j) && NearBits(a[i], b[j], inContext) is > 0 and var bits)
                {
                    leftA &= ~(1UL << i);
                    leftB &= ~(1UL << j);
                    matched += bits;
                }
            }
        }

        return matched;
    }

    private float NearBits(in WordUse x, in WordUse y, bool inContext)
    {
        if (x.Length == 1 || y.Length == 1)
        {
            return x.Length != y.Length && MayDiffer(x, y) && lexicon.Text(x.Id)[0] == lexicon.Text(y.Id)[0] ? InitialBits : 0;
        }

        if (Math.Abs(x.Length - y.Length) is 2 or 3 && (WithParticle(x, y) || WithParticle(y, x)))
        {
            return Math.Min(x.Bits, y.Bits);
        }

        int longest = Math.Max(x.Length, y.Length);
        int most = longest < ShortestTyped ? 0 : longest >= (inContext ? LongInContext : Long) ? 2 : 1;
        if (WordUse.Far(x, y, Math.Max(1, most)) || !MayDiffer(x, y))
        {
            return 0;
        }

        ReadOnlySpan<char> a = lexicon.Text(x.Id);
        ReadOnlySpan<char> b = lexicon.Text(y.Id);
        return IsPlural(a, b) || IsPlural(b, a) ? Math.Min(x.Bits, y.Bits)
            : most > 0 && EditDistance.Within(a, b, most) ? TypedWrong * Math.Min(x.Bits, y.Bits)
            : 0;
    }

    /// <summary>A word with a particle written to it that is left out where it stands apart: "DePriest" and "De Priest".</summary>
    private bool WithParticle(in WordUse whole, in WordUse word)
    {
        if (whole.Length <= word.Length || word.Length < ShortestTyped || (word.Letters & ~whole.Letters) != 0 || !MayDiffer(whole, word))
        {
            return false;
        }

        ReadOnlySpan<char> text = lexicon.Text(whole.Id);
        return text.EndsWith(lexicon.Text(word.Id)) && Vocabulary.Find(text[..^word.Length]) is { LeftOut: true };
    }

    private static bool MayDiffer(in WordUse x, in WordUse y) =>
        x.Kind != WordKind.Number && y.Kind != WordKind.Number && !(x.Kind == WordKind.Country && y.Kind == WordKind.Country);

    private static bool IsPlural(ReadOnlySpan<char> plural, ReadOnlySpan<char> word) =>
        word.Length > 3 && plural.Length == word.Length + 1 && plural[^1] == 's' && plural.StartsWith(word);

    /// <summary>Two neighbouring words of <paramref name="split"/> that are one word of <paramref name="whole"/>.</summary>
    private float Joined(ReadOnlySpan<WordUse> split, ReadOnlySpan<WordUse> whole, ref ulong leftSplit, ref ulong leftWhole)
    {
        float matched = 0;
        for (int i = 0; i + 1 < split.Length; i++)
        {
            ulong both = 3UL << i;
            for (int j = 0; j < whole.Length && (leftSplit & both) == both; j++)
            {
                if (IsLeft(leftWhole, j) && whole[j].Length == split[i].Length + split[i + 1].Length && IsJoin(lexicon.Text(split[i].Id), lexicon.Text(split[i + 1].Id), lexicon.Text(whole[j].Id)))
                {
                    leftSplit &= ~both;
                    leftWhole &= ~(1UL << j);
                    matched += whole[j].Bits;
                }
            }
        }

        return matched;
    }

    private static bool IsJoin(ReadOnlySpan<char> first, ReadOnlySpan<char> second, ReadOnlySpan<char> whole) =>
        whole.StartsWith(first) && whole.EndsWith(second);

    /// <summary>A word of three letters or more, or of two in a context, that is the initials of all words the other name has left.</summary>
    private float Acronym(ReadOnlySpan<WordUse> letters, ReadOnlySpan<WordUse> words, int shortest, ref ulong leftLetters, ref ulong leftWords)
    {
        int left = System.Numerics.BitOperations.PopCount(leftWords);
        for (int i = 0; i < letters.Length && left >= shortest; i++)
        {
            if (!IsLeft(leftLetters, i) || letters[i].Length != left)
            {
                continue;
            }

            ReadOnlySpan<char> word = lexicon.Text(letters[i].Id);
            int at = 0;
            for (int j = 0; j < words.Length; j++)
            {
                at += IsLeft(leftWords, j) && lexicon.Text(words[j].Id)[0] == word[at] ? 1 : 0;
                if (at == word.Length)
                {
                    leftLetters &= ~(1UL << i);
                    leftWords = 0;
                    return InitialBits * word.Length / 2;
                }
            }
        }

        return 0;
    }

    /// <summary>The same letters with the spaces elsewhere, with at most one typing error in eight letters or more.</summary>
    private bool Squeezed(ReadOnlySpan<WordUse> a, ReadOnlySpan<WordUse> b)
    {
        if (a.IsEmpty || b.IsEmpty || a.Length > MostSqueezed || b.Length > MostSqueezed || (a.Length == 1 && b.Length == 1))
        {
            return false;
        }

        WordUse one = AsOne(a);
        WordUse other = AsOne(b);
        return Math.Min(one.Length, other.Length) >= 8 && one.Kind != WordKind.Number && other.Kind != WordKind.Number
            && !WordUse.Far(one, other, 1) && SameLetters(a, b);
    }

    /// <summary>What is known of words written as one, without writing them.</summary>
    private static WordUse AsOne(ReadOnlySpan<WordUse> words)
    {
        var one = new WordUse(0, 0, 0, 0, WordKind.Telling);
        foreach (WordUse word in words)
        {
            one = one with { Letters = one.Letters | word.Letters, Length = (byte)(one.Length + word.Length), Kind = word.Kind == WordKind.Number ? word.Kind : one.Kind };
        }

        return one;
    }

    private bool SameLetters(ReadOnlySpan<WordUse> a, ReadOnlySpan<WordUse> b)
    {
        Span<char> one = stackalloc char[MostSqueezed * Words.MostLetters];
        Span<char> other = stackalloc char[MostSqueezed * Words.MostLetters];
        return EditDistance.Within(one[..Squeeze(a, one)], other[..Squeeze(b, other)], 1);
    }

    private int Squeeze(ReadOnlySpan<WordUse> words, Span<char> text)
    {
        int length = 0;
        foreach (WordUse word in words)
        {
            ReadOnlySpan<char> letters = lexicon.Text(word.Id);
            letters.CopyTo(text[length..]);
            length += letters.Length;
        }

        return length;
    }

    private static float Total(ReadOnlySpan<WordUse> words)
    {
        float total = 0;
        foreach (WordUse word in words)
        {
            total += word.Bits;
        }

        return total;
    }

    private static bool IsLeft(ulong left, int word) => (left & (1UL << word)) != 0;
}
