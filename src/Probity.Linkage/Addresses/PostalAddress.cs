using System.Collections.Frozen;

namespace Probity.Linkage;

/// <summary>An address taken apart; empty where a part is absent.</summary>
/// <param name="Number">The house number, "12" or "12b".</param>
/// <param name="Unit">Flat, suite or floor.</param>
/// <param name="Direction">One letter of n, e, s, w for a street's side of town.</param>
/// <param name="Street">Words of the street (and of whatever else stands in the line) without street types.</param>
/// <param name="Postcode">Without spaces; of a United States code the first five digits.</param>
/// <param name="City">Letters only.</param>
internal readonly record struct PostalAddress(string Number, string Unit, string Direction, List<string> Street, string Postcode, string City)
{
    private static readonly FrozenSet<string> Types = (
        "st street str strasse strase ave av avenue aven rd road blvd boulevard bld dr drive ln lane ct court pl place plaza sq square hwy highway pkwy parkway pky ter terrace "
        + "cir circle way close crescent cres rue calle via viale piazza ul ulitsa ulica gata gatan vej gade straat laan weg platz allee chemin quai rua avenida estrada "
        + "corso prospekt pr per expressway expy trail trl loop row mews gardens grove hill building bldg po box").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Units =
        "apt apartment unit suite ste flat room rm fl floor no nr lot shop office level lvl appartement etage wohnung piso dept".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Directions = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["n"] = "n",
        ["north"] = "n",
        ["s"] = "s",
        ["south"] = "s",
        ["e"] = "e",
        ["east"] = "e",
        ["w"] = "w",
        ["west"] = "w",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Reads an address; each text may be empty.</summary>
    public static PostalAddress Read(string line, string postcode, string city)
    {
        var words = new List<string>(8);
        Words.Read(line, words);
        string code = Compact(postcode);
        if (code.Length == 0 && PostcodeAtEnd(words) is > 0 and var taken)
        {
            code = string.Concat(words.GetRange(words.Count - taken, taken));
            words.RemoveRange(words.Count - taken, taken);
        }

        (string number, string unit, string direction) = ("", "", "");
        var street = new List<string>(words.Count);
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i];
            if (Units.Contains(word) && i + 1 < words.Count && (Numerals.HasDigit(words[i + 1]) || words[i + 1].Length == 1))
            {
                unit = words[++i];
            }
            else if (number.Length == 0 && char.IsAsciiDigit(word[0]) && !IsOrdinal(word))
            {
                number = word.TrimStart('0');
            }
            else if (direction.Length == 0 && Directions.TryGetValue(word, out string? side) && i + 1 < words.Count)
            {
                direction = side;
            }
            else if (!Types.Contains(word) && !Vocabulary.IsLeftOut(word))
            {
                street.Add(Numerals.Ordinal(word));
            }
        }

        return new PostalAddress(number, unit, direction, street, FiveDigits(code), Compact(city));
    }

    private static bool IsOrdinal(string word) => word.Length > 2 && word[^2..] is "st" or "nd" or "rd" or "th";

    private static string Compact(string text)
    {
        if (text.Length == 0 || text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0)
        {
            return text;
        }

        var words = new List<string>(2);
        Words.Read(text, words);
        return words.Count == 1 ? words[0] : string.Concat(words);
    }

    private static string FiveDigits(string code) => code.Length == 9 && code.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 ? code[..5] : code;

    /// <summary>How many words at the end of a line are a postcode: five digits, or the two halves of a British one.</summary>
    private static int PostcodeAtEnd(List<string> words)
    {
        if (words.Count < 3)
        {
            return 0;
        }

        string last = words[^1];
        string before = words[^2];
        bool inward = last.Length == 3 && char.IsAsciiDigit(last[0]) && char.IsAsciiLetter(last[1]) && char.IsAsciiLetter(last[2]);
        bool outward = before.Length is >= 2 and <= 4 && char.IsAsciiLetter(before[0]) && Numerals.HasDigit(before);
        bool zip = last.Length == 5 && last.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
        return inward && outward ? 2 : zip ? 1 : 0;
    }
}
