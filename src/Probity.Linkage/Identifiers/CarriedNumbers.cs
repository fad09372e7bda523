using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>Reads which numbers of organisations records carry, as linkage understands their fields. Owned by one thread.</summary>
/// <param name="specification">Corrections of what fields mean.</param>
public sealed class CarriedNumbers(LinkageSpecification specification)
{
    private readonly Dictionary<(string Source, string Column), ColumnUse> _uses = [];

    /// <summary>Whether a field of a source's identity statements holds numbers of organisations.</summary>
    /// <param name="source">The source.</param>
    /// <param name="field">The field's name; of a field in a group behind the group's, such as "identifiers.lei".</param>
    public bool IsNumber(string source, string field) => UseOf(source, field).Role == ColumnRole.Identifier;

    /// <summary>The valid numbers of a record, each with its scheme's code, in the order of its fields; what fails its check is left out.</summary>
    public IEnumerable<(string Scheme, string Number)> Of(IdentityRecord record) =>
        IdentityTables.Flat(record.Body)
            .Select(field => (Use: UseOf(record.Id.Source, field.Column), field.Text))
            .Where(field => field.Use.Role == ColumnRole.Identifier)
            .Select(field => IdentifierSchemes.Read(field.Use.Scheme, field.Text.Trim()))
            .Where(read => read is not null)
            .Select(read => (read!.Value.Scheme.Code, read.Value.Number));

    /// <summary>The first two different valid numbers of one exclusive scheme among records, which are one organisation only if a source errs; null where there are none.</summary>
    /// <param name="records">The records, each once.</param>
    /// <param name="isPlaceholder">Whether a number of a scheme counts as none.</param>
    public NumberClash? ClashOf(IEnumerable<IdentityRecord> records, Func<string, string, bool> isPlaceholder)
    {
        var numbers = new Dictionary<string, (RecordId Record, string Number)>(StringComparer.Ordinal);
        foreach (IdentityRecord record in records)
        {
            foreach ((string scheme, string number) in Of(record).Where(one => IdentifierSchemes.Find(one.Scheme)!.Exclusive && !isPlaceholder(one.Scheme, one.Number)))
            {
                if (!numbers.TryAdd(scheme, (record.Id, number)) && numbers[scheme] is var first && first.Number != number)
                {
                    return new NumberClash(scheme, first.Record, first.Number, record.Id, number);
                }
            }
        }

        return null;
    }

    private ColumnUse UseOf(string source, string field)
    {
        if (!_uses.TryGetValue((source, field), out ColumnUse? use))
        {
            use = specification.Apply(source, [IdentityTables.Guess(field)])[0];
            _uses.Add((source, field), use);
        }

        return use;
    }
}
