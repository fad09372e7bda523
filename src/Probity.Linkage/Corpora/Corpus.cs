using System.Runtime.InteropServices;
using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>All records of a run, taken apart, with the rarity of their words. Not changed after it is built.</summary>
internal sealed class Corpus
{
    /// <summary>Records from which a value of an exclusive scheme is suspected to stand for "unknown".</summary>
    private const int PlaceholderRecords = 20;

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
        for (int row = 0; row < table.Rows.Count; row++)
        {
            IReadOnlyList<string> texts = table.Rows[row];
            string id = columns.Id >= 0 ? texts[columns.Id].Trim() : row.ToString(System.Globalization.CultureInfo.InvariantCulture);
            _ids.Add(new RecordId(table.Name, id));
            _facts.Add(Read(columns, texts));
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

    private LinkFacts Read(TableColumns columns, IReadOnlyList<string> texts)
    {
        OrganisationName name = OrganisationName.Read(columns.NameOf(texts));
        int[] words = new int[name.Words.Count];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = Names.Intern(name.Words[i]);
        }

        string domain = WebDomain.Of(TableColumns.First(columns.Web, texts));
        return new LinkFacts
        {
            Name = new NameWords(words, name.Form),
            Address = AddressOf(columns, texts),
            Telephone = TelephoneOf(TableColumns.First(columns.Telephone, texts)),
            Domain = domain.Length > 0 ? Words.Intern(domain) : -1,
            Identifiers = IdentifiersOf(columns, texts),
        };
    }

    private AddressWords AddressOf(TableColumns columns, IReadOnlyList<string> texts)
    {
        if (!columns.HasAddress)
        {
            return AddressWords.None;
        }

        PostalAddress address = PostalAddress.Read(
            TableColumns.Joined(columns.Address, texts), TableColumns.First(columns.Postcode, texts), TableColumns.First(columns.City, texts));
        int[] street = new int[address.Street.Count];
        for (int i = 0; i < street.Length; i++)
        {
            street[i] = Words.Intern(address.Street[i]);
        }

        return new AddressWords(Part(address.Number), Part(address.Unit), Part(address.Direction), street, Part(address.Postcode), Part(address.City));
    }

    private int Part(string text) => text.Length == 0 ? -1 : Words.Intern(text);

    private static ulong TelephoneOf(string text)
    {
        ulong number = 0;
        int digits = 0;
        bool varied = false;
        foreach (char character in text)
        {
            if (char.IsAsciiDigit(character))
            {
                ulong digit = (ulong)(character - '0');
                varied |= digits > 0 && digit != number % 10;
                number = ((number * 10) + digit) % 1_000_000_000;
                digits++;
            }
        }

        return digits >= 6 && varied ? number + (digits < 9 ? (ulong)Math.Pow(10, digits) * 10 : 10_000_000_000) : 0;
    }

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
