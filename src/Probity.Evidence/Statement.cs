namespace Probity.Evidence;

/// <summary>
/// One canonical, immutable fact of the ledger. Its bytes are <see cref="CanonicalJson"/> of <see cref="ToFields"/>
/// (formats/statement.md); equal statements have equal bytes.
/// </summary>
public sealed record Statement
{
    /// <summary>The version of the wire format written here.</summary>
    public const int FormatVersion = 1;

    /// <summary>Bytes of the longest statement: entry bundles of a tiled log carry a 16-bit length (C2SP tlog-tiles).</summary>
    public const int MaxBytes = 65_535;

    private Statement(StatementKind kind, Provenance provenance, RecordId about)
    {
        Kind = kind;
        Provenance = provenance;
        About = about;
    }

    /// <summary>What it is.</summary>
    public StatementKind Kind { get; }

    /// <summary>Where it comes from and what it may be used for.</summary>
    public Provenance Provenance { get; }

    /// <summary>The record it is about; for publications and runs, what was published or run.</summary>
    public RecordId About { get; }

    /// <summary>What kind of subject the record is; null for statements that are about none.</summary>
    public SubjectKind? Subject { get; private init; }

    /// <summary>The type within its kind, such as "inspection"; empty where the kind has none.</summary>
    public string Type { get; private init; } = "";

    /// <summary>The source's own name for this fact where a record has several of one type and day; else empty.</summary>
    public string Item { get; private init; } = "";

    /// <summary>The day from which it is true; null where the source gives none.</summary>
    public DateOnly? ValidFrom { get; private init; }

    /// <summary>What it says.</summary>
    public Fields Body { get; private init; } = Fields.Empty;

    /// <summary>
    /// Redactable fields: each name with the 64 hexadecimal digits of the commitment to its value (formats/redaction.md). The values stand apart, and nothing that rates or links
    /// sees them.
    /// </summary>
    public Fields Commitments { get; private init; } = Fields.Empty;

    /// <summary>Texts of redactable fields that wait for their commitments; a statement that has any has no bytes yet. Empty in every statement of a ledger.</summary>
    public Fields Redactable { get; private init; } = Fields.Empty;

    /// <summary>The statement with texts that are to stand in the ledger as commitments only.</summary>
    /// <param name="redactable">Names to texts; dotted names for fields in groups.</param>
    public Statement Withholding(Fields redactable) => this with { Redactable = redactable };

    /// <summary>The statement with commitments in the place of the texts.</summary>
    /// <param name="commitments">Names to 64 lower-case hexadecimal digits.</param>
    public Statement Sealed(Fields commitments) => this with { Redactable = Fields.Empty, Commitments = commitments };

    /// <summary>Names, addresses and identifiers as the source gives them.</summary>
    public static Statement Identity(Provenance provenance, RecordId about, SubjectKind subject, Fields body) =>
        new(StatementKind.Identity, provenance, about) { Subject = subject, Body = body };

    /// <summary>Typed evidence about a subject.</summary>
    public static Statement Finding(Provenance provenance, RecordId about, SubjectKind subject, Occasion occasion, Fields body) =>
        new(StatementKind.Finding, provenance, about)
        {
            Subject = subject,
            Type = occasion.Type,
            Item = occasion.Item,
            ValidFrom = occasion.ValidFrom,
            Body = body,
        };

    /// <summary>A statement of any kind that is not about a subject: publication, run, judgement, case step.</summary>
    public static Statement Of(StatementKind kind, Provenance provenance, RecordId about, Occasion occasion, Fields body) =>
        new(kind, provenance, about) { Type = occasion.Type, Item = occasion.Item, ValidFrom = occasion.ValidFrom, Body = body };

    /// <summary>
    /// What this statement takes the place of: a later statement of the same slot supersedes an earlier one (a source's
    /// correction), and one that says the same as the slot's latest is no news and is not appended again.
    /// </summary>
    public Slot Slot => new(About, Kind, Type, Item, ValidFrom);

