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

    /// <summary>Pairs of them whose names are looked at.</summary>
    private const int PlaceholderPairs = 1_000;

    /// <summary>Records at one premises from which it counts as shared by many.</summary>
    public const int Crowd = 24;

    private readonly ConcurrentBag<(string Code, string Number, int Records)> _placeholders = [];

    /// <summary>Identifiers that stand on many records of different names and therefore count as none, each as "scheme number on N records".</summary>
    public IReadOnlyList<string> Placeholders =>
        [.. _placeholders.OrderBy(found => found.Code, StringComparer.Ordinal).ThenBy(found => found.Number, StringComparer.Ordinal).Select(found => $"{found.Code} {found.Number} on {found.Records} records")];

    /// <summary>At how many house numbers some records are; one without counts as a house.</summary>
    public static int HousesOf(Corpus corpus, IEnumerable<int> records)
    {
        var houses = new HashSet<ulong>();
        int unknown = 0;
        foreach (int record in records)
        {
            ulong number = corpus.Facts[record].Number;
            unknown += number == 0 ? 1 : 0;
            houses.Add(number);
        }

        return unknown + houses.Count - (unknown > 0 ? 1 : 0);
    }

    /// <summary>Notes it; true where the key is that of a placeholder and pairs nobody.</summary>
    public bool Note(ulong key, ReadOnlySpan<int> records)
    {
        switch (RecordKeys.KindOf(key))
        {
            case KeyKind.Telephone when FieldLevels.OfHouses(records.Length) > 1:
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

    /// <summary>A number says as much as the houses are few at which it stands: a firm's stands on all its records, a head office's on those of every branch.</summary>
    private void NoteTelephones(ReadOnlySpan<int> records)
    {
        foreach (IGrouping<ulong, int> sharing in records.ToArray().GroupBy(record => corpus.Facts[record].Telephone))
        {
            byte share = (byte)FieldLevels.OfHouses(HousesOf(corpus, sharing));
            foreach (int record in sharing)
            {
                corpus.Facts[record].TelephoneShare = share;
            }
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
        if (!BeginUnlike(records) && !AreUnlike(records))
        {
            return false;
        }

        foreach (int record in records)
        {
            Drop(key, record, records.Length, report: record == records[0]);
        }

        return true;
    }

    /// <summary>True where the names have more than a third as many first words as there are records.</summary>
    private bool BeginUnlike(ReadOnlySpan<int> records)
    {
        var words = new HashSet<int>();
        foreach (int record in records)
        {
            ReadOnlySpan<WordUse> name = corpus.NameOf(in corpus.Facts[record]);
            words.Add(name.Length > 0 ? name[0].Id : int.MinValue);
        }

        return words.Count * 3 > records.Length;
    }

    /// <summary>
    /// True where of pairs drawn at fixed places at most one in four shares a telling word of their names: the branches of one firm share its name, those whom a
    /// clerk gave 000000000 do not.
    /// </summary>
    private bool AreUnlike(ReadOnlySpan<int> records)
    {
        int alike = 0;
        for (int i = 0; i < PlaceholderPairs; i++)
        {
            ulong drawn = TextKey.Mix((ulong)i, (ulong)records.Length);
            int one = records[(int)((drawn >> 32) % (ulong)records.Length)];
            int other = records[(int)((uint)drawn % (uint)records.Length)];
            alike += ShareWord(corpus.NameOf(in corpus.Facts[one]), corpus.NameOf(in corpus.Facts[other])) ? 1 : 0;
        }

        return alike * 4 <= PlaceholderPairs;
    }

    private static bool ShareWord(ReadOnlySpan<WordUse> one, ReadOnlySpan<WordUse> other)
    {
        foreach (WordUse word in one)
        {
            if (word.Kind == WordKind.Telling && Holds(other, word.Id))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Holds(ReadOnlySpan<WordUse> words, int id)
    {
        foreach (WordUse word in words)
        {
            if (word.Id == id)
            {
                return true;
            }
        }

        return false;
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
