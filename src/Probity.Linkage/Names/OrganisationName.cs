namespace Probity.Linkage;

/// <summary>A name taken apart.</summary>
/// <param name="Words">Its words in one spelling, in order, without legal form and filler; numbers as digits. At least one unless the name is empty.</param>
/// <param name="Form">The class of its legal form; of two, the first from the end.</param>
internal readonly record struct OrganisationName(List<string> Words, LegalFormClass Form)
{
    /// <summary>Reads a name. Never fails: a name of only a legal form or of only filler keeps its words.</summary>
    public static OrganisationName Read(string text)
    {
        var reading = new NameReading();
        LegalFormClass form = reading.Read(text);
        var words = new List<string>(reading.Content.Count);
        for (int i = 0; i < reading.Content.Count; i++)
        {
            words.Add(reading.Content[i].ToString());
        }

        return new OrganisationName(words, form);
    }
}
