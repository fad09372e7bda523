namespace Probity.Linkage;

/// <summary>A numbering of organisations: how its numbers look, how they are checked, and who says so.</summary>
/// <param name="Code">Short name, such as "lei" or "vat-de".</param>
/// <param name="Exclusive">True where one organisation has one number, so that two valid ones are two organisations.</param>
/// <param name="Source">The publication that defines it.</param>
/// <param name="Check">True for numbers (upper case, letters and digits only) that the scheme may have issued.</param>
public sealed record IdentifierScheme(string Code, bool Exclusive, string Source, Func<string, bool> Check)
{
    /// <summary>What people type to fill a field: no evidence, also where a scheme has no check digit and may have issued it.</summary>
    private static readonly HashSet<string> Placeholders = ["123456789", "1234567890", "12345678", "987654321", "0123456789"];

    /// <summary>The number in the form in which it is compared; false where it cannot be one of this scheme.</summary>
    /// <param name="text">As a source writes it: spaces, dots, dashes and lower case are allowed.</param>
    /// <param name="number">Upper case letters and digits; empty where the answer is false.</param>
    public bool TryRead(string text, out string number)
    {
        Span<char> kept = stackalloc char[40];
        int length = 0;
        foreach (char character in text)
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                if (length == kept.Length)
                {
                    number = "";
                    return false;
                }

                kept[length++] = char.ToUpperInvariant(character);
            }
        }

        number = kept[..length].ToString();
        if (number.Length > 2 && Code.StartsWith("vat-", StringComparison.Ordinal) && number.StartsWith(CountryPrefix, StringComparison.Ordinal))
        {
            number = number[2..];
        }

        bool read = number.Length > 0 && number.AsSpan().IndexOfAnyExcept(number[0]) >= 0 && !Placeholders.Contains(number) && Check(number);
        number = read ? number : "";
        return read;
    }

    private string CountryPrefix => Code[4..].ToUpperInvariant();
}
