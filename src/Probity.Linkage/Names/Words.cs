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

    /// <summary>Appends the words of a text.</summary>
    public static void Read(string text, List<string> words)
    {
        Span<char> word = stackalloc char[MostLetters];
        int length = 0;
        bool initials = false;
        for (int i = 0; i < text.Length && words.Count < Most; i++)
        {
            char character = text[i];
            if (Letter(character))
            {
                if (length > 0 && ShoutedEnd(text, i))
                {
                    Close(word, ref length, words);
                }

                Append(character, word, ref length);
                continue;
            }

            if (Silent(text, i) || (character == '.' && Initial(text, i, ref initials)))
            {
                continue;
            }

            initials = false;
            Close(word, ref length, words);
            if (character is '&' or '+')
            {
                words.Add("and");
            }
        }

        Close(word, ref length, words);
    }

    private static bool Letter(char character) =>
        character < 128 ? char.IsAsciiLetterOrDigit(character) : char.IsLetterOrDigit(character) || Transliteration.Of(character) is not null;

    private static void Append(char character, Span<char> word, ref int length)
    {
        if (character < 128)
        {
            Put((char)(char.IsAsciiLetterUpper(character) ? character | 0x20 : character), word, ref length);
            return;
        }

        if (Transliteration.Of(character) is not { } letters)
        {
            Put(char.ToLowerInvariant(character), word, ref length);
            return;
        }

        foreach (char letter in letters)
        {
            Put(letter, word, ref length);
        }
    }

    private static void Put(char letter, Span<char> word, ref int length)
    {
        if (length < word.Length)
        {
            word[length++] = letter;
        }
    }

    private static void Close(Span<char> word, ref int length, List<string> words)
    {
        if (length > 0)
        {
            words.Add(word[..length].ToString());
            length = 0;
        }
    }

    /// <summary>An apostrophe of any shape, or a question mark between letters: what a lossy encoding leaves of one.</summary>
    private static bool Silent(string text, int at) => text[at] switch
    {
        '\'' or '’' or '‘' or '`' or '´' or 'ʼ' or '"' when Between(text, at) => true,
        '?' => Between(text, at),
        _ => false,
    };

    private static bool Between(string text, int at) =>
        at > 0 && at + 1 < text.Length && char.IsLetter(text[at - 1]) && char.IsLetter(text[at + 1]);

    /// <summary>A dot after a letter that stands alone, with another letter and dot (or the end) behind it.</summary>
    private static bool Initial(string text, int at, ref bool initials)
    {
        bool alone = at > 0 && char.IsLetter(text[at - 1]) && (at == 1 || !char.IsLetterOrDigit(text[at - 2]));
        bool next = at + 1 < text.Length && char.IsLetter(text[at + 1]) && (at + 2 == text.Length || !char.IsLetterOrDigit(text[at + 2]));
        initials = alone && next;
        return initials;
    }

    /// <summary>"SiemensAG": capitals to the end of a word that began otherwise.</summary>
    private static bool ShoutedEnd(string text, int at)
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
