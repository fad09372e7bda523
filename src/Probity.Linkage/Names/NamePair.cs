namespace Probity.Linkage;

/// <summary>
/// Two names of organisations and nothing else: how likely they mean the same one, without any corpus. Names alone cannot tell two firms
/// of one name apart; this is for ranking and for search, a register links on more than names.
/// </summary>
/// <param name="Probability">0 to 1; the published threshold is <see cref="Threshold"/>.</param>
/// <param name="Similarity">0 to 1: the share of what the names say that agrees, conflicts counted twice, omissions half.</param>
/// <param name="NumbersClash">True where the names hold different numbers or ordinals, which vetoes a match.</param>
/// <param name="FormsClash">True where one name is a company's and the other that of a body without owners or of the state.</param>
public readonly record struct NamePair(double Probability, double Similarity, bool NumbersClash, bool FormsClash)
{
    /// <summary>The probability from which two names count as one.</summary>
    public const double Threshold = 0.5;

    /// <summary>The similarity at which match and no match are equally likely, and the bits of evidence a tenth above or below it is worth.</summary>
    private const double EvenSimilarity = 0.775;
    private const double BitsPerTenth = 2.5;
    private const double ClashBits = 10;

    /// <summary>Compares two names. Empty names match nothing.</summary>
    public static NamePair Compare(string one, string other)
    {
        var lexicon = new Lexicon();
        (List<int> a, LegalFormClass formA) = Read(one, lexicon);
        (List<int> b, LegalFormClass formB) = Read(other, lexicon);
        if (a.Count == 0 || b.Count == 0)
        {
            return default;
        }

        lexicon.Weigh(WordRarity.OfCorpus(0));
        NameEvidence evidence = new NameComparison(lexicon).Compare(new NameWords(Weighed(a, lexicon), formA), new NameWords(Weighed(b, lexicon), formB));
        bool clash = evidence.NumbersClash || evidence.FormsClash;
        double bits = ((evidence.Similarity - EvenSimilarity) * 10 * BitsPerTenth) - (clash ? ClashBits : 0);
        return new NamePair(1 / (1 + Math.Pow(2, -bits)), evidence.Similarity, evidence.NumbersClash, evidence.FormsClash);
    }

    private static (List<int> Words, LegalFormClass Form) Read(string text, Lexicon lexicon)
    {
        OrganisationName name = OrganisationName.Read(text);
        return ([.. name.Words.Select(word => lexicon.Intern(word))], name.Form);
    }

    private static WordUse[] Weighed(List<int> words, Lexicon lexicon) => [.. words.Select(lexicon.Use)];
}
