using static Probity.Linkage.Checksums;

namespace Probity.Linkage;

/// <summary>Every numbering of organisations that Probity can check. One that is not here is evidence only where a specification says so.</summary>
public static class IdentifierSchemes
{
    private const string Vies = "European Commission, VIES: VAT identification number structure; national check digits";

    /// <summary>All schemes, by code.</summary>
    public static IReadOnlyList<IdentifierScheme> All { get; } =
    [
        new("lei", Exclusive: true, "ISO 17442-1:2020, check digits ISO/IEC 7064 MOD 97-10", text => text.Length == 20 && Digits(text[18..], 2) && Mod97(text)),
        new("gb-company", Exclusive: true, "Companies House, Uniform Resource Identifiers customer guide: company number prefixes", BritishCompany),
        new("siren", Exclusive: true, "Code de commerce R123-221; INSEE, Luhn", text => Digits(text, 9) && Luhn(text)),
        new("siret", Exclusive: true, "Code de commerce R123-221; INSEE, Luhn, La Poste by sum of digits", Siret),
        new("ein", Exclusive: true, "IRS, How EINs are assigned and valid EIN prefixes", AmericanEmployer),
        new("npi", Exclusive: false, "45 CFR 162.406; CMS, Luhn behind 80840", text => Digits(text, 10) && text[0] is '1' or '2' && Luhn("80840" + text)),
        new("duns", Exclusive: false, "Dun & Bradstreet: nine digits, one number for each site, no check digit", text => Digits(text, 9)),
        new("abn", Exclusive: true, "Australian Business Register, format of the ABN: modulus 89", Australian),
        new("cvr", Exclusive: true, "Erhvervsstyrelsen, modulus 11", VatChecks.Denmark),
        new("no-orgnr", Exclusive: true, "Enhetsregisterforskriften, Bronnoysund registers: modulus 11", Norwegian),
        new("cnpj", Exclusive: true, "Receita Federal, IN RFB 2119/2022: modulus 11", Brazilian),
        new("ogrn", Exclusive: true, "Federal Tax Service of Russia, order on the state register: modulus 11", text => Digits(text, 13) && Number(text.AsSpan(0, 12)) % 11 % 10 == text[12] - '0'),
        new("uid-che", Exclusive: true, "Swiss UID act SR 431.03: modulus 11", Swiss),
        new("ccn", Exclusive: false, "CMS State Operations Manual 2779A: six characters, no check digit", text => text.Length == 6 && Digits(text[..2], 2)),
        new("se-orgnr", Exclusive: true, "Lag (1974:174) om identitetsbeteckning for juridiska personer; Bolagsverket, Luhn", NationalChecks.Sweden),
        new("ee-code", Exclusive: true, "Estonian Business Register, registry code: modulus 11 in two rounds", NationalChecks.Estonia),
        new("regon", Exclusive: false, "GUS, REGON: modulus 11; nine digits, one for each entity", NationalChecks.Poland),
        new("rsin", Exclusive: true, "Belastingdienst, RSIN: eleven test", NationalChecks.Netherlands),
        new("ico", Exclusive: true, "Czech and Slovak statistical offices, ICO: modulus 11", VatChecks.Czechia),
        new("jp-corporate", Exclusive: true, "National Tax Agency of Japan, Corporate Number: modulus 9", NationalChecks.Japan),
        new("kr-brn", Exclusive: false, "National Tax Service of Korea, business registration number, one for each place of business: modulus 10", NationalChecks.Korea),
        new("cn-uscc", Exclusive: true, "GB 32100-2015, Unified Social Credit Identifier: ISO/IEC 7064-like modulus 31", NationalChecks.China),
        new("in-gstin", Exclusive: false, "GST Network of India, GSTIN, one for each state: modulus 36", NationalChecks.India),
        new("acn", Exclusive: true, "ASIC, Australian Company Number check digit: modulus 10", NationalChecks.Australia),
        new("ca-bn", Exclusive: true, "Canada Revenue Agency, Business Number, nine digits: Luhn", text => Digits(text, 9) && Luhn(text)),
        new("ru-inn", Exclusive: true, "Federal Tax Service of Russia, INN of organisations: modulus 11", NationalChecks.Russia),
        new("ua-edrpou", Exclusive: true, "State Statistics Service of Ukraine, EDRPOU: modulus 11 in two rounds", NationalChecks.Ukraine),
        new("il-company", Exclusive: true, "Israeli Corporations Authority, company number: Luhn", NationalChecks.Israel),
        new("vat-at", Exclusive: true, Vies, VatChecks.Austria),
        new("vat-be", Exclusive: true, Vies, VatChecks.Belgium),
        new("vat-bg", Exclusive: true, Vies, VatChecks.Bulgaria),
        new("vat-cy", Exclusive: true, Vies, VatChecks.Cyprus),
        new("vat-cz", Exclusive: true, Vies, VatChecks.Czechia),
        new("vat-de", Exclusive: true, Vies, VatChecks.Germany),
        new("vat-dk", Exclusive: true, Vies, VatChecks.Denmark),
        new("vat-ee", Exclusive: true, Vies, VatChecks.Estonia),
        new("vat-el", Exclusive: true, Vies, VatChecks.Greece),
        new("vat-es", Exclusive: true, Vies, VatChecks.Spain),
        new("vat-fi", Exclusive: true, Vies, VatChecks.Finland),
        new("vat-fr", Exclusive: true, Vies, VatChecks.France),
        new("vat-hr", Exclusive: true, Vies, VatChecks.Croatia),
        new("vat-hu", Exclusive: true, Vies, VatChecks.Hungary),
        new("vat-ie", Exclusive: true, Vies, VatChecks.Ireland),
        new("vat-it", Exclusive: true, Vies, VatChecks.Italy),
        new("vat-lt", Exclusive: true, Vies, VatChecks.Lithuania),
        new("vat-lu", Exclusive: true, Vies, VatChecks.Luxembourg),
        new("vat-lv", Exclusive: true, Vies, VatChecks.Latvia),
        new("vat-mt", Exclusive: true, Vies, VatChecks.Malta),
        new("vat-nl", Exclusive: true, Vies, VatChecks.Netherlands),
        new("vat-pl", Exclusive: true, Vies, VatChecks.Poland),
        new("vat-pt", Exclusive: true, Vies, VatChecks.Portugal),
        new("vat-ro", Exclusive: true, Vies, VatChecks.Romania),
        new("vat-se", Exclusive: true, Vies, VatChecks.Sweden),
        new("vat-si", Exclusive: true, Vies, VatChecks.Slovenia),
        new("vat-sk", Exclusive: true, Vies, VatChecks.Slovakia),
    ];

