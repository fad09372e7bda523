using System.Collections.Frozen;

namespace Probity.Linkage;

/// <summary>
/// Names of columns that only people have, in the languages of the member states of the European Union. Words that lists of firms use too ("nome", "ime",
/// "codice fiscale", "OIB") are left out: beside such a word a list of people has one that is here.
/// </summary>
internal static class PersonColumns
{
    private static readonly FrozenSet<string> NameParts = Read(
        "first name|firstname|given name|given names|forename|forenames|last name|lastname|surname|family name|middle name|maiden name",
        "prénom|prénoms|nom de famille|nom de naissance|nom de jeune fille|nom usage|nom d usage|nom patronymique|nom et prénom|nom prénom|prénom nom|prénom et nom",
        "vorname|vornamen|nachname|familienname|zuname|geburtsname|mädchenname|vor und nachname|vorname nachname|nachname vorname",
        "apellido|apellidos|apellido 1|apellido 2|primer apellido|segundo apellido|nombre de pila|nombre y apellidos|apellidos y nombre|nombre apellidos",
        "cognome|nome e cognome|cognome e nome|nome cognome|cognome nome|nome di battesimo",
        "apelido|apelidos|sobrenome|sobrenomes|nome próprio|primeiro nome|último nome|nome de família",
        "imię|imiona|nazwisko|nazwiska|imię i nazwisko|nazwisko i imię|drugie imię|nazwisko rodowe|nazwisko panieńskie|imie",
        "voornaam|voornamen|achternaam|familienaam|geslachtsnaam|meisjesnaam|tussenvoegsel|roepnaam|voorletters",
        "förnamn|efternamn|mellannamn|tilltalsnamn|fornavn|efternavn|mellemnavn|etternavn|mellomnavn|slægtsnavn|slaegtsnavn",
        "etunimi|etunimet|sukunimi|kutsumanimi|eesnimi|perekonnanimi|perenimi|uzvārds|vārds uzvārds|vārds un uzvārds|pavardė|vardas pavardė|vardas ir pavardė",
        "křestní jméno|příjmení|jméno a příjmení|jméno příjmení|rodné příjmení|rodné jméno|krstné meno|priezvisko|meno a priezvisko|meno priezvisko|rodné priezvisko",
        "priimek|ime in priimek|ime priimek|prezime|ime i prezime|ime prezime|vezetéknév|keresztnév|utónév|családnév|születési név|leánykori név",
        "prenume|nume de familie|nume și prenume|nume prenume|фамилия|презиме|бащино име|собствено име|лично име|επώνυμο|μικρό όνομα|ονοματεπώνυμο|πατρώνυμο|όνομα πατρός",
        "person name|patient|patient name|employee name");

    private static readonly FrozenSet<string> Others = Read(
        "date of birth|dob|birth date|birthdate|birthday|birth year|year of birth|place of birth|birthplace|birth place|gender|sex|marital status|ssn|social security number|national insurance number|nino",
        "passport|passport number|nationality|personal number|personal id number|pps number|ppsn|pps no",
        "date de naissance|date naissance|né le|née le|année de naissance|année naissance|lieu de naissance|lieu naissance|sexe|numéro de sécurité sociale|numéro sécurité sociale|num sécu|état civil|nir",
        "geburtsdatum|geburtstag|geboren am|geburtsjahr|geburtsort|geschlecht|familienstand|sozialversicherungsnummer|svnr|sv nummer|steueridentifikationsnummer|personalausweisnummer|reisepassnummer",
        "fecha de nacimiento|fecha nacimiento|año de nacimiento|lugar de nacimiento|lugar nacimiento|sexo|género|dni|número de dni|estado civil|número de seguridad social",
        "data di nascita|data nascita|anno di nascita|luogo di nascita|luogo nascita|comune di nascita|sesso|stato civile",
        "data de nascimento|data nascimento|ano de nascimento|local de nascimento|local nascimento|naturalidade|gênero|cartão de cidadão|número de cartão de cidadão|bilhete de identidade",
        "data urodzenia|rok urodzenia|miejsce urodzenia|płeć|plec|pesel|numer pesel|nr pesel|stan cywilny",
        "geboortedatum|geboortejaar|geboorteplaats|geslacht|bsn|burgerservicenummer|rijksregisternummer|burgerlijke staat",
        "födelsedatum|födelsedag|födelseår|födelseort|kön|personnummer|civilstånd|fødselsdato|fødselsdag|fødselsår|fødested|køn|kjønn|cpr|cpr nummer|cpr nr|fødselsnummer",
        "foedselsdato|foedselsdag|foedested|foedselsnummer|fodselsdato|fodselsdag|fodested|fodselsnummer|kjonn",
        "syntymäaika|syntymäpäivä|syntymävuosi|syntymäpaikka|sukupuoli|henkilötunnus|hetu|sünniaeg|sünnikuupäev|sünniaasta|sünnikoht|sugu|isikukood",
        "dzimšanas datums|dzimšanas gads|dzimšanas vieta|dzimums|personas kods|gimimo data|gimimo metai|gimimo vieta|lytis|asmens kodas",
        "datum narození|rok narození|místo narození|pohlaví|rodné číslo|rodinný stav|dátum narodenia|rok narodenia|miesto narodenia|pohlavie",
        "datum rojstva|leto rojstva|kraj rojstva|rojstni datum|spol|emšo|datum rođenja|godina rođenja|mjesto rođenja|jmbg|datum rodenja|mjesto rodenja",
        "születési dátum|születési idő|születési év|születési hely|születési ideje|születési helye|neme|személyi szám|személyi azonosító|taj szám|taj|anyja neve",
        "data nașterii|data nasterii|data de naștere|data naștere|anul nașterii|locul nașterii|loc naștere|gen|cnp|cod numeric personal|stare civilă",
        "дата на раждане|година на раждане|място на раждане|рождена дата|месторождение|пол|егн|единен граждански номер|egn",
        "ημερομηνία γέννησης|ημ γέννησης|ημερομηνία γεννήσεως|έτος γέννησης|τόπος γέννησης|φύλο|αμκα|amka|αριθμός δελτίου ταυτότητας",
        "data tat twelid|post tat twelid|dáta breithe|áit bhreithe");

    /// <summary>Names of people's lists and of firms' alike: a part of a name beside one of them is a person's.</summary>
    private static readonly FrozenSet<string> Plain = Read("name|nom|nombre|naam|navn|namn|nimi|naziv|nazwa");

    /// <summary>Whether only people have a column of this name.</summary>
    public static bool Contains(string column) => IsPartOfName(column) || Others.Contains(ColumnGuess.Plain(column));

    /// <summary>Whether a column of this name holds a part of a person's name.</summary>
    public static bool IsPartOfName(string column) => NameParts.Contains(ColumnGuess.Plain(column));

    /// <summary>Whether a column of this name may hold the names of people as well as of organisations.</summary>
    public static bool IsPlainName(string column) => Plain.Contains(ColumnGuess.Plain(column));

    private static FrozenSet<string> Read(params string[] names) => names.SelectMany(some => some.Split('|')).Select(ColumnGuess.Plain).ToFrozenSet(StringComparer.Ordinal);
}
