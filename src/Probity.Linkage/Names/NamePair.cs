using Probity.Evidence.Analysis;

namespace Probity.Linkage;

/// <summary>
/// Two names of organisations and nothing else: how likely they mean the same one, without any corpus. Names alone cannot tell two firms
/// of one name apart; this is for ranking and for search, a register links on more than names.
/// </summary>
/// <param name="Probability">0 to 1; the published threshold is <see cref="Threshold"/>.</param>
/// <param name="Similarity">0 to 1: the share of what the names say that agrees, conflicts counted twice, omissions half.</param>
/// <param name="NumbersClash">True where the names hold different numbers or ordinals, which vetoes a match.</param>
/// <param name="FormsClash">True where one name is a company's and the other that of a body without owners or of the state, or the forms are different ones of one law.</param>
public readonly record struct NamePair(double Probability, double Similarity, bool NumbersClash, bool FormsClash)
{
    /// <summary>The probability from which two names count as one.</summary>
    public const double Threshold = 0.5;

    /// <summary>The similarity at which match and no match are equally likely, and the bits of evidence a tenth above or below it is worth.</summary>
    private const double EvenSimilarity = 0.775;
    private const double BitsPerTenth = 2.5;
    private const double ClashBits = 10;

    /// <summary>What is left of the similarity where one name alone has a remark in brackets, such as a town, and that is passed over.</summary>
    private const double WithoutRemark = 0.9;

    /// <summary>Compares two names. Empty names match nothing.</summary>
    public static NamePair Compare(string one, string other)
    {
        NamePair whole = Compare(one, other, 1);
        (string a, string b) = (NameRemark.Without(one), NameRemark.Without(other));
        bool remark = (a == one) != (b == other);
        return remark && Compare(a, b, WithoutRemark) is var without && without.Probability > whole.Probability ? without : whole;
    }

    private static NamePair Compare(string one, string other, double share)
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
        bool formsClash = evidence.FormsClash || evidence.FormsDiffer;
        bool clash = evidence.NumbersClash || formsClash;
        double similarity = evidence.Similarity * share;
        double bits = ((similarity - EvenSimilarity) * 10 * BitsPerTenth) - (clash ? ClashBits : 0);
        return new NamePair(1 / (1 + Elementary.Pow(2, -bits)), similarity, evidence.NumbersClash, formsClash);
    }

    private static (List<int> Words, LegalFormClass Form) Read(string text, Lexicon lexicon)
    {
        OrganisationName name = OrganisationName.Read(text);
        return ([.. name.Words.Select(word => lexicon.Intern(word))], name.Form);
    }

    private static WordUse[] Weighed(List<int> words, Lexicon lexicon) => [.. words.Select(lexicon.Use)];
}
