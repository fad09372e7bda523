using Probity.Linkage;
using Probity.Register;

namespace Probity.Site.Reconciliation;

/// <summary>A property that can be asked with and fetched.</summary>
/// <param name="Id">Its identifier; of a numbering of organisations the scheme's code.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Values">Its values for an organisation, each once; none where it has none.</param>
internal sealed record ReconciliationProperty(string Id, string Name, Func<OrganisationSummary, IEnumerable<string>> Values)
{
    private static readonly Dictionary<string, string> SchemeNames = new(StringComparer.Ordinal)
    {
        ["lei"] = "LEI (Legal Entity Identifier)",
        ["gb-company"] = "Company number (United Kingdom)",
        ["siren"] = "SIREN (France)",
        ["siret"] = "SIRET (France)",
        ["ein"] = "EIN, Employer Identification Number (United States)",
        ["npi"] = "NPI, National Provider Identifier (United States)",
        ["duns"] = "D-U-N-S number",
        ["abn"] = "ABN, Australian Business Number",
        ["acn"] = "ACN, Australian Company Number",
        ["cvr"] = "CVR number (Denmark)",
        ["no-orgnr"] = "Organisation number (Norway)",
        ["se-orgnr"] = "Organisation number (Sweden)",
        ["cnpj"] = "CNPJ (Brazil)",
        ["ogrn"] = "OGRN (Russia)",
        ["ru-inn"] = "INN of organisations (Russia)",
        ["uid-che"] = "UID (Switzerland)",
        ["ccn"] = "CCN, CMS Certification Number (United States)",
        ["ee-code"] = "Registry code (Estonia)",
        ["regon"] = "REGON (Poland)",
        ["rsin"] = "RSIN (Netherlands)",
        ["ico"] = "IČO (Czechia, Slovakia)",
        ["jp-corporate"] = "Corporate number (Japan)",
        ["kr-brn"] = "Business registration number (Korea)",
        ["cn-uscc"] = "Unified Social Credit Identifier (China)",
        ["in-gstin"] = "GSTIN (India)",
        ["ca-bn"] = "Business Number (Canada)",
        ["ua-edrpou"] = "EDRPOU (Ukraine)",
        ["il-company"] = "Company number (Israel)",
    };

    /// <summary>The properties that every register has.</summary>
    public static IReadOnlyList<ReconciliationProperty> Always { get; } =
    [
        Of("name", "Name", one => one.Particulars.Name),
        Of("type", "Kind of business or body", one => one.Particulars.Type),
        Of("address", "Address", one => one.Particulars.Address),
        Of("postcode", "Postcode", one => one.Particulars.Postcode),
        Of("authority", "Authority", one => one.Particulars.Authority),
        Of("source", "Source of the record", one => one.Record.Source),
        Of("source_id", "Identifier in the source", one => one.Record.Record),
    ];

    /// <summary>What people call a scheme of <see cref="IdentifierSchemes"/>.</summary>
    public static string NameOf(string scheme) =>
        SchemeNames.GetValueOrDefault(scheme) ?? (scheme.StartsWith("vat-", StringComparison.Ordinal) ? $"VAT number ({scheme[4..].ToUpperInvariant()})" : scheme);

    /// <summary>
    /// The scheme whose numbers a property holds: by its code ("siren"), or by a name as columns are called ("Company number", "VAT ID"), which a
    /// person types who picks no suggestion. Null where it holds none.
    /// </summary>
    public static string? SchemeOf(string property)
    {
        string code = property.Trim().ToLowerInvariant();
        string? named = IdentifierSchemes.All.Select(scheme => scheme.Code).FirstOrDefault(scheme => string.Equals(NameOf(scheme), property, StringComparison.OrdinalIgnoreCase));
        return named ?? (code == "vat" || IdentifierSchemes.Find(code) is not null ? code : ColumnGuess.Of(new LinkTable("", [property], []))[0] is { Role: ColumnRole.Identifier } guess ? guess.Scheme : null);
    }

    private static ReconciliationProperty Of(string id, string name, Func<OrganisationSummary, string> value) =>
        new(id, name, one => value(one) is { Length: > 0 } text ? [text] : []);
}
