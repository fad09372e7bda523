namespace Probity.Linkage;

/// <summary>One row taken apart, its words still texts. Depends on the row alone.</summary>
/// <param name="Name">The name; no words where it is empty.</param>
/// <param name="Address">Null where the input has no columns of addresses.</param>
/// <param name="Telephone">See <see cref="LinkFacts.Telephone"/>.</param>
/// <param name="Domain">Empty where there is none.</param>
internal readonly record struct ParsedRow(OrganisationName Name, PostalAddress? Address, ulong Telephone, string Domain)
{
    /// <summary>Takes a row apart.</summary>
    public static ParsedRow Read(TableColumns columns, IReadOnlyList<string> texts) => new(
        OrganisationName.Read(columns.NameOf(texts)),
        columns.HasAddress
            ? PostalAddress.Read(TableColumns.Joined(columns.Address, texts), TableColumns.First(columns.Postcode, texts), TableColumns.First(columns.City, texts))
            : null,
        TelephoneOf(TableColumns.First(columns.Telephone, texts)),
        WebDomain.Of(TableColumns.First(columns.Web, texts)));

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
}
