namespace Probity.Linkage.Bench;

/// <summary>
/// Invented organisations with known duplicates. Half of the records are first records of an organisation; the others repeat one with
/// typing errors, reordered words, another legal form, moved premises, missing fields. The same size gives the same records.
/// </summary>
internal sealed class GeneratedRecords
{
    private static readonly string[] Syllables =
        ["ba", "ken", "lo", "mar", "tis", "ver", "dan", "ro", "sel", "fi", "gor", "han", "jul", "kra", "lin", "mon", "ne", "os", "pel", "qui", "ras", "sto", "tur", "ul", "van", "wes", "xan", "yor", "zel", "bri", "cor", "dre"];

    private static readonly string[] Trades =
        ["Foods", "Logistics", "Construction", "Engineering", "Services", "Bakery", "Pharmacy", "Motors", "Systems", "Consulting", "Textiles", "Trading", "Media", "Energy", "Dental Care", "Plumbing", "Roofing", "Catering"];

    private static readonly string[][] Forms = [["Ltd", "Limited"], ["GmbH", "Gesellschaft mit beschränkter Haftung"], ["SARL", "S.A.R.L."], ["Inc.", "Incorporated"], ["LLC", "L.L.C."], ["S.A.", "SA"]];
    /// <summary>A larger country has more towns, each with its postcode, not larger ones.</summary>
    private const int RecordsATown = 250;

    private static readonly string[] StreetTypes = ["Street", "Road", "Avenue", "Lane"];

    private readonly int _towns;
    private ulong _state = 0x5eed;

    private GeneratedRecords(int towns) => _towns = towns;

    /// <summary>For each row, which organisation it is.</summary>
    public List<int> Truth { get; } = [];

    public LinkTable Table { get; private set; } = null!;

    public static GeneratedRecords Of(int count)
    {
        var generated = new GeneratedRecords(Math.Max(1, count / RecordsATown));
        generated.Fill(count);
        return generated;
    }

    private void Fill(int count)
    {
        var rows = new List<IReadOnlyList<string>>(count);
        var originals = new List<string[]>(count);
        while (rows.Count < count)
        {
            string[] original = Original();
            int organisation = originals.Count;
            originals.Add(original);
            rows.Add(original);
            Truth.Add(organisation);
            for (int copies = Copies(); copies > 0 && rows.Count < count; copies--)
            {
                rows.Add(Copy(original));
                Truth.Add(organisation);
            }
        }

        Shuffle(rows);
        Table = new LinkTable("generated", ["name", "address", "postcode", "city", "telephone", "website"], rows);
    }

    private int Copies() => Next(4) switch { 0 => 0, 1 => 1, 2 => 1, _ => 2 };

    private string[] Original()
    {
        string word = Word(2 + Next(2));
        string[] form = Forms[Next(Forms.Length)];
        string name = Next(3) == 0 ? $"{word} {Word(2)} {Trades[Next(Trades.Length)]} {form[0]}" : $"{word} {Trades[Next(Trades.Length)]} {form[0]}";
        int town = Next(_towns);
        return
        [
            name,
            $"{1 + Next(220)} {Word(2)} {StreetTypes[Next(4)]}",
            $"{10000 + (town * 13 % 90000)}",
            Town(town),
            $"0{200 + (town % 700)} {Next(10000):D4} {Next(1000):D3}",
            Next(2) == 0 ? $"https://www.{word.ToLowerInvariant()}{Next(100)}.example" : "",
        ];
    }

    private string[] Copy(string[] original)
    {
        string[] copy = [.. original];
        copy[0] = Next(3) == 0 ? Typo(copy[0]) : copy[0];
        copy[0] = Next(4) == 0 ? OtherForm(copy[0]) : copy[0];
        copy[0] = Next(12) == 0 ? Reordered(copy[0]) : copy[0];
        switch (Next(12))
        {
            case 0:
                (copy[1], copy[2]) = ($"{1 + Next(220)} {Word(2)} Road", $"{10000 + Next(90000)}");
                break;
            case 1 or 2:
                copy[1] = Typo(copy[1]);
                break;
            default:
                break;
        }

        for (int field = 1; field < copy.Length; field++)
        {
            copy[field] = Next(8) == 0 ? "" : copy[field];
        }

        return copy;
    }

    private string OtherForm(string name)
    {
        foreach (string[] form in Forms)
        {
            if (name.EndsWith(form[0], StringComparison.Ordinal))
            {
                return name[..^form[0].Length] + (Next(2) == 0 ? form[1] : "");
            }
        }

        return name;
    }

    private static string Reordered(string name)
    {
        string[] words = name.Split(' ');
        (words[0], words[1]) = (words[1], words[0]);
        return string.Join(' ', words);
    }

    private string Typo(string text)
    {
        int at = 1 + Next(Math.Max(1, text.Length / 2));
        return Next(3) switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, text[at].ToString()),
            _ => string.Concat(text.AsSpan(0, at), text.AsSpan(at + 1, 1), text.AsSpan(at, 1), text.AsSpan(at + 2)),
        };
    }

    private string Word(int syllables)
    {
        string word = "";
        for (int i = 0; i < syllables + 1; i++)
        {
            word += Syllables[Next(Syllables.Length)];
        }

        return char.ToUpperInvariant(word[0]) + word[1..];
    }

    private static string Town(int town) => char.ToUpperInvariant(Syllables[town % 32][0]) + Syllables[town % 32][1..] + Syllables[town / 32 % 32] + "ton";

    private void Shuffle(List<IReadOnlyList<string>> rows)
    {
        for (int i = rows.Count - 1; i > 0; i--)
        {
            int j = Next(i + 1);
            (rows[i], rows[j]) = (rows[j], rows[i]);
            (Truth[i], Truth[j]) = (Truth[j], Truth[i]);
        }
    }

    private int Next(int below)
    {
        _state += 0x9e3779b97f4a7c15;
        ulong mixed = (_state ^ (_state >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return (int)((mixed ^ (mixed >> 31)) % (ulong)below);
    }
}
