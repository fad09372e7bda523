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
/// A person's judgement of two records. It outranks any score and any veto, lasts until it is revoked, and of several of one pair the latest
/// counts.
/// </summary>
/// <param name="One">A record.</param>
/// <param name="Other">Another.</param>
/// <param name="Verdict">What was judged.</param>
/// <param name="Author">Who judged: a role-holder of the authority; not empty.</param>
/// <param name="Reason">Why, in words; not empty.</param>
/// <param name="Order">The place in the ledger: of two judgements of one pair the higher counts.</param>
/// <param name="Revoked">True where this entry takes the pair's judgements back: the score decides again.</param>
public sealed record RecordJudgement(RecordId One, RecordId Other, Verdict Verdict, string Author, string Reason, long Order, bool Revoked);

/// <summary>
/// Judgements that cannot all be true: a chain of "same" between two records that were judged "not the same". Shown to people, never resolved
/// in silence: none of the "same" judgements of the chain joins anything until one of them is revoked.
/// </summary>
/// <param name="NotSame">The judgement that keeps two records apart.</param>
/// <param name="Chain">The judgements of the group that would join them, in ledger order.</param>
public sealed record Contradiction(RecordJudgement NotSame, IReadOnlyList<RecordJudgement> Chain);