    private static readonly Dictionary<string, short> Places = All.Select((scheme, place) => (scheme.Code, place)).ToDictionary(pair => pair.Code, pair => (short)pair.place, StringComparer.Ordinal);

    /// <summary>The scheme of a code; null where none has it.</summary>
    public static IdentifierScheme? Find(string code) => Places.TryGetValue(code, out short place) ? All[place] : null;

    /// <summary>A number as a source writes it, in the form in which it is compared, and its scheme; null where it cannot be one of the scheme asked about.</summary>
    /// <param name="code">The scheme's code; "vat" where the number's letters tell which.</param>
    /// <param name="text">Spaces, dots, dashes and lower case are allowed; a company number of Companies House may lack the leading zeros that spreadsheets take.</param>
    public static (IdentifierScheme Scheme, string Number)? Read(string code, string text)
    {
        bool unpadded = code == "gb-company" && text.Length is > 4 and < 8 && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
        IdentifierScheme? scheme = code == "vat" ? VatOf(text) : Find(code);
        return scheme is not null && scheme.TryRead(unpadded ? text.PadLeft(8, '0') : text, out string number) ? (scheme, number) : null;
    }

    /// <summary>The place of a scheme in <see cref="All"/>.</summary>
    internal static short PlaceOf(IdentifierScheme scheme) => Places[scheme.Code];

    /// <summary>The VAT scheme that a number with its country's two letters belongs to; null where it has none or fails the check.</summary>
    public static IdentifierScheme? VatOf(string text)
    {
        string letters = new([.. text.Where(char.IsAsciiLetterOrDigit).Take(2).Select(char.ToLowerInvariant)]);
        return Find("vat-" + (letters == "gr" ? "el" : letters)) is { } scheme && scheme.TryRead(text, out _) ? scheme : null;
    }

    private static bool BritishCompany(string text) =>
        text.Length == 8 && Digits(text[2..], 6) && (Digits(text[..2], 2) || text[..2] is "SC" or "NI" or "OC" or "SO" or "NC" or "FC" or "SF" or "NF" or "LP" or "SL" or "NL" or "CE" or "CS" or "IP" or "RS" or "RC" or "GE" or "GN" or "GS" or "IC" or "SI" or "OE" or "SE" or "AC" or "SA" or "NA" or "NZ" or "NP" or "NV" or "SP" or "SR" or "SZ" or "ZC" or "PC" or "R0" or "ES" or "SG");

    private static bool Siret(string text) =>
        Digits(text, 14) && (Luhn(text) || (text.StartsWith("356000000", StringComparison.Ordinal) && text.Sum(digit => digit - '0') % 5 == 0));

    private static bool AmericanEmployer(string text) => Digits(text, 9) && Number(text.AsSpan(0, 2)) is not (0 or 7 or 8 or 9 or 17 or 18 or 19 or 28 or 29 or 49 or 69 or 70 or 78 or 79 or 89 or 96 or 97);

    private static bool Australian(string text) =>
        Digits(text, 11) && (Weighted(text, 10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19) - 10) % 89 == 0;

    private static bool Norwegian(string text) => Digits(text, 9) && Weighted(text, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;

    private static bool Swiss(string text) => text.Length == 12 && text.StartsWith("CHE", StringComparison.Ordinal) && Digits(text[3..], 9)
        && (11 - (Weighted(text[3..], 5, 4, 3, 2, 7, 6, 5, 4) % 11)) % 11 == text[11] - '0';

    private static bool Brazilian(string text) => Digits(text, 14)
        && CheckOf11(Weighted(text, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) == text[12] - '0'
        && CheckOf11(Weighted(text, 6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) == text[13] - '0';

    private static int CheckOf11(int sum) => sum % 11 < 2 ? 0 : 11 - (sum % 11);
}
