namespace Probity.Evidence;

/// <summary>What a verifier finds of one redactable field of one entry (formats/redaction.md): open, redacted, or one of five violations.</summary>
public abstract record FieldState
{
    private FieldState(long index, string field, bool isViolation) => (Index, Field, IsViolation) = (index, field, isViolation);

    /// <summary>The entry.</summary>
    public long Index { get; }

    /// <summary>The field's name in the statement.</summary>
    public string Field { get; }

    /// <summary>Whether somebody kept, changed or lost what they should not have.</summary>
    public bool IsViolation { get; }

    /// <summary>The state in a sentence.</summary>
    public abstract string Words { get; }

    /// <summary>There is an opening, and it gives the commitment.</summary>
    public sealed record Opened(long At, string Name, string Value) : FieldState(At, Name, false)
    {
        /// <inheritdoc/>
        public override string Words => $"entry {Index}: '{Field}' is open and matches its commitment";
    }

    /// <summary>There is no opening, and a redaction says why.</summary>
    public sealed record Redacted(long At, string Name, long By) : FieldState(At, Name, false)
    {
        /// <inheritdoc/>
        public override string Words => $"entry {Index}: '{Field}' was redacted by entry {By}";
    }

    /// <summary>There is an opening, and it gives another commitment.</summary>
    public sealed record Mismatched(long At, string Name) : FieldState(At, Name, true)
    {
        /// <inheritdoc/>
        public override string Words => $"entry {Index}: the opening of '{Field}' does not match its commitment";
    }

    /// <summary>There is no opening, and no redaction says why.</summary>
    public sealed record Missing(long At, string Name) : FieldState(At, Name, true)
    {
        /// <inheritdoc/>
        public override string Words => $"entry {Index}: '{Field}' has no opening, and no redaction says why";
    }

    /// <summary>There is an opening although a redaction erased it.</summary>
    public sealed record Kept(long At, string Name, long By) : FieldState(At, Name, true)
    {
        /// <inheritdoc/>
        public override string Words => $"entry {Index}: '{Field}' still has an opening although entry {By} redacted it";
    }

    /// <summary>There is an opening, and the entry has no such commitment.</summary>
    public sealed record Stray(long At, string Name) : FieldState(At, Name, true)
    {
        /// <inheritdoc/>
        public override string Words => $"entry {Index}: there is an opening of '{Field}', which the entry does not commit to";
    }

    /// <summary>A redaction statement that cannot be: it lacks something, or no earlier entry is as it says.</summary>
    public sealed record Baseless(long At, string Name) : FieldState(At, Name, true)
    {
        /// <inheritdoc/>
        public override string Words => $"entry {Index} is a redaction of nothing: it lacks something, or no earlier entry fills that slot with '{Field}' as a commitment";
    }
}
