namespace Probity.Evidence;

/// <summary>A record as its source names it. Never an organisation's key: a source may renumber overnight.</summary>
/// <param name="Source">The source's name in the register, such as "fhrs".</param>
/// <param name="Record">The record's identifier in that source, such as "592"; not empty.</param>
public readonly record struct RecordId(string Source, string Record) : IComparable<RecordId>
{
    /// <inheritdoc/>
    public int CompareTo(RecordId other) => string.CompareOrdinal(Source, other.Source) is var order and not 0
        ? order
        : string.CompareOrdinal(Record, other.Record);

    /// <summary>Reads "source:record", as people write it; what stands behind the first colon is the record's own identifier, colons included.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="record">The record; the default where the answer is false.</param>
    /// <returns>False where either part is empty.</returns>
    public static bool TryParse(string text, out RecordId record)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        bool read = colon > 0 && colon < text.Length - 1;
        record = read ? new RecordId(text[..colon], text[(colon + 1)..]) : default;
        return read;
    }

    /// <summary>"source:record", as people write it.</summary>
    public override string ToString() => $"{Source}:{Record}";

    /// <summary>Earlier in order.</summary>
    public static bool operator <(RecordId left, RecordId right) => left.CompareTo(right) < 0;

    /// <summary>Later in order.</summary>
    public static bool operator >(RecordId left, RecordId right) => left.CompareTo(right) > 0;

    /// <summary>Earlier in order, or the same.</summary>
    public static bool operator <=(RecordId left, RecordId right) => left.CompareTo(right) <= 0;

    /// <summary>Later in order, or the same.</summary>
    public static bool operator >=(RecordId left, RecordId right) => left.CompareTo(right) >= 0;
}

/// <summary>
/// What may be rated (guard-rail G01). There is no value for a person, so that no code path can hold one: a person offered as a
/// subject is a <see cref="Rejection"/>.
/// </summary>
public enum SubjectKind
{
    /// <summary>A legal entity: company, association, foundation.</summary>
    LegalEntity,

    /// <summary>The premises of an organisation, inspected as such.</summary>
    Establishment,

    /// <summary>A public body: local government, court, agency.</summary>
    PublicBody,

    /// <summary>An arrangement of organisations: a contract of a health plan, a joint venture.</summary>
    Arrangement,
}

/// <summary>What a statement is.</summary>
public enum StatementKind
{
    /// <summary>Names, addresses and identifiers as the source gives them.</summary>
    Identity,

    /// <summary>Typed evidence: an inspection, a violation, a recall, arrears, a caseload, an authority's published rating.</summary>
    Finding,

    /// <summary>A closure, an exclusion, a licence status.</summary>
    Order,

    /// <summary>A step of a case: notice, reply, appeal, decision, correction, annulment, redaction.</summary>
    CaseStep,

    /// <summary>A person's word that two records are, or are not, one organisation.</summary>
    Judgement,

    /// <summary>A register, source, methodology or procedure was published.</summary>
    Publication,

    /// <summary>These ratings followed from that much of the ledger.</summary>
    Run,

    /// <summary>What the register concluded from records and judgements: which organisation a record belongs to, merges, splits.</summary>
    Linkage,
}

/// <summary>Where a statement comes from and what it may be used for (guard-rail G05).</summary>
/// <param name="Source">The source's name in the register, such as "fhrs".</param>
/// <param name="Context">The one context it belongs to: food, product-safety, social-contributions, procurement, licence, court, care.</param>
/// <param name="Law">The law under which the source publishes it.</param>
/// <param name="Purpose">What it is published for.</param>
public sealed record Provenance(string Source, string Context, string Law, string Purpose);

/// <summary>The day asked about, and how much of the ledger counts. Used everywhere a question has a time.</summary>
/// <param name="ValidAt">The day asked about, in the register's own time zone.</param>
/// <param name="KnownAt">The ledger size that counts: entries 0 … KnownAt − 1; 0 or more.</param>
public readonly record struct AsOf(DateOnly ValidAt, long KnownAt)
{
    /// <summary>"2026-05-12@1234".</summary>
    public override string ToString() => $"{ValidAt:yyyy-MM-dd}@{KnownAt}";
}
