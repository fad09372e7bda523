namespace Probity.Linkage;

/// <summary>A pair of records worth comparing.</summary>
/// <param name="One">The earlier record's place in the corpus.</param>
/// <param name="Other">The later record's place.</param>
/// <param name="Blocks">Bit <c>1 &lt;&lt; field</c> for each field whose agreement found the pair.</param>
internal readonly record struct Candidate(int One, int Other, byte Blocks);

/// <summary>
/// Finds the pairs worth comparing: records that share an identifier, telephone, domain, house number with postcode or street, a rare word of
/// the name, or two of its words. An inverted index, kept as one sorted list of (key, record).
/// </summary>
internal sealed class Blocking
{
    /// <summary>Records up to which one word of a name is a key of its own.</summary>
    private const int RareRecords = 20;

    /// <summary>Low bits of a key that name its field.</summary>
    public const int FieldBits = 3;

    private readonly List<ulong> _keys = [];
    private readonly List<int> _records = [];

    /// <summary>Keys on more records than are all paired.</summary>
    public long CommonKeys { get; private set; }

    /// <summary>The candidates, by first and then second record, each once.</summary>
    public List<Candidate> Find(Corpus corpus)
    {
        for (int i = 0; i < corpus.Count; i++)
        {
            AddKeys(corpus, i);
        }

        BlockBucket[] buckets = BlockBucket.Deal(_keys, _records);
        Parallel.ForEach(buckets, bucket => bucket.FindPairs());
        CommonKeys = buckets.Sum(bucket => bucket.CommonKeys);
        return PairBucket.Merge(buckets, corpus.Count);
    }

    /// <summary>A well-mixed number of two (the finaliser of SplitMix64, Steele, Lea and Flood, OOPSLA 2014).</summary>
    public static ulong Mix(ulong one, ulong other)
    {
        ulong mixed = (one * 0x9e3779b97f4a7c15) ^ (other + 0x632be59bd9b4e019 + (one << 6));
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return mixed ^ (mixed >> 31);
    }

    private void AddKeys(Corpus corpus, int record)
    {
        LinkFacts facts = corpus.Facts[record];
        foreach (RecordIdentifier identifier in facts.Identifiers)
        {
            Add(FieldLevels.Identifier, Mix((ulong)identifier.Scheme, (ulong)identifier.Value), record);
        }

        if (facts.Telephone > 0)
        {
            Add(FieldLevels.Telephone, Mix(1, facts.Telephone % 10_000_000), record);
        }

        if (facts.Domain >= 0)
        {
            Add(FieldLevels.Domain, Mix(2, (ulong)facts.Domain), record);
        }

        AddAddressKeys(facts.Address, record);
        AddNameKeys(corpus.Names, facts, record);
    }

    private void AddAddressKeys(in AddressWords address, int record)
    {
        if (address.Number < 0)
        {
            return;
        }

        if (address.Postcode >= 0)
        {
            Add(FieldLevels.Address, Mix(Mix(3, (ulong)address.Number), (ulong)address.Postcode), record);
        }

        foreach (int word in address.Street.AsSpan(0, Math.Min(2, address.Street.Length)))
        {
            Add(FieldLevels.Address, Mix(Mix(4, (ulong)address.Number), (ulong)word), record);
        }
    }

    private void AddNameKeys(Lexicon names, LinkFacts facts, int record)
    {
        Span<int> rarest = stackalloc int[3];
        rarest = rarest[..Rarest(names, facts.Name.Words, rarest)];
        for (int i = 0; i < rarest.Length; i++)
        {
            if (names.Records(rarest[i]) <= RareRecords)
            {
                Add(FieldLevels.Name, Mix(5, (ulong)rarest[i]), record);
            }

            for (int j = i + 1; j < rarest.Length; j++)
            {
                Add(FieldLevels.Name, Mix(Mix(6, (ulong)Math.Min(rarest[i], rarest[j])), (ulong)Math.Max(rarest[i], rarest[j])), record);
            }
        }

        if (rarest.Length > 0 && facts.Address.Postcode >= 0)
        {
            string text = names.Text(rarest[0]);
            ulong prefix = 0;
            foreach (char letter in text.AsSpan(0, Math.Min(4, text.Length)))
            {
                prefix = (prefix << 16) | letter;
            }

            Add(FieldLevels.Name, Mix(Mix(7, prefix), (ulong)facts.Address.Postcode), record);
        }
    }

    /// <summary>The up to three rarest different words, rarest first; between equals the earlier.</summary>
    private static int Rarest(Lexicon names, int[] words, Span<int> rarest)
    {
        int count = 0;
        foreach (int word in words)
        {
            if (rarest[..count].IndexOf(word) >= 0)
            {
                continue;
            }

            int at = count;
            while (at > 0 && names.Bits(rarest[at - 1]) < names.Bits(word))
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

    private void Add(int field, ulong key, int record)
    {
        _keys.Add((key << FieldBits) | (uint)field);
        _records.Add(record);
    }
}
