using System.Runtime.InteropServices;
using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>All records of a run, taken apart, with the rarity of their words. Not changed after it is built.</summary>
internal sealed class Corpus
{
    /// <summary>Records from which a value of an exclusive scheme is suspected to stand for "unknown".</summary>
    private const int PlaceholderRecords = 20;

    /// <summary>Rows taken apart at once, and by one thread.</summary>
    private const int Batch = 1 << 16;
    private const int Slice = 1 << 10;

    private readonly List<RecordId> _ids = [];
    private readonly List<LinkFacts> _facts = [];
    private readonly List<IdentifierScheme> _schemes = [];
    private readonly Dictionary<string, long> _failed = new(StringComparer.Ordinal);
    private readonly List<string> _placeholders = [];
    private readonly Dictionary<ulong, int> _premises = [];

    /// <summary>The words of names.</summary>
    public Lexicon Names { get; } = new();

    /// <summary>The words of addresses, domains and identifiers.</summary>
    public Lexicon Words { get; } = new();

    /// <summary>How many records there are.</summary>
    public int Count => _facts.Count;

    /// <summary>The records in the order of the inputs and their rows.</summary>
    public ReadOnlySpan<LinkFacts> Facts => CollectionsMarshal.AsSpan(_facts);

    /// <summary>The records' names, in the same order.</summary>
    public IReadOnlyList<RecordId> Ids => _ids;

    /// <summary>The schemes in use; a <see cref="RecordIdentifier"/> names one by its place.</summary>
    public IReadOnlyList<IdentifierScheme> Schemes => _schemes;

    /// <summary>For each scheme's code how many numbers failed its check: evidence for nothing.</summary>
    public IReadOnlyDictionary<string, long> FailedChecks => _failed;

    /// <summary>Identifiers that stand on many records of different names and therefore count as none.</summary>
    public IReadOnlyList<string> Placeholders => _placeholders;

    /// <summary>Adds the records of one input. Afterwards call <see cref="Close"/> once.</summary>
    public void Add(LinkTable table, IReadOnlyList<ColumnUse> uses)
    {
        var columns = new TableColumns(uses);
        for (int from = 0; from < table.Rows.Count; from += Batch)
        {
            ParsedRow[] rows = new ParsedRow[Math.Min(Batch, table.Rows.Count - from)];
            Parallel.For(0, (rows.Length + Slice - 1) / Slice, slice =>
            {
                for (int i = slice * Slice; i < Math.Min(rows.Length, (slice + 1) * Slice); i++)
                {
                    rows[i] = ParsedRow.Read(columns, table.Rows[from + i]);
                }
            });
            for (int i = 0; i < rows.Length; i++)
            {
                IReadOnlyList<string> texts = table.Rows[from + i];
                _ids.Add(new RecordId(table.Name, columns.Id >= 0 ? texts[columns.Id].Trim() : (from + i).ToString(System.Globalization.CultureInfo.InvariantCulture)));
                _facts.Add(Number(rows[i], columns, texts));
            }
        }
    }

    /// <summary>Counts what is shared, weighs the words, and drops placeholders.</summary>
    public void Close()
    {
        DropPlaceholders();
        var telephones = new Dictionary<ulong, int>();
        var domains = new Dictionary<int, int>();
        foreach (LinkFacts facts in _facts)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(telephones, facts.Telephone, out _)++;
            CollectionsMarshal.GetValueRefOrAddDefault(domains, facts.Domain, out _)++;
            CollectionsMarshal.GetValueRefOrAddDefault(_premises, PremisesKey(facts.Address), out _)++;
            Names.Observe(facts.Name.Words);
        }

        foreach (LinkFacts facts in _facts)
        {
            facts.TelephoneRecords = facts.Telephone == 0 ? 0 : telephones[facts.Telephone];
            facts.DomainRecords = facts.Domain < 0 ? 0 : domains[facts.Domain];
            facts.PremisesRecords = facts.Address.Number < 0 ? 0 : _premises[PremisesKey(facts.Address)];
        }

