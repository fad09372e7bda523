using static Probity.Linkage.Checksums;

namespace Probity.Linkage;

/// <summary>
/// VAT numbers of the member states of the European Union, without the country's letters. Structures: European Commission, VIES, "VAT
/// identification number structure"; check digits: the algorithms the member states communicated for it (SCAC 15-5-92). Ireland, Bulgaria,
/// Czechia, Latvia, Lithuania, Romania and Cyprus also number people: those forms are refused here (G01).
/// </summary>
internal static class VatChecks
{
    public static bool Austria(string text) => text.Length == 9 && text[0] == 'U' && Digits(text[1..], 8) && AustrianDigit(text[1..]) == text[8] - '0';

    public static bool Belgium(string text) => Digits(text, 10) && text[0] is '0' or '1' && 97 - (Number(text.AsSpan(0, 8)) % 97) == Number(text.AsSpan(8));

    public static bool Bulgaria(string text)
    {
        if (!Digits(text, 9))
        {
            return false;
        }

        int first = Weighted(text, 1, 2, 3, 4, 5, 6, 7, 8) % 11;
        int check = first == 10 ? Weighted(text, 3, 4, 5, 6, 7, 8, 9, 10) % 11 % 10 : first;
        return check == text[8] - '0';
    }

    public static bool Croatia(string text) => Digits(text, 11) && Mod11Of10(text);

    public static bool Cyprus(string text)
    {
        ReadOnlySpan<int> odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
        if (text.Length != 9 || !Digits(text[..8], 8) || text.StartsWith("12", StringComparison.Ordinal) || text[0] is not ('0' or '1' or '3' or '4' or '5' or '9'))
        {
            return false;
        }

        int total = 0;
        for (int i = 0; i < 8; i++)
        {
            total += i % 2 == 0 ? odd[text[i] - '0'] : text[i] - '0';
        }

        return (total % 26) + 'A' == text[8];
    }

    public static bool Czechia(string text)
    {
        if (!Digits(text, 8) || text[0] == '9')
        {
            return false;
        }

        return (11 - (Weighted(text, 8, 7, 6, 5, 4, 3, 2) % 11)) % 10 == text[7] - '0';
    }

    public static bool Denmark(string text) => Digits(text, 8) && text[0] != '0' && Weighted(text, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;

    public static bool Estonia(string text) => Digits(text, 9) && Weighted(text, 3, 7, 1, 3, 7, 1, 3, 7, 1) % 10 == 0;

    public static bool Finland(string text) => Digits(text, 8) && Weighted(text, 7, 9, 10, 5, 8, 4, 2, 1) % 11 == 0;

    public static bool France(string text) => Digits(text, 11) && Luhn(text[2..]) && (12 + (3 * (Number(text.AsSpan(2)) % 97))) % 97 == Number(text.AsSpan(0, 2));

    public static bool Germany(string text) => Digits(text, 9) && text[0] != '0' && Mod11Of10(text);

    public static bool Greece(string text) => Digits(text, 9) && Weighted(text, 256, 128, 64, 32, 16, 8, 4, 2) % 11 % 10 == text[8] - '0';

    public static bool Hungary(string text) => Digits(text, 8) && Weighted(text, 9, 7, 3, 1, 9, 7, 3, 1) % 10 == 0;

    public static bool Ireland(string text)
    {
        if (text.Length is not (8 or 9) || !Digits(text[..7], 7) || (text.Length == 9 && text[8] is not (>= 'A' and <= 'I')))
        {
            return false;
        }

        int extra = text.Length == 9 ? 9 * (text[8] - 'A' + 1) : 0;
        return "WABCDEFGHIJKLMNOPQRSTUV"[(Weighted(text, 8, 7, 6, 5, 4, 3, 2) + extra) % 23] == text[7];
    }

    public static bool Italy(string text) => Digits(text, 11) && Luhn(text);

    public static bool Latvia(string text) => Digits(text, 11) && text[0] > '3' && Weighted(text, 9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1) % 11 == 3;

    public static bool Lithuania(string text)
    {
        if (!Digits(text, 9) || text[7] != '1')
        {
            return false;
        }

        int first = Weighted(text, 1, 2, 3, 4, 5, 6, 7, 8) % 11;
        int check = first == 10 ? Weighted(text, 3, 4, 5, 6, 7, 8, 9, 1) % 11 % 10 : first;
        return check == text[8] - '0';
    }

    public static bool Luxembourg(string text) => Digits(text, 8) && Number(text.AsSpan(0, 6)) % 89 == Number(text.AsSpan(6));

    public static bool Malta(string text) => Digits(text, 8) && (37 - (Weighted(text, 3, 4, 6, 7, 8, 9) % 37)) == Number(text.AsSpan(6));

    public static bool Netherlands(string text) =>
        text.Length == 12 && Digits(text[..9], 9) && text[9] == 'B' && Digits(text[10..], 2)
        && (Weighted(text, 9, 8, 7, 6, 5, 4, 3, 2) % 11 == text[8] - '0' || Mod97("NL" + text));

    public static bool Poland(string text) => Digits(text, 10) && Weighted(text, 6, 5, 7, 2, 3, 4, 5, 6, 7) % 11 == text[9] - '0';

    public static bool Portugal(string text) => Digits(text, 9) && text[0] is not ('0' or '1' or '2' or '3') && (11 - (Weighted(text, 9, 8, 7, 6, 5, 4, 3, 2) % 11)) is var check && (check > 9 ? 0 : check) == text[8] - '0';

    public static bool Romania(string text)
    {
        if (text.Length is < 2 or > 10 || !Digits(text, text.Length))
        {
            return false;
        }

        string padded = text.PadLeft(10, '0');
        return Weighted(padded, 7, 5, 3, 2, 1, 7, 5, 3, 2) * 10 % 11 % 10 == padded[9] - '0';
    }

    public static bool Slovakia(string text) => Digits(text, 10) && text[0] != '0' && text[2] is '2' or '3' or '4' or '7' or '8' or '9' && Number(text) % 11 == 0;

    public static bool Slovenia(string text) => Digits(text, 8) && text[0] != '0' && (11 - (Weighted(text, 8, 7, 6, 5, 4, 3, 2) % 11)) is var check && check != 11 && check % 10 == text[7] - '0';

    public static bool Spain(string text)
    {
        if (text.Length != 9 || !"ABCDEFGHJNPQRSUVW".Contains(text[0], StringComparison.Ordinal) || !Digits(text[1..8], 7))
        {
            return false;
        }

        int sum = Weighted(text[1..8], 0, 1, 0, 1, 0, 1, 0);
        for (int i = 1; i < 8; i += 2)
        {
            int doubled = (text[i] - '0') * 2;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }

        int check = (10 - (sum % 10)) % 10;
        return text[8] == check + '0' || text[8] == "JABCDEFGHI"[check];
    }

    public static bool Sweden(string text) => Digits(text, 12) && text.EndsWith("01", StringComparison.Ordinal) && text[2] >= '2' && Luhn(text[..10]);

    private static int AustrianDigit(string digits)
    {
        int total = 4;
        for (int i = 0; i < 7; i++)
        {
            int value = (digits[i] - '0') * (i % 2 == 0 ? 1 : 2);
            total += value > 9 ? value - 9 : value;
        }

        return (10 - (total % 10)) % 10;
    }
}
