using System.Collections.Frozen;

namespace Probity.Linkage;

/// <summary>Takes addresses apart, one after the other, without allocating. Owned by one thread.</summary>
internal sealed class AddressReading
{
    private const string Types =
        "st street str strasse strase ave av avenue aven rd road blvd boulevard bld dr drive ln lane ct court pl place plaza sq square hwy highway pkwy parkway pky ter terrace "
        + "cir circle way close crescent cres rue calle via viale piazza ul ulitsa ulica gata gatan vej gade straat laan weg platz allee chemin quai rua avenida estrada "
        + "corso prospekt pr per expressway expy trail trl loop row mews gardens grove hill building bldg po box";

    private const string Units =
        "apt apartment unit suite ste flat room rm fl floor no nr lot shop office level lvl appartement etage wohnung piso dept";

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> IsUnit = Units.Split(' ').ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> IsType = Types.Split(' ').ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly WordList _words = new();
    private readonly WordList _code = new();

    /// <summary>Words of the street (and of whatever else stands in the line) without street types.</summary>
    public WordList Street { get; } = new();

    /// <summary>The house number, "12" or "12b", as a <see cref="TextKey"/>; 0 where there is none.</summary>
    public ulong Number { get; private set; }

    /// <summary>Flat, suite or floor, as half a <see cref="TextKey"/>: units are told apart within one house only; 0 where there is none.</summary>
    public uint Unit { get; private set; }

    /// <summary>One letter of n, e, s, w for a street's side of town; 0 where there is none.</summary>
    public byte Direction { get; private set; }

    /// <summary>The postcode without spaces, of a United States code the first five digits; 0 where there is none.</summary>
    public ulong Postcode { get; private set; }

    /// <summary>The town; 0 where there is none.</summary>
    public ulong City { get; private set; }

    /// <summary>Reads the address of a row; each of its texts may be empty.</summary>
    public void Read(TableColumns columns, LinkRows rows, int row)
    {
        _words.Clear();
        foreach (int column in columns.Address)
        {
            Words.Read(rows.Text(row, column), _words);
        }

        Postcode = PostcodeOf(TableColumns.First(columns.Postcode, rows, row));
        _code.Clear();
        Words.Read(TableColumns.First(columns.City, rows, row), _code);
        City = TextKey.Of(_code.Letters);
        ReadLine();
    }

    private ulong PostcodeOf(ReadOnlySpan<char> text)
    {
        _code.Clear();
        Words.Read(text, _code);
        if (_code.Count == 0 && PostcodeAtEnd() is > 0 and var taken)
        {
            for (int i = _words.Count - taken; i < _words.Count; i++)
            {
                _code.Add(_words[i]);
            }

            _words.CutAt(_words.Count - taken);
        }

        ReadOnlySpan<char> code = _code.Letters;
        return TextKey.Of(code.Length == 9 && !code.ContainsAnyExceptInRange('0', '9') ? code[..5] : code);
    }

    private void ReadLine()
    {
        (Number, Unit, Direction) = (0, 0, 0);
        Street.Clear();
        for (int i = 0; i < _words.Count; i++)
        {
            ReadOnlySpan<char> word = _words[i];
            if (i + 1 < _words.Count && IsUnit.Contains(word) && (Numerals.HasDigit(_words[i + 1]) || _words[i + 1].Length == 1))
            {
                Unit = (uint)TextKey.Of(_words[++i]) | 1;
            }
            else if (Number == 0 && char.IsAsciiDigit(word[0]) && !IsOrdinal(word))
            {
                Number = TextKey.Of(word.TrimStart('0'));
            }
            else if (Direction == 0 && i + 1 < _words.Count && DirectionOf(word) is > 0 and var side)
            {
                Direction = side;
            }
            else if (!IsType.Contains(word) && Vocabulary.Find(word) is not { LeftOut: true })
            {
                Street.Add(Numerals.Ordinal(word));
            }
        }
    }

    private static byte DirectionOf(ReadOnlySpan<char> word) => word switch
    {
        "n" or "north" => (byte)'n',
        "s" or "south" => (byte)'s',
        "e" or "east" => (byte)'e',
        "w" or "west" => (byte)'w',
        _ => 0,
    };

    private static bool IsOrdinal(ReadOnlySpan<char> word) => word.Length > 2 && word[^2..] is "st" or "nd" or "rd" or "th";

    /// <summary>How many words at the end of a line are a postcode: five digits, or the two halves of a British one.</summary>
    private int PostcodeAtEnd()
    {
        if (_words.Count < 3)
        {
            return 0;
        }

        ReadOnlySpan<char> last = _words[_words.Count - 1];
        ReadOnlySpan<char> before = _words[_words.Count - 2];
        bool inward = last.Length == 3 && char.IsAsciiDigit(last[0]) && char.IsAsciiLetter(last[1]) && char.IsAsciiLetter(last[2]);
        bool outward = before.Length is >= 2 and <= 4 && char.IsAsciiLetter(before[0]) && Numerals.HasDigit(before);
        bool zip = last.Length == 5 && !last.ContainsAnyExceptInRange('0', '9');
        return inward && outward ? 2 : zip ? 1 : 0;
    }
}
