using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>What a person judged of two records.</summary>
public enum Verdict
{
    /// <summary>One organisation.</summary>
    Same,

    /// <summary>Two organisations.</summary>
    NotSame,

    /// <summary>It cannot be told: the score decides, and the pair is not asked about again.</summary>
    Unsure,
}

/// <summary>
/// A person's judgement of two records. It outranks any score and any veto but that of two valid numbers of one exclusive scheme, lasts until it is
/// revoked, and of several of one pair the latest counts.
/// </summary>
/// <param name="One">A record.</param>
/// <param name="Other">Another.</param>
/// <param name="Verdict">What was judged.</param>
/// <param name="Author">Who judged: a role-holder of the authority; not empty.</param>
/// <param name="Reason">Why, in words; not empty.</param>
/// <param name="Order">The place in the ledger: of two judgements of one pair the higher counts.</param>
/// <param name="Revoked">True where this entry takes the pair's judgements back: the score decides again.</param>
public sealed record RecordJudgement(RecordId One, RecordId Other, Verdict Verdict, string Author, string Reason, long Order, bool Revoked)
{
    /// <summary>Those that count: the latest of each pair, where it does not take back what was judged.</summary>
    /// <param name="judgements">In ledger order.</param>
    public static IEnumerable<RecordJudgement> InForce(IEnumerable<RecordJudgement> judgements) =>
        judgements.GroupBy(judged => judged.One < judged.Other ? (judged.One, judged.Other) : (judged.Other, judged.One)).Select(pair => pair.Last()).Where(judged => !judged.Revoked);

    /// <summary>Whether another judgement is of the same two records, in whichever order.</summary>
    public bool IsOfPair(RecordJudgement other) => (One == other.One && Other == other.Other) || (One == other.Other && Other == other.One);
}

/// <summary>
/// Judgements that cannot all be true: a chain of "same" between two records that were judged "not the same", or that carry different valid numbers of
/// one exclusive scheme. Shown to people, never resolved in silence: none of the "same" judgements of the chain joins anything until one of them
/// is revoked, or the numbers change.
/// </summary>
public abstract record Contradiction
{
    private Contradiction(IReadOnlyList<RecordJudgement> chain) => Chain = chain;

    /// <summary>The judgements of the group that would join the records, in ledger order; at least one.</summary>
    public IReadOnlyList<RecordJudgement> Chain { get; }

    /// <summary>A chain between records that another judgement keeps apart.</summary>
    /// <param name="NotSame">The judgement that keeps two records apart.</param>
    /// <param name="Chain">The judgements that would join them.</param>
    public sealed record OfJudgements(RecordJudgement NotSame, IReadOnlyList<RecordJudgement> Chain) : Contradiction(Chain);

    /// <summary>A chain between records whose numbers say that they are two organisations.</summary>
    /// <param name="Numbers">Two of the numbers.</param>
    /// <param name="Chain">The judgements that would join them.</param>
    public sealed record OfNumbers(NumberClash Numbers, IReadOnlyList<RecordJudgement> Chain) : Contradiction(Chain);
}

/// <summary>Two valid numbers of a scheme of which one organisation has one only.</summary>
/// <param name="Scheme">The scheme's code, such as "siren".</param>
/// <param name="One">The record that carries the one number.</param>
/// <param name="Number">Its number: upper case letters and digits.</param>
/// <param name="Other">The record that carries the other; the same record where it carries both.</param>
/// <param name="OtherNumber">The other's number.</param>
public readonly record struct NumberClash(string Scheme, RecordId One, string Number, RecordId Other, string OtherNumber);
