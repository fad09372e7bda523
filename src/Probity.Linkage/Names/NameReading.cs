using System.Globalization;

namespace Probity.Linkage;

/// <summary>Takes names apart, one after the other, without allocating. Owned by one thread.</summary>
internal sealed class NameReading
{
    /// <summary>Forms that stand for themselves wherever they stand in a name.</summary>
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Unmistakable =
        new HashSet<string>(["gmbh", "ag", "ltd", "llc", "inc", "limited", "plc", "corp", "ooo", "oao", "pao", "zao", "jsc", "sarl"], StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly WordList _words = new();
    private readonly KnownWord?[] _known = new KnownWord?[(2 * Words.Most) + 4];
    private readonly int[] _rest = new int[(2 * Words.Most) + 4];
    private LegalFormClass _form;

    /// <summary>The words of the last name in one spelling, in order, without legal form and filler; numbers as digits.</summary>
    public WordList Content { get; } = new();

    /// <summary>Whether the last name was empty, or nothing but legal forms and filler: it says nothing of whose it is.</summary>
    public bool IsBare { get; private set; }

    /// <summary>Reads a name into <see cref="Content"/> and answers the class of its legal form; of two, the first from the end.</summary>
    public LegalFormClass Read(ReadOnlySpan<char> text)
    {
        _words.Clear();
        Content.Clear();
        Words.Read(text, _words);
        for (int i = 0; i < _words.Count; i++)
        {
            _known[i] = Vocabulary.Find(_words[i]);
        }

        int read = _words.Count;
        _form = LegalFormClass.None;
        int rest = WithoutForm();
        bool form = rest > 0 && FormAt(_rest[0], _rest[0] + rest, out _) == rest;
        Spell(rest);
        bool empty = Content.Count == 0;
        IsBare = empty || form;
        for (int i = 0; empty && i < read; i++)
        {
            Content.Add(_words[i]);
        }

        return _form;
    }

    private void Spell(int rest)
    {
        Span<char> digits = stackalloc char[12];
        for (int i = 0; i < rest; i++)
        {
            ReadOnlySpan<char> word = _words[_rest[i]];
            KnownWord? known = _known[_rest[i]];
            int number = NumberAt(i, rest, out i);
            if (number > 0)
            {
                number.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture);
                Content.Add(digits[..length]);
            }
            else if (known is { BeginsPlace: true } && PlaceAt(i, rest, out int taken) is { } place)
            {
                Content.Add(place);
                i += taken - 1;
            }
            else if (known is not { LeftOut: true })
            {
                Content.Add(Spelling(Numerals.Ordinal(word), known));
            }
        }
    }

    /// <summary>The one spelling of a country, or of a union of countries, of two words; null where none begins.</summary>
    private string? PlaceAt(int at, int rest, out int taken)
    {
        taken = 2;
        if (at + 1 >= rest || Vocabulary.Place(_words[_rest[at]], _words[_rest[at + 1]]) is not { } place)
        {
            return null;
        }

        bool america = place == "usa" && at + 3 < rest && _words[_rest[at + 2]] is "of" && _words[_rest[at + 3]] is "america";
        bool emirates = place == "uae" && at + 2 < rest && _words[_rest[at + 2]] is "emirates";
        taken += america ? 2 : emirates ? 1 : 0;
        return place;
    }

    private static ReadOnlySpan<char> Spelling(ReadOnlySpan<char> word, KnownWord? known)
    {
        if (known?.Spelling is { } one)
        {
            return one;
        }

        return word.EndsWith("isation", StringComparison.Ordinal) ? string.Concat(word[..^7], "ization") : word;
    }

    /// <summary>The number that the word at a place stands for; 0 where it is a word like any other.</summary>
    private int NumberAt(int at, int rest, out int last)
    {
        last = at;
        ReadOnlySpan<char> word = _words[_rest[at]];
        KnownWord? known = _known[_rest[at]];
        if (known is { Number: > 0 })
        {
            int unit = known.Number >= 20 && at + 1 < rest ? Numerals.UnitOf(_words[_rest[at + 1]], _known[_rest[at + 1]]) : 0;
            last += unit > 0 ? 1 : 0;
            return known.Number + unit;
        }

        return at == 0 ? 0 : known is { Roman: > 0 } ? known.Roman : at == rest - 1 ? Numerals.LetterOf(word) : 0;
    }

    /// <summary>Fills the places of the words that are no form; how many there are.</summary>
    private int WithoutForm()
    {
        int start = 0;
        int end = _words.Count;
        while (end > start && FormEndingAt(start, end, out LegalFormClass last) is > 0 and var length && length < end - start)
        {
            _form = _form is LegalFormClass.None or LegalFormClass.Company ? last : _form;
            end -= length;
        }

        while (start < end && FormAt(start, end, out LegalFormClass first) is > 0 and var length && length < end - start && (Leads(first, length) || _words[start] is "ano"))
        {
            _form = _form == LegalFormClass.None ? first : _form;
            start += length;
        }

        int rest = 0;
        for (int i = start; i < end; i++)
        {
            if (!IsFormInside(i, start, end))
            {
                _rest[rest++] = Stripped(i);
            }
        }

        return rest;
    }

    private bool IsFormInside(int at, int start, int end)
    {
        if (at > start && _known[at] is { BeginsForm: true } && Unmistakable.Contains(_words[at]) && FormAt(at, end, out LegalFormClass middle) > 0)
        {
            _form = _form == LegalFormClass.None ? middle : _form;
            return true;
        }

        return false;
    }

    /// <summary>The place of a word without a form written into it; a new word where one was.</summary>
    private int Stripped(int at)
    {
        ReadOnlySpan<char> word = LegalForms.Strip(_words[at], out LegalFormClass inside);
        if (inside == LegalFormClass.None)
        {
            return at;
        }

        _form = _form == LegalFormClass.None ? inside : _form;
        _words.Add(word);
        _known[_words.Count - 1] = null;
        return _words.Count - 1;
    }

    /// <summary>A form before the name: those of several words or of capitals, not "Partnership for Learning".</summary>
    private static bool Leads(LegalFormClass form, int length) =>
        length > 1 || form is LegalFormClass.Limited or LegalFormClass.Stock or LegalFormClass.ContinentalLimited or LegalFormClass.ContinentalStock or LegalFormClass.State;

    private int FormAt(int at, int end, out LegalFormClass form)
    {
        form = LegalFormClass.None;
        return _known[at] is { BeginsForm: true } ? LegalForms.LengthAt(_words, at, end, out form) : 0;
    }

    private int FormEndingAt(int start, int end, out LegalFormClass form)
    {
        for (int at = Math.Max(start, end - 6); at < end; at++)
        {
            int length = FormAt(at, end, out form);
            if (length > 0 && at + length == end)
            {
                return form is LegalFormClass.Nonprofit or LegalFormClass.Cooperative && length == 1 && _words[at].Length > 4 ? 0 : length;
            }
        }

        return LegalForms.MistypedEnd(_words, start, end, out form);
    }
}
