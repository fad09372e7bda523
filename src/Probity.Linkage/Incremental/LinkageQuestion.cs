using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>A pair of probability 0.2 or more, as it is kept from one linkage to the next.</summary>
/// <param name="One">The earlier record in order.</param>
/// <param name="Other">The later.</param>
/// <param name="Pattern">How their fields compare, as the program numbers it; only of use under the model it was made with.</param>
public readonly record struct KeptPair(RecordId One, RecordId Other, int Pattern);

/// <summary>What a register's linkage is asked.</summary>
/// <param name="Specification">Threshold and corrections of columns.</param>
/// <param name="SpecificationDigest">SHA-256 of its file as published.</param>
/// <param name="Model">The weights of evidence in use.</param>
/// <param name="Records">Every record the register has, in any order, each once.</param>
/// <param name="Judgements">People's judgements, in any order; of a pair the latest counts.</param>
/// <param name="Before">What the register concluded before.</param>
public sealed record LinkageQuestion(
    LinkageSpecification Specification,
    Digest SpecificationDigest,
    PublishedModel Model,
    IReadOnlyList<IdentityRecord> Records,
    IReadOnlyList<RecordJudgement> Judgements,
    LinkageHistory Before)
{
    /// <summary>What is other than at the last linkage; null where all is to be linked: at the first, or by another model or specification.</summary>
    public LinkageChange? Since { get; init; }
}

/// <summary>What is other than at the last linkage under the same model and specification.</summary>
/// <param name="New">Records that are new.</param>
/// <param name="Former">Of records whose identity statement changed, the version that was linked last.</param>
/// <param name="Judged">Records that were judged anew, whatever the verdict.</param>
/// <param name="Pairs">All pairs kept by the last linkage.</param>
public sealed record LinkageChange(
    IReadOnlySet<RecordId> New,
    IReadOnlyList<IdentityRecord> Former,
    IReadOnlySet<RecordId> Judged,
    IReadOnlyList<KeptPair> Pairs);
