using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Probity.Linkage;

/// <summary>
/// Notes on the records of a key how many share its value, and recognises identifiers that stand for "unknown". Different keys may be looked
/// at by several threads: no two write the same part of a record.
/// </summary>
internal sealed class SharedValues(Corpus corpus, RecordKeys keys)
{
    /// <summary>Records from which an identifier is suspected to stand for "unknown".</summary>
    private const int PlaceholderRecords = 20;

    /// <summary>Records at one premises from which it counts as shared by many.</summary>
    public const int Crowd = 24;

    private readonly ConcurrentBag<(string Code, string Number, int Records)> _placeholders = [];

    /// <summary>Identifiers that stand on many records of different names and therefore count as none, each as "scheme number on N records".</summary>
    public IReadOnlyList<string> Placeholders =>
        [.. _placeholders.OrderBy(found => found.Code, StringComparer.Ordinal).ThenBy(found => found.Number, StringComparer.Ordinal).Select(found => $"{found.Code} {found.Number} on {found.Records} records")];

    /// <summary>Notes it; true where the key is that of a placeholder and pairs nobody.</summary>
    public bool Note(ulong key, ReadOnlySpan<int> records)
    {
        switch (RecordKeys.KindOf(key))
        {
            case KeyKind.Telephone when FieldLevels.OfShared(records.Length) > 1:
                NoteTelephones(records);
                return false;
            case KeyKind.Domain when FieldLevels.OfShared(records.Length) > 1:
                foreach (int record in records)
                {
                    corpus.Facts[record].DomainShare = (byte)FieldLevels.OfShared(records.Length);
                }

                return false;
            case KeyKind.NumberAndStreet when records.Length > Crowd:
                NoteCrowds(records);
                return false;
            case KeyKind.Identifier when records.Length > PlaceholderRecords:
                return IsPlaceholder(key, records);
            default:
                return false;
        }
    }

    private void NoteTelephones(ReadOnlySpan<int> records)
    {
        var counts = new Dictionary<ulong, int>();
        foreach (int record in records)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, corpus.Facts[record].Telephone, out _)++;
        }

        foreach (int record in records)
        {
            corpus.Facts[record].TelephoneShare = (byte)FieldLevels.OfShared(counts[corpus.Facts[record].Telephone]);
        }
    }

    private void NoteCrowds(ReadOnlySpan<int> records)
    {
        var counts = new Dictionary<ulong, int>();
        foreach (int record in records)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, corpus.Facts[record].Postcode, out _)++;
        }

        foreach (int record in records)
        {
            corpus.Facts[record].IsCrowded = counts[corpus.Facts[record].Postcode] > Crowd;
        }
    }

    private bool IsPlaceholder(ulong key, ReadOnlySpan<int> records)
    {
        var names = new HashSet<int>();
        foreach (int record in records)
        {
            ReadOnlySpan<WordUse> name = corpus.NameOf(in corpus.Facts[record]);
            names.Add(name.Length > 0 ? name[0].Id : int.MinValue);
        }

        if (names.Count * 3 <= records.Length)
        {
            return false;
        }

        foreach (int record in records)
        {
            Drop(key, record, records.Length, report: record == records[0]);
        }

        return true;
    }

    private void Drop(ulong key, int record, int records, bool report)
    {
        ref LinkFacts facts = ref corpus.Facts[record];
        foreach (ref RecordIdentifier identifier in corpus.Identifiers.Slice(facts.IdentifiersAt, facts.Identifiers))
        {
            if (identifier.Scheme < 0 || keys.OfIdentifier(identifier) != key)
            {
                continue;
            }

            if (report)
            {
                _placeholders.Add((IdentifierSchemes.All[identifier.Scheme].Code, corpus.Lexicon.Text(identifier.Value).ToString(), records));
            }

            identifier = identifier with { Scheme = -1 };
        }
    }
}
