namespace Probity.Evidence;

/// <summary>A record, or a part of one, that did not become a statement: counted and shown, never thrown, never dropped in silence.</summary>
/// <param name="Source">The source's name in the register.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Field">The field at fault, in the source's own name; empty where it is the whole record or file.</param>
/// <param name="Code">The stable reason, such as "score.outside-set"; see <see cref="RejectionCodes"/>.</param>
/// <param name="Reason">What is wrong, why, and what to do, for a person; the offending value cut to 80 characters.</param>
public sealed record Rejection(string Source, Place Place, string Field, string Code, string Reason)
{
    /// <summary>"file.csv:12: Hygiene: … (score.outside-set)".</summary>
    public override string ToString() => $"{Place}: {(Field.Length > 0 ? Field + ": " : "")}{Reason} ({Code})";
}

/// <summary>A place in an input.</summary>
/// <param name="File">The file's name or address as the user gave it.</param>
/// <param name="Line">The line, or where the format has none the record's number; from 1; 0 for the file as a whole.</param>
/// <param name="Record">The record's identifier as far as it could be read; else empty.</param>
public readonly record struct Place(string File, long Line, string Record)
{
    /// <summary>"file.csv:12 [592]".</summary>
    public override string ToString() => $"{File}{(Line > 0 ? ":" + Line : "")}{(Record.Length > 0 ? $" [{Record}]" : "")}";
}

/// <summary>The catalogue of reasons why a record is rejected. Codes are stable; scripts may compare them.</summary>
public static class RejectionCodes
{
    /// <summary>A person was offered as a subject (guard-rail G01).</summary>
    public const string SubjectPerson = "subject.person";

    /// <summary>The kind of subject is none that Probity knows.</summary>
    public const string SubjectUnknown = "subject.unknown";

    /// <summary>A record has no identifier.</summary>
    public const string IdMissing = "id.missing";

    /// <summary>Two records of one input have the same identifier; the first counts.</summary>
    public const string IdDuplicate = "id.duplicate";

    /// <summary>A required field is empty.</summary>
    public const string FieldMissing = "field.missing";

    /// <summary>A field is longer than its limit.</summary>
    public const string FieldTooLong = "field.too-long";

    /// <summary>A field that must be a number is none.</summary>
    public const string NumberUnreadable = "number.unreadable";

    /// <summary>A value is not one of those the source declares.</summary>
    public const string ValueOutsideSet = "value.outside-set";

    /// <summary>A date cannot be read.</summary>
    public const string DateUnreadable = "date.unreadable";

    /// <summary>A date is before the earliest the source can mean.</summary>
    public const string DateTooEarly = "date.too-early";

    /// <summary>A date lies after the day of the run.</summary>
    public const string DateInFuture = "date.in-future";

    /// <summary>Text that is not valid in the file's encoding.</summary>
    public const string EncodingInvalid = "encoding.invalid";

    /// <summary>The file ends in the middle of a record.</summary>
    public const string FileTruncated = "file.truncated";

    /// <summary>A record cannot be read in the file's format.</summary>
    public const string RecordUnreadable = "record.unreadable";

    /// <summary>A statement would be longer than a ledger entry may be.</summary>
    public const string StatementTooLong = "statement.too-long";
}
