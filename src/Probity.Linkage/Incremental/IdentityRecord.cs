using System.Collections.Immutable;
using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>A record as its source's latest identity statement gives it.</summary>
/// <param name="Id">The record.</param>
/// <param name="Subject">What kind of subject it is. Records of different kinds are never linked: an establishment is not its company.</param>
/// <param name="Body">What the statement says: name, address, postcode, identifiers and so on.</param>
public sealed record IdentityRecord(RecordId Id, SubjectKind Subject, Fields Body)
{
    /// <summary>Records in the order of their identifiers.</summary>
    internal static IdentityRecord[] InOrder(IEnumerable<IdentityRecord> records)
    {
        IdentityRecord[] ordered = [.. records];
        for (int i = 1; i < ordered.Length; i++)
        {
            if (ordered[i - 1].Id.CompareTo(ordered[i].Id) > 0)
            {
                Array.Sort(ordered, static (one, other) => one.Id.CompareTo(other.Id));
                break;
            }
        }

        return ordered;
    }

    /// <summary>
    /// Why these records may not be linked: they list natural persons (guard-rails G01 and G42) or hold nothing to link by. Null where they may be.
    /// </summary>
    public static LinkageOutcome.Refused? Refusal(IEnumerable<IdentityRecord> records, LinkageSpecification specification)
    {
        foreach ((LinkTable table, ImmutableArray<ColumnUse> uses) in IdentityTables.Of(records, specification))
        {
            if (PersonScreen.Refusal(table, uses) is { } persons)
            {
                return new LinkageOutcome.Refused("linkage.persons", persons);
            }
        }

        return null;
    }

    /// <summary>Whether a source gave the records of a delivery other identifiers than it gave them before.</summary>
    public static Renumbering Renumbering(string source, IReadOnlyList<IdentityRecord> before, IReadOnlyList<IdentityRecord> after, LinkageSpecification specification)
    {
        (LinkTable former, LinkTable now, ImmutableArray<ColumnUse> uses) = IdentityTables.Deliveries(source, before, after, specification);
        return Linkage.Renumbering.Between(former, now, uses);
    }
}

/// <summary>Identity statements as inputs of a linkage, one for each source, with a column for each field that any of its records has.</summary>
internal static class IdentityTables
{
    private const string IdColumn = "#";

    /// <summary>Two deliveries of one source in the same columns.</summary>
    public static (LinkTable Before, LinkTable After, ImmutableArray<ColumnUse> Uses) Deliveries(
        string source, IReadOnlyList<IdentityRecord> before, IReadOnlyList<IdentityRecord> after, LinkageSpecification specification)
    {
        string[] columns = ColumnsOf([.. before, .. after]);
        return (Table(source, columns, before), Table(source, columns, after), specification.Apply(source, Guess(columns)));
    }

    /// <summary>
    /// The tables in the order of sources, rows in the order of records. What a column means depends on its name alone, so that a further record changes
    /// nothing about the others.
    /// </summary>
    public static IReadOnlyList<(LinkTable Table, ImmutableArray<ColumnUse> Uses)> Of(IEnumerable<IdentityRecord> records, LinkageSpecification specification) =>
        [.. records.GroupBy(record => record.Id.Source, StringComparer.Ordinal).OrderBy(source => source.Key, StringComparer.Ordinal).Select(source => Of(source.Key, IdentityRecord.InOrder(source), specification))];

    private static (LinkTable Table, ImmutableArray<ColumnUse> Uses) Of(string source, IdentityRecord[] records, LinkageSpecification specification)
    {
        string[] columns = ColumnsOf(records);
        return (Table(source, columns, records), specification.Apply(source, Guess(columns)));
    }

    private static string[] ColumnsOf(IReadOnlyList<IdentityRecord> records)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (IdentityRecord record in records)
        {
            foreach ((string column, _) in Flat(record.Body))
            {
                names.Add(column);
            }
        }

        return [IdColumn, .. names.Order(StringComparer.Ordinal)];
    }

    private static LinkTable Table(string source, string[] columns, IReadOnlyList<IdentityRecord> records)
    {
        Dictionary<string, int> places = columns.Select((column, place) => (column, place)).ToDictionary(one => one.column, one => one.place, StringComparer.Ordinal);
        var rows = new IReadOnlyList<string>[records.Count];
        Parallel.For(0, rows.Length, i =>
        {
            string[] row = new string[columns.Length];
            Array.Fill(row, "");
            row[0] = records[i].Id.Record;
            foreach ((string column, string text) in Flat(records[i].Body))
            {
                row[places[column]] = text;
            }

            rows[i] = row;
        });

        return new LinkTable(source, [.. columns], rows);
    }

    private static ImmutableArray<ColumnUse> Guess(string[] columns) => [new ColumnUse(IdColumn, ColumnRole.Id, ""), .. columns.Skip(1).Select(Guess)];

    /// <summary>What a field is taken for by its name alone.</summary>
    public static ColumnUse Guess(string column)
    {
        ColumnUse guess = ColumnGuess.Of(new LinkTable("", [column[(column.IndexOf('.', StringComparison.Ordinal) + 1)..]], []))[0];
        ColumnRole role = guess.Role switch
        {
            ColumnRole.Id => ColumnRole.Ignored,
            ColumnRole.Name when column != "name" => ColumnRole.OtherName,
            _ => guess.Role,
        };
        return new ColumnUse(column, role, guess.Scheme);
    }

    /// <summary>Fields with those of groups behind the group's name: "identifiers.lei".</summary>
    public static IEnumerable<(string Column, string Text)> Flat(Fields body)
    {
        foreach (KeyValuePair<string, Value> field in body)
        {
            if (field.Value is Value.Group group)
            {
                foreach (KeyValuePair<string, Value> inner in group.Content)
                {
                    yield return ($"{field.Key}.{inner.Key}", inner.Value.ToString() ?? "");
                }
            }
            else
            {
                yield return (field.Key, field.Value.ToString() ?? "");
            }
        }
    }
}
