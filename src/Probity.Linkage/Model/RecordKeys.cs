namespace Probity.Linkage;

/// <summary>What a key is made of; its lowest three bits.</summary>
internal enum KeyKind
{
    /// <summary>Words of the name, or the beginning of one with the postcode.</summary>
    Name,

    /// <summary>House number and postcode.</summary>
    NumberAndPostcode,

    /// <summary>The telephone number without its area code.</summary>
    Telephone,

    /// <summary>The domain.</summary>
    Domain,

    /// <summary>A number of a scheme.</summary>
    Identifier,

    /// <summary>House number and first word of the street.</summary>
    NumberAndStreet,

    /// <summary>House number and second word of the street.</summary>
    NumberAndSecondWord,
}

/// <summary>
/// The keys under which a record is found: identifier, telephone, domain, house number with postcode or street, a rare word of the name, two
/// of its words, the beginning of its rarest word with the postcode. A key is 61 bits of a <see cref="TextKey"/> and its kind.
/// </summary>
/// <param name="lexicon">The words.</param>
/// <param name="rarity">How often they stand in names.</param>
/// <param name="leaveOutLone">True where a word that stands in no other name of the lexicon needs no key.</param>
internal sealed class RecordKeys(Lexicon lexicon, WordRarity rarity, bool leaveOutLone)
{
    /// <summary>Keys that one record can have.</summary>
    public const int Most = 32;

    /// <summary>Records up to which one word of a name is a key of its own.</summary>
    private const int RareRecords = 15;

    private const int MostIdentifiers = 16;
    private const int KindBits = 3;

    /// <summary>The field whose agreement a key means.</summary>
    public static int FieldOf(ulong key) => KindOf(key) switch
    {
        KeyKind.Name => FieldLevels.Name,
        KeyKind.Telephone => FieldLevels.Telephone,
        KeyKind.Domain => FieldLevels.Domain,
        KeyKind.Identifier => FieldLevels.Identifier,
        _ => FieldLevels.Address,
    };

    /// <summary>What a key is made of.</summary>
    public static KeyKind KindOf(ulong key) => (KeyKind)(key & ((1 << KindBits) - 1));

    /// <summary>The key of a number of a scheme.</summary>
    public ulong OfIdentifier(RecordIdentifier identifier) => Key(KeyKind.Identifier, TextKey.Mix((ulong)identifier.Scheme, lexicon.Key(identifier.Value)));

    /// <summary>Writes a record's keys, of which some may be equal; how many there are.</summary>
    public int Write(RecordView record, Span<ulong> keys)
    {
        int count = 0;
        foreach (RecordIdentifier identifier in record.Identifiers[..Math.Min(MostIdentifiers, record.Identifiers.Length)])
        {
            if (identifier.Scheme >= 0)
            {
                keys[count++] = OfIdentifier(identifier);
            }
        }

        ref readonly LinkFacts facts = ref record.Facts;
        if (facts.Telephone > 0)
        {
            keys[count++] = Key(KeyKind.Telephone, TextKey.Mix(1, Telephone.Local(facts.Telephone)));
        }

        if (facts.Domain > 0)
        {
            keys[count++] = Key(KeyKind.Domain, TextKey.Mix(2, facts.Domain));
        }

        if (facts.Number > 0)
        {
            count += WriteAddress(record, keys[count..]);
        }

        return count + WriteName(record, keys[count..]);
    }

    private int WriteAddress(RecordView record, Span<ulong> keys)
    {
        ref readonly LinkFacts facts = ref record.Facts;
        int count = 0;
        if (facts.Postcode > 0)
        {
            keys[count++] = Key(KeyKind.NumberAndPostcode, TextKey.Mix(TextKey.Mix(3, facts.Number), facts.Postcode));
        }

        for (int i = 0; i < Math.Min(2, record.Street.Length); i++)
        {
            KeyKind kind = i == 0 ? KeyKind.NumberAndStreet : KeyKind.NumberAndSecondWord;
            keys[count++] = Key(kind, TextKey.Mix(TextKey.Mix(4, facts.Number), lexicon.Key(record.Street[i].Id)));
        }

        return count;
    }

    private int WriteName(RecordView record, Span<ulong> keys)
    {
        Span<WordUse> rarest = stackalloc WordUse[3];
        rarest = rarest[..Rarest(record.Name.Words, rarest)];
        int count = 0;
        for (int i = 0; i < rarest.Length; i++)
        {
            if (leaveOutLone && lexicon.Records(rarest[i].Id) == 1)
            {
                continue;
            }

            ulong word = lexicon.Key(rarest[i].Id);
            if (lexicon.Records(rarest[i].Id, rarity) <= RareRecords)
            {
                keys[count++] = Key(KeyKind.Name, TextKey.Mix(5, word));
            }

            for (int j = i + 1; j < rarest.Length; j++)
            {
                ulong other = lexicon.Key(rarest[j].Id);
                keys[count++] = Key(KeyKind.Name, TextKey.Mix(TextKey.Mix(6, Math.Min(word, other)), Math.Max(word, other)));
            }
        }

        if (rarest.Length > 0 && record.Facts.Postcode > 0)
        {
            ReadOnlySpan<char> text = lexicon.Text(rarest[0].Id);
            keys[count++] = Key(KeyKind.Name, TextKey.Mix(TextKey.Mix(7, TextKey.Of(text[..Math.Min(4, text.Length)])), record.Facts.Postcode));
        }

        return count;
    }

    /// <summary>The up to three rarest different words, rarest first; between equals the earlier.</summary>
    private static int Rarest(ReadOnlySpan<WordUse> words, Span<WordUse> rarest)
    {
        int count = 0;
        foreach (WordUse word in words)
        {
            if (rarest[..count].Contains(word))
            {
                continue;
            }

            int at = count;
            while (at > 0 && rarest[at - 1].Bits < word.Bits)
            {
                if (at < rarest.Length)
                {
                    rarest[at] = rarest[at - 1];
                }

                at--;
            }

            if (at < rarest.Length)
            {
                rarest[at] = word;
                count = Math.Min(count + 1, rarest.Length);
            }
        }

        return count;
    }

    private static ulong Key(KeyKind kind, ulong value) => (value << KindBits) | (uint)kind;
}
