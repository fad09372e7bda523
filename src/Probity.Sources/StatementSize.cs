using Probity.Evidence;

namespace Probity.Sources;

/// <summary>
/// Tells statements that a ledger would refuse for their length. Statements are written out only where the lengths of their texts make that
/// possible at all, which costs ordinary records one comparison.
/// </summary>
internal sealed class StatementSize
{
    /// <summary>Bytes of a UTF-16 code unit at most: an escaped control character, "\u001f".</summary>
    private const int BytesPerCharacter = 6;

    /// <summary>More than what the wire format puts around a statement, and around a field beside its name and text.</summary>
    private const int AroundStatement = 512;
    private const int AroundField = 64;
    private readonly long _fixed;

    public StatementSize(SourceDefinition source)
    {
        Provenance said = source.Provenance;
        IEnumerable<FieldRule> fields = source.Identity.Concat(source.Findings.SelectMany(finding => finding.Fields));
        long words = said.Source.Length + said.Context.Length + said.Law.Length + said.Purpose.Length
            + source.Findings.Sum(finding => (long)finding.Type.Length)
            + fields.Sum(field => (long)field.Name.Length);
        _fixed = (words * BytesPerCharacter) + AroundStatement + (fields.LongCount() * AroundField);
    }

    /// <summary>Why one of a record's statements is too long; null where none is.</summary>
    /// <param name="characters">UTF-16 code units of all the record's texts.</param>
    /// <param name="statements">The record's statements.</param>
    public string? TooLong(long characters, IEnumerable<Statement> statements)
    {
        if ((characters * BytesPerCharacter) + _fixed <= Statement.MaxBytes)
        {
            return null;
        }

        foreach (Statement statement in statements)
        {
            int length = Written(statement).ToBytes().Length;
            if (length > Statement.MaxBytes)
            {
                string name = statement.Type.Length > 0 ? statement.Type : KindNames.Of(statement.Kind);
                return $"its statement '{name}' would be {length:N0} bytes; an entry of the ledger holds at most {Statement.MaxBytes:N0}. Map fewer fields, or lower their max_length";
            }
        }

        return null;
    }

    /// <summary>A statement with commitments of the length that real ones have.</summary>
    private static Statement Written(Statement statement) => statement.Redactable.Count == 0
        ? statement
        : statement.Sealed(Fields.Of([.. statement.Redactable.Select(field => new KeyValuePair<string, Value>(field.Key, Value.Of(default(Digest).ToString())))]));
}