        Names.Weigh(_facts.Count);
    }

    /// <summary>One number for house number, first word of the street and postcode.</summary>
    public static ulong PremisesKey(in AddressWords address) =>
        Blocking.Mix(((ulong)(uint)address.Number << 32) | (uint)(address.Street.Length > 0 ? address.Street[0] : -1), (uint)address.Postcode);

    private LinkFacts Number(in ParsedRow row, TableColumns columns, IReadOnlyList<string> texts) => new()
    {
        Name = new NameWords(All(Names, row.Name.Words), row.Name.Form),
        Address = row.Address is { } address
            ? new AddressWords(Part(address.Number), Part(address.Unit), Part(address.Direction), All(Words, address.Street), Part(address.Postcode), Part(address.City))
            : AddressWords.None,
        Telephone = row.Telephone,
        Domain = Part(row.Domain),
        Identifiers = IdentifiersOf(columns, texts),
    };

    private static int[] All(Lexicon lexicon, List<string> texts)
    {
        int[] words = new int[texts.Count];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = lexicon.Intern(texts[i]);
        }

        return words;
    }

    private int Part(string text) => text.Length == 0 ? -1 : Words.Intern(text);

    private RecordIdentifier[] IdentifiersOf(TableColumns columns, IReadOnlyList<string> texts)
    {
        if (columns.Identifiers.Count == 0)
        {
            return [];
        }

        var identifiers = new List<RecordIdentifier>(columns.Identifiers.Count);
        foreach ((int column, string code) in columns.Identifiers)
        {
            string text = texts[column].Trim();
            IdentifierScheme? scheme = code == "vat" ? IdentifierSchemes.VatOf(text) : IdentifierSchemes.Find(code);
            if (text.Length == 0)
            {
                continue;
            }

            if (scheme is null || !scheme.TryRead(code == "gb-company" ? Padded(text) : text, out string number))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_failed, code, out _)++;
                continue;
            }

            int place = _schemes.IndexOf(scheme);
            place = place >= 0 ? place : Append(scheme);
            identifiers.Add(new RecordIdentifier((short)place, Words.Intern(number)));
        }

        return [.. identifiers];
    }

    private int Append(IdentifierScheme scheme)
    {
        _schemes.Add(scheme);
        return _schemes.Count - 1;
    }

    /// <summary>Companies House numbers lose their leading zeros in spreadsheets.</summary>
    private static string Padded(string text) => text.Length is > 4 and < 8 && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 ? text.PadLeft(8, '0') : text;

    private void DropPlaceholders()
    {
        var names = new Dictionary<RecordIdentifier, (int Records, HashSet<int> Names)>();
        foreach (LinkFacts facts in _facts)
        {
            foreach (RecordIdentifier identifier in facts.Identifiers)
            {
                ref (int Records, HashSet<int> Names) of = ref CollectionsMarshal.GetValueRefOrAddDefault(names, identifier, out _);
                of.Records++;
                of.Names ??= [];
                of.Names.Add(facts.Name.Words.Length > 0 ? facts.Name.Words[0] : -1);
            }
        }

        var dropped = names.Where(pair => pair.Value.Records > PlaceholderRecords && pair.Value.Names.Count * 3 > pair.Value.Records).Select(pair => pair.Key).ToHashSet();
        foreach (RecordIdentifier identifier in dropped.OrderBy(identifier => identifier.Scheme).ThenBy(identifier => Words.Text(identifier.Value), StringComparer.Ordinal))
        {
            _placeholders.Add($"{_schemes[identifier.Scheme].Code} {Words.Text(identifier.Value)} on {names[identifier].Records} records");
        }

        foreach (LinkFacts facts in _facts.Where(facts => dropped.Count > 0 && facts.Identifiers.Any(dropped.Contains)))
        {
            facts.Identifiers = [.. facts.Identifiers.Where(identifier => !dropped.Contains(identifier))];
        }
    }
}
