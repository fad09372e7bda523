namespace Probity.Linkage;

/// <summary>A name taken apart.</summary>
/// <param name="Words">Its words in one spelling, in order, without legal form and filler; numbers as digits. At least one unless the name is empty.</param>
/// <param name="Form">The class of its legal form; of two, the first from the end.</param>
internal readonly record struct OrganisationName(List<string> Words, LegalFormClass Form)
{
    private static readonly HashSet<string> Unmistakable = ["gmbh", "ag", "ltd", "llc", "inc", "limited", "plc", "corp", "ooo", "oao", "pao", "zao", "jsc", "sarl"];

    /// <summary>Reads a name. Never fails: a name of only a legal form or of only filler keeps its words.</summary>
    public static OrganisationName Read(string text)
    {
        var words = new List<string>(8);
        Linkage.Words.Read(text, words);
        List<string> rest = WithoutForm(words, out LegalFormClass form);
        var content = new List<string>(rest.Count);
        for (int i = 0; i < rest.Count; i++)
        {
            if (Numerals.At(rest, i, out int taken) is { } number)
            {
                content.Add(number);
                i += taken - 1;
            }
            else if (!Vocabulary.IsLeftOut(rest[i]))
            {
                content.Add(Vocabulary.Spelling(Numerals.Ordinal(rest[i])));
            }
        }

        return new OrganisationName(content.Count > 0 ? content : words, form);
    }

    private static List<string> WithoutForm(List<string> words, out LegalFormClass form)
    {
        form = LegalFormClass.None;
        int start = 0;
        int end = words.Count;
        while (end > start && FormEndingAt(words, start, end, out LegalFormClass last) is > 0 and var length && length < end - start)
        {
            form = form == LegalFormClass.None || form == LegalFormClass.Company ? last : form;
            end -= length;
        }

        while (start < end && LegalForms.LengthAt(words, start, out LegalFormClass first) is > 0 and var length && length < end - start && (Leads(first, length) || words[start] == "ano"))
        {
            form = form == LegalFormClass.None ? first : form;
            start += length;
        }

        var rest = new List<string>(end - start);
        for (int i = start; i < end; i++)
        {
            string word = LegalForms.Strip(words[i], out LegalFormClass inside);
            form = form == LegalFormClass.None ? inside : form;
            if (i > start && Unmistakable.Contains(word) && LegalForms.LengthAt(words, i, out LegalFormClass middle) > 0)
            {
                form = form == LegalFormClass.None ? middle : form;
                continue;
            }

            rest.Add(word);
        }

        return rest;
    }

    /// <summary>A form before the name: those of several words or of capitals, not "Partnership for Learning".</summary>
    private static bool Leads(LegalFormClass form, int length) =>
        length > 1 || form is LegalFormClass.Limited or LegalFormClass.Stock or LegalFormClass.State;

    private static int FormEndingAt(List<string> words, int start, int end, out LegalFormClass form)
    {
        form = LegalFormClass.None;
        for (int at = Math.Max(start, end - 6); at < end; at++)
        {
            int length = LegalForms.LengthAt(words, at, out LegalFormClass found);
            if (length > 0 && at + length == end)
            {
                form = found;
                return found is LegalFormClass.Nonprofit or LegalFormClass.Cooperative && length == 1 && words[at].Length > 4 ? 0 : length;
            }
        }

        return LegalForms.MistypedEnd(words, start, end, out form);
    }
}
