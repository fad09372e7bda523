using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Probity.Linkage;

/// <summary>
/// Guesses what the columns of an input mean from their names, in the wordings that registers and lists commonly use. The guess is shown to
/// whoever runs the linkage and any column of it can be set by the specification.
/// </summary>
public static class ColumnGuess
{
    private static readonly FrozenDictionary<string, (ColumnRole Role, string Scheme)> Known = Read(
        (ColumnRole.Id, "", "id|company id|organisation id|organization id|entity id|site id|establishment id|vendor id|supplier id|org id|record number|source id|recordid|identifier|key|uuid|ref|reference|fhrsid|unique id|row id|record|rec id|provider id|facility id|business id|nr|no|registration number|reg no|id number|customer id|customer no|customer number|kundennummer|lieferantennummer|lfd nr|numer"),
        (ColumnRole.Name, "", "name|company name|companyname|organisation name|organization name|organisation|organization|legal name|business name|businessname|site name|"
            + "entity name|legal entity name|provider name|facility name|firm|firm name|company|title|registered name|nom|denomination|raison sociale|firma|nombre|razon social|"
            + "denominazione|naam|naziv|nazwa|navn|nimi|establishment name|vendor name|supplier name|org name|employer name|hospital name|agency|institution|institution name|supplier|vendor|customer|customer name|client|client name|company legal name|registered company name|account name|firmenname|firmenwortlaut|firmenbezeichnung|"
            + "unternehmen|unternehmensname|ragione sociale|denominationunitelegale|denomination unite legale|denomination sociale|nom entreprise|nom de l entreprise|entreprise|bedrijfsnaam|handelsnaam|"
            + "statutaire naam|razao social|denominacao|denominacion social|empresa|namn|foretagsnamn|virksomhedsnavn|foretaksnavn|yrityksen nimi|nazwa firmy|nazov|nazev|obchodni firma|cegnev|"
            + "denumire|название|наименование|организация"),
        (ColumnRole.OtherName, "", "trading name|trade name|trading as|doing business as|dba|dba name|alias|also known as|aka|former name|other name|enseigne|brand|program name|trades as|operating as|t a|doing business as dba|nom commercial|nome fantasia|nombre comercial|nome commerciale|handelsname"),
        (ColumnRole.Address, "", "address|full address|street address|street|address 1|address 2|address 3|address line 1|address line 2|address line 3|addressline1|addressline2|addressline3|"
            + "addr|addr1|addr2|address1|address2|house number|street number|street name|number|house|building|unit|suite|adresse|direccion|indirizzo|adres|strasse|hausnummer|rue|"
            + "premises|registered address|site address|location address|location|numero|adress|anschrift|strasse und hausnummer|strasse hausnummer|strasse nr|domicilio|ulica|endereco|logradouro|regaddress addressline1|regaddress addressline2|street line|"
            + "street line 1|street line 2|business address|company address|postal address|address street|via|indirizzo sede|sede legale|straat|huisnummer|straat en huisnummer|gata|gatuadress|gade|"
            + "katuosoite|osoite|calle|adresse postale|adresse ligne 1|numero et rue|libelle voie|adresa|адрес|улица"),
        (ColumnRole.Postcode, "", "postcode|post code|zip|zip code|zipcode|postal code|postalcode|postal|plz|code postal|cap|codigo postal|eircode|cp|kod pocztowy|cep|postleitzahl|postnummer|postnr|postinumero|codice postale|regaddress postcode|psc|iranyitoszam|pin code|pincode|индекс"),
        (ColumnRole.City, "", "city|town|city town|locality|place|ort|stadt|ville|commune|ciudad|municipio|citta|plaats|by|municipality|address city|post town|posttown|localidad|comune|miasto|cidade|localite|localidade|miejscowosc|gemeente|woonplaats|stad|postort|kommune|kunta|poblacion|municipio sede|libelle commune|"
            + "regaddress posttown|mesto|город"),
        (ColumnRole.Telephone, "", "phone|telephone|tel|phone number|telephone number|phonenumber|telephonenumber|telefon|telefono|tel no|phone no|contact phone|mobile|main phone|office phone|contact number|contact tel|contact telephone|ph|ph no|fernruf|telefoon|telefoonnummer|telefonnummer|telefone|rufnummer|puhelin|numer telefonu|numero de telephone|"
            + "numero di telefono|telefonnr|телефон"),
        (ColumnRole.Web, "", "website|web site|web|url|homepage|domain|web domain|email|e mail|email address|mail|site web|site url|webpage|internet|sitio web|sito web|sito internet|webseite|internetseite|internetadresse|website url|web address|pagina web|strona www|www|site internet|hemsida|сайт"),
        (ColumnRole.Founded, "", "founded|date founded|founding date|foundation date|year founded|incorporated|incorporation date|incorporationdate|date of incorporation|date incorporated|established|date established|year established|date de creation|date creation|"
            + "datecreationunitelegale|date creation unite legale|grundungsdatum|gruendungsdatum|fecha de constitucion|data di costituzione|oprichtingsdatum|data zalozenia|data de constituicao|stiftelsesdato|perustamispaiva"),
        (ColumnRole.Identifier, "lei", "lei|lei code|legal entity identifier"),
        (ColumnRole.Identifier, "gb-company", "company number|companynumber|company no|crn|companies house number|company registration number|uk company number|companies house id"),
        (ColumnRole.Identifier, "siren", "siren|siren number|numero siren"),
        (ColumnRole.Identifier, "siret", "siret|siret number|numero siret"),
        (ColumnRole.Identifier, "ein", "ein|employer identification number|fein|federal ein|tax id number"),
        (ColumnRole.Identifier, "npi", "npi|npi number|national provider identifier"),
        (ColumnRole.Identifier, "duns", "duns|duns number|d u n s|dunsnumber|d u n s number"),
        (ColumnRole.Identifier, "abn", "abn"),
        (ColumnRole.Identifier, "cnpj", "cnpj"),
        (ColumnRole.Identifier, "cvr", "cvr|cvr number|cvr nummer"),
        (ColumnRole.Identifier, "no-orgnr", "orgnr|organisasjonsnummer"),
        (ColumnRole.Identifier, "ogrn", "ogrn"),
        (ColumnRole.Identifier, "uid-che", "uid che|che uid"),
        (ColumnRole.Identifier, "ccn", "ccn|cms certification number|cms certification number ccn"),
        (ColumnRole.Identifier, "se-orgnr", "organisationsnummer|orgnummer"),
        (ColumnRole.Identifier, "ee-code", "registrikood"),
        (ColumnRole.Identifier, "regon", "regon"),
        (ColumnRole.Identifier, "rsin", "rsin"),
        (ColumnRole.Identifier, "ico", "ico"),
        (ColumnRole.Identifier, "jp-corporate", "corporate number|houjin bangou|hojin bango"),
        (ColumnRole.Identifier, "kr-brn", "brn|business registration number"),
        (ColumnRole.Identifier, "cn-uscc", "uscc|unified social credit code|unified social credit identifier"),
        (ColumnRole.Identifier, "in-gstin", "gstin"),
        (ColumnRole.Identifier, "acn", "acn"),
        (ColumnRole.Identifier, "ru-inn", "inn"),
        (ColumnRole.Identifier, "ua-edrpou", "edrpou"),
        (ColumnRole.Identifier, "vat-it", "partita iva|p iva|piva"),
        (ColumnRole.Identifier, "vat-es", "cif"),
        (ColumnRole.Identifier, "vat-pl", "nip"),
        (ColumnRole.Identifier, "vat", "vat|vat number|vat id|vatid|vat no|vat registration number|ust idnr|ustid|tva|nif|btw|btw nummer|mwst nr|n tva|no tva|numero tva|numero de tva|tva intracommunautaire|n tva intracommunautaire|ust id|ust id nr|uid nummer|umsatzsteuer id|vat code|moms nr"));

