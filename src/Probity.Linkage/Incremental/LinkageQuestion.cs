using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>A pair that was compared, as it is kept from one linkage to the next. Places are those among all records of that linkage, in their order.</summary>
/// <param name="One">Place of the earlier record; 0 or more.</param>
/// <param name="Other">Place of the later.</param>
/// <param name="Pattern">How their fields compare, as the program numbers it.</param>
public readonly record struct KeptPair(int One, int Other, int Pattern);

/// <summary>What a register's linkage is asked.</summary>
/// <param name="Specification">Threshold and corrections of columns.</param>
/// <param name="SpecificationDigest">SHA-256 of its file as published.</param>
/// <param name="Records">Every record the register has, in any order, each once.</param>
/// <param name="Judgements">People's judgements, in any order; of a pair the latest counts.</param>
/// <param name="Before">What the register concluded before.</param>
public sealed record LinkageQuestion(
    LinkageSpecification Specification,
    Digest SpecificationDigest,
    IReadOnlyList<IdentityRecord> Records,
    IReadOnlyList<RecordJudgement> Judgements,
    LinkageHistory Before)
{
    /// <summary>What is other than at the last linkage; null where all is to be linked: at the first, or by another specification.</summary>
    public LinkageChange? Since { get; init; }
}

/// <summary>What is other than at the last linkage under the same specification.</summary>
/// <param name="New">Records that are new.</param>
/// <param name="Former">Of records whose identity statement changed, the version that was linked last.</param>
/// <param name="Judged">Records that were judged anew, whatever the verdict.</param>
/// <param name="Model">SHA-256 of the weights of the last linkage.</param>
/// <param name="Records">How rare words are was reckoned from so many records by the last linkage: <see cref="PublishedModel.Records"/>.</param>
/// <param name="Pairs">All pairs kept by the last linkage.</param>
public sealed record LinkageChange(
    IReadOnlySet<RecordId> New,
    IReadOnlyList<IdentityRecord> Former,
    IReadOnlySet<RecordId> Judged,
    Digest Model,
    int Records,
    IReadOnlyList<KeptPair> Pairs);
