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
        NameWords a = Read(one, lexicon);
        NameWords b = Read(other, lexicon);
        lexicon.Weigh(0);
        if (a.Words.Length == 0 || b.Words.Length == 0)
        {
            return default;
        }

        NameEvidence evidence = new NameComparison(lexicon).Compare(a, b);
        bool clash = evidence.NumbersClash || evidence.FormsClash;
        double bits = ((evidence.Similarity - EvenSimilarity) * 10 * BitsPerTenth) - (clash ? ClashBits : 0);
        return new NamePair(1 / (1 + Math.Pow(2, -bits)), evidence.Similarity, evidence.NumbersClash, evidence.FormsClash);
    }

    private static NameWords Read(string text, Lexicon lexicon)
    {
        OrganisationName name = OrganisationName.Read(text);
        return new NameWords([.. name.Words.Select(lexicon.Intern)], name.Form);
    }
}
