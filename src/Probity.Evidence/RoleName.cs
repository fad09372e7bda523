using System.Globalization;
using System.Text;

namespace Probity.Evidence;

/// <summary>
/// What remains of the name of a role when all that two ways of writing it may differ in is taken away: its letters, digits and the marks of scripts that need them, in one case and one
/// width. Blanks, punctuation, control and format characters do not count. "Records Officer", "records-officer" and "ｒｅｃｏｒｄｓ officer" are one role.
/// </summary>
/// <remarks>
/// Unicode's own normal form NFKC is not there on every machine a ledger is verified on (.NET without ICU passes texts through as they are). So a name with compatibility letters, such as
/// ligatures, letterlike or mathematical letters, or with an accent that stands apart from its letter, is no role.
/// A name wholly in one alphabet that looks like a word of another is a role of its own: a register that declares its roles (redaction_roles) knows it not.
/// </remarks>
public sealed record RoleName
{
    private const int FirstFullWidth = 0xFF01;
    private const int LastFullWidth = 0xFF5E;
    private const int FullWidthBehind = 0xFEE0;

    /// <summary>Blocks whose letters are other letters written otherwise, accents that stand apart, and letters and marks that show nothing, in the order of code points.</summary>
    private static readonly (int First, int Last)[] Refused =
    [
        (0x00AA, 0x00AA), (0x00B2, 0x00B3), (0x00B9, 0x00BA), (0x0132, 0x0133), (0x013F, 0x0140), (0x0149, 0x0149), (0x017F, 0x017F), (0x01C4, 0x01CC), (0x01F1, 0x01F3), (0x02B0, 0x02FF), (0x0300, 0x036F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
        (0x1AB0, 0x1AFF), (0x1D2C, 0x1D6A), (0x1DC0, 0x1DFF), (0x2070, 0x209C), (0x20D0, 0x20FF), (0x2100, 0x218B), (0x2460, 0x24FF), (0x3164, 0x3164), (0x3200, 0x33FF), (0xF900, 0xFAFF), (0xFB00, 0xFE0F), (0xFE20, 0xFE2F),
        (0xFE70, 0xFEFE), (0xFF5F, 0xFFEF), (0x1D400, 0x1D7FF), (0x1EE00, 0x1EEFF), (0x1F100, 0x1F2FF), (0x2F800, 0x2FA1F), (0xE0000, 0xE0FFF),
    ];

    /// <summary>Alphabets with letters that look like letters of another of them; a name of two of them is no role (Unicode Technical Standard 39, mixed scripts).</summary>
    private static readonly (int First, int Last, string Alphabet)[] Alphabets =
    [
        ('A', 'Z', "Latin"), ('a', 'z', "Latin"), (0x00C0, 0x024F, "Latin"), (0x0250, 0x02AF, "Latin"), (0x0370, 0x03FF, "Greek"), (0x0400, 0x052F, "Cyrillic"), (0x0530, 0x058F, "Armenian"),
        (0x13A0, 0x13FF, "Cherokee"), (0x1C80, 0x1C8F, "Cyrillic"), (0x1E00, 0x1EFF, "Latin"), (0x1F00, 0x1FFF, "Greek"), (0x2C60, 0x2C7F, "Latin"), (0x2C80, 0x2CFF, "Coptic"),
        (0x2DE0, 0x2DFF, "Cyrillic"), (0xA4D0, 0xA4FF, "Lisu"), (0xA640, 0xA69F, "Cyrillic"), (0xA720, 0xA7FF, "Latin"), (0xAB30, 0xAB6F, "Latin"), (0xAB70, 0xABBF, "Cherokee"),
    ];

    private RoleName(string letters) => Letters = letters;

    /// <summary>The letters, digits and marks that count, in lower case; at least one of them is a letter.</summary>
    public string Letters { get; }

    /// <summary>The role a text names; null where it names none: it holds no letter, letters of two alphabets that look alike, or such as are refused.</summary>
    public static RoleName? Of(string text)
    {
        var letters = new StringBuilder(text.Length);
        bool anyLetter = false;
        string? alphabet = null;
        foreach (Rune written in text.EnumerateRunes())
        {
            Rune rune = written.Value is >= FirstFullWidth and <= LastFullWidth ? new Rune(written.Value - FullWidthBehind) : written;
            if (IsRefused(rune.Value))
            {
                return null;
            }

            string? its = Array.Find(Alphabets, block => rune.Value >= block.First && rune.Value <= block.Last).Alphabet;
            if (its is not null && (alphabet ??= its) != its)
            {
                return null;
            }

            UnicodeCategory category = Rune.GetUnicodeCategory(rune);
            anyLetter |= Rune.IsLetter(rune);
            if (Rune.IsLetterOrDigit(rune) || category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
            {
                letters.Append(Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)).ToString());
            }
        }

        return anyLetter ? new RoleName(letters.ToString()) : null;
    }

    private static bool IsRefused(int codePoint) => Array.Exists(Refused, block => codePoint >= block.First && codePoint <= block.Last);
}