    /// <summary>One use for each column, in the order of the columns. At most one Id and one Name; an Id column is unique and never empty; where no column is the Name, the first other name is.</summary>
    public static ImmutableArray<ColumnUse> Of(LinkTable table)
    {
        var uses = new ColumnUse[table.Columns.Length];
        bool named = false;
        bool identified = false;
        for (int i = 0; i < uses.Length; i++)
        {
            string column = table.Columns[i];
            (ColumnRole role, string scheme) = Known.GetValueOrDefault(Plain(column));
            if ((role == ColumnRole.Id && (identified || !IsKey(table, i))) || (role == ColumnRole.Name && named))
            {
                role = role == ColumnRole.Name ? ColumnRole.OtherName : ColumnRole.Ignored;
            }

            named |= role == ColumnRole.Name;
            identified |= role == ColumnRole.Id;
            uses[i] = new ColumnUse(column, role, scheme ?? "");
        }

        int other = named ? -1 : Array.FindIndex(uses, use => use.Role == ColumnRole.OtherName);
        if (other >= 0)
        {
            uses[other] = uses[other] with { Role = ColumnRole.Name };
        }

        return ImmutableArray.Create(uses);
    }

    /// <summary>A column's name without case, spaces and signs: "CompanyName", "company_name" and "Company name" are one.</summary>
    internal static string Plain(string column)
    {
        var words = new WordList();
        Words.Read(column, words);
        return words.Letters.ToString();
    }

    /// <summary>Why a column does not identify the rows, in words; null where it does: each value is there and stands once.</summary>
    public static string? WhyNoKey(LinkTable table, int column)
    {
        var seen = new Dictionary<string, int>(table.Rows.Count, StringComparer.Ordinal);
        for (int row = 0; row < table.Rows.Count; row++)
        {
            string id = table.Rows.Text(row, column).Trim().ToString();
            if (id.Length == 0)
            {
                return $"row {row} counted from 0 has none";
            }

            if (!seen.TryAdd(id, row))
            {
                return $"'{id}' stands in rows {seen[id]} and {row} counted from 0";
            }
        }

        return null;
    }

    private static bool IsKey(LinkTable table, int column) => WhyNoKey(table, column) is null;

    private static FrozenDictionary<string, (ColumnRole Role, string Scheme)> Read(params (ColumnRole Role, string Scheme, string Names)[] table)
    {
        var known = new Dictionary<string, (ColumnRole, string)>(StringComparer.Ordinal);
        foreach ((ColumnRole role, string scheme, string names) in table)
        {
            foreach (string name in names.Split('|'))
            {
                known.TryAdd(Plain(name), (role, scheme));
            }
        }

        return known.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