    /// <summary>The statement as fields, in the wire format's names.</summary>
    /// <exception cref="InvalidOperationException">A text still waits for its commitment.</exception>
    public Fields ToFields()
    {
        RefuseUnsealed();
        var fields = new List<KeyValuePair<string, Value>>(12)
        {
            new("body", new Value.Group(Body)),
            new("context", Value.Of(Provenance.Context)),
            new("kind", Value.Of(KindNames.Of(Kind))),
            new("law", Value.Of(Provenance.Law)),
            new("purpose", Value.Of(Provenance.Purpose)),
            new("record", Value.Of(About.Record)),
            new("source", Value.Of(About.Source)),
            new("v", Value.Of(FormatVersion)),
        };
        if (Commitments.Count > 0)
        {
            fields.Add(new("commitments", new Value.Group(Commitments)));
        }

        if (Provenance.Source != About.Source)
        {
            fields.Add(new("stated_by", Value.Of(Provenance.Source)));
        }

        if (Subject is { } subject)
        {
            fields.Add(new("subject", Value.Of(KindNames.Of(subject))));
        }

        AddUnlessEmpty(fields, "type", Type);
        AddUnlessEmpty(fields, "item", Item);
        AddUnlessEmpty(fields, "valid_from", ValidFrom is { } day ? Day.Text(day) : "");
        return Fields.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(fields));
    }

    /// <summary>The canonical bytes; at most <see cref="MaxBytes"/> in a ledger, which refuses longer ones.</summary>
    public byte[] ToBytes()
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(512);
        WriteTo(buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Appends the canonical bytes to a buffer.</summary>
    /// <exception cref="InvalidOperationException">A text still waits for its commitment.</exception>
    public void WriteTo(System.Buffers.IBufferWriter<byte> buffer)
    {
        RefuseUnsealed();
        StatementWriting.Write(buffer, this);
    }

    /// <summary>Reads a statement back from its bytes.</summary>
    /// <param name="bytes">One entry of a ledger.</param>
    /// <param name="statement">The statement; null where the answer is false.</param>
    /// <param name="problem">Why not, for a person; empty where the answer is true.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Statement? statement, out string problem)
    {
        statement = null;
        return CanonicalJson.TryRead(bytes, out Fields fields, out problem) && StatementReading.TryRead(fields, out statement, out problem);
    }

    private void RefuseUnsealed()
    {
        if (Redactable.Count > 0)
        {
            throw new InvalidOperationException("a redactable text must be sealed before it is written");
        }
    }

    private static void AddUnlessEmpty(List<KeyValuePair<string, Value>> fields, string name, string text)
    {
        if (text.Length > 0)
        {
            fields.Add(new(name, Value.Of(text)));
        }
    }

    internal static Statement Restore(StatementKind kind, Provenance provenance, RecordId about, SubjectKind? subject, (Occasion Occasion, Fields Body, Fields Commitments) said) =>
        new(kind, provenance, about)
        {
            Subject = subject,
            Type = said.Occasion.Type,
            Item = said.Occasion.Item,
            ValidFrom = said.Occasion.ValidFrom,
            Body = said.Body,
            Commitments = said.Commitments,
        };
}

/// <summary>What happened, which one, and from which day it holds.</summary>
/// <param name="Type">The type within the kind, such as "inspection"; may be empty for kinds that have none.</param>
/// <param name="Item">The source's own name for it where several share a record, type and day; else empty.</param>
/// <param name="ValidFrom">The day from which it is true; null where the source gives none.</param>
public readonly record struct Occasion(string Type, string Item, DateOnly? ValidFrom)
{
    /// <summary>An occasion without an item of its own.</summary>
    public static Occasion Of(string type, DateOnly? validFrom) => new(type, "", validFrom);
}

/// <summary>The place a statement fills; the latest statement of a slot counts.</summary>
public readonly record struct Slot(RecordId About, StatementKind Kind, string Type, string Item, DateOnly? ValidFrom)
{
    /// <summary>
    /// An index key: FNV-1a of 64 bits over the slot's parts, each behind its length. Two slots that share a key cost a repeated entry, never a lost one,
    /// since a statement is known only where its own hash is the latest of its slot.
    /// </summary>
    public ulong Key()
    {
        ulong key = Mixed(Mixed(Mixed(Mixed(0xcbf29ce484222325, About.Source), About.Record), Type), Item);
        return Mixed(Mixed(key, (int)Kind), ValidFrom?.DayNumber ?? -1);
    }

    private static ulong Mixed(ulong key, string text)
    {
        key = Mixed(key, text.Length);
        foreach (char one in text)
        {
            key = Mixed(key, one);
        }

        return key;
    }

    private static ulong Mixed(ulong key, int part) => (key ^ (uint)part) * 0x100000001b3;
}
