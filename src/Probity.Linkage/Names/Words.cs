namespace Probity.Linkage;

/// <summary>
/// Splits a text into words of lower-case letters and digits, transliterated. Apostrophes and dots inside initials vanish ("A.B.C." is
/// "abc", "Children's" is "childrens"); "&amp;" and "+" become "and"; every other sign separates.
/// </summary>
internal static class Words
{
    /// <summary>Words of one text that are looked at; a longer text is cut, so that no input can make a comparison slow.</summary>
    public const int Most = 48;

    /// <summary>Characters of one word that are looked at.</summary>
    public const int MostLetters = 40;

    /// <summary>What each character of ASCII becomes in a word; 0 where it stands in none.</summary>
    private static readonly byte[] Plain = PlainLetters();

    /// <summary>Appends the words of a text; beyond <see cref="Most"/> the rest is left out.</summary>
    public static void Read(ReadOnlySpan<char> text, WordList words)
    {
        int length = 0;
        Span<char> word = words.Free();
        for (int i = 0; i < text.Length && !words.IsFull; i++)
        {
            char character = text[i];
            if (character < 128 && Plain[character] is > 0 and var letter)
            {
                if (length > 0 && letter != character && ShoutedEnd(text, i))
                {
                    words.Close(length);
                    word = words.Free();
                    length = 0;
                }

                length = Put((char)letter, word, length);
            }
            else if (character >= 128 && Letter(character))
            {
                length = Append(character, word, length);
            }
            else if (!Silent(text, i) && !(character == '.' && Initial(text, i)))
            {
                words.Close(length);
                if (character is '&' or '+')
                {
                    words.Add("and");
                }

                word = words.Free();
                length = 0;
            }
        }

        words.Close(length);
    }

    private static byte[] PlainLetters()
    {
        byte[] letters = new byte[128];
        for (char character = '\0'; character < letters.Length; character++)
        {
            letters[character] = (byte)(char.IsAsciiLetterOrDigit(character) ? char.ToLowerInvariant(character) : 0);
        }

        return letters;
    }

    private static bool Letter(char character) => char.IsLetterOrDigit(character) || Transliteration.Of(character) is not null;

    private static int Append(char character, Span<char> word, int length)
    {
        if (Transliteration.Of(character) is not { } letters)
        {
            return Put(char.ToLowerInvariant(character), word, length);
        }

        foreach (char letter in letters)
        {
            length = Put(letter, word, length);
        }

        return length;
    }

    private static int Put(char letter, Span<char> word, int length)
    {
        if (length < MostLetters)
        {
            word[length++] = letter;
        }

        return length;
    }

    /// <summary>An apostrophe of any shape, or a question mark between letters: what a lossy encoding leaves of one.</summary>
    private static bool Silent(ReadOnlySpan<char> text, int at) => text[at] switch
    {
        '\'' or '’' or '‘' or '`' or '´' or 'ʼ' or '"' when Between(text, at) => true,
        '?' => Between(text, at),
        _ => false,
    };

    private static bool Between(ReadOnlySpan<char> text, int at) =>
        at > 0 && at + 1 < text.Length && char.IsLetter(text[at - 1]) && char.IsLetter(text[at + 1]);

    /// <summary>A dot after a letter that stands alone, with another letter and dot (or the end) behind it.</summary>
    private static bool Initial(ReadOnlySpan<char> text, int at)
    {
        bool alone = at > 0 && char.IsLetter(text[at - 1]) && (at == 1 || !char.IsLetterOrDigit(text[at - 2]));
        return alone && at + 1 < text.Length && char.IsLetter(text[at + 1]) && (at + 2 == text.Length || !char.IsLetterOrDigit(text[at + 2]));
    }

    /// <summary>"SiemensAG": capitals to the end of a word that began otherwise.</summary>
    private static bool ShoutedEnd(ReadOnlySpan<char> text, int at)
    {
        if (!char.IsAsciiLetterUpper(text[at]) || at == 0 || !char.IsAsciiLetterLower(text[at - 1]))
        {
            return false;
        }

        int end = at;
        while (end < text.Length && char.IsAsciiLetterUpper(text[end]))
        {
            end++;
        }

        return end - at >= 2 && (end == text.Length || !char.IsLetterOrDigit(text[end]));
    }
}
