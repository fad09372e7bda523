using System.Collections.Frozen;

namespace Probity.Linkage;

/// <summary>What kind of word a word of a name is, whatever the corpus.</summary>
internal enum WordKind : byte
{
    /// <summary>A word that may tell organisations apart.</summary>
    Telling,

    /// <summary>A word that many organisations carry: "group", "services", "international".</summary>
    Common,

    /// <summary>A country.</summary>
    Country,

    /// <summary>A number, or a word that holds a digit: agrees exactly or not at all.</summary>
    Number,
}

/// <summary>
/// Words with a meaning of their own in the names of organisations: spellings and abbreviations of one word, words too common to tell
/// anything, countries in their main languages, and words that are left out.
/// </summary>
internal static class Vocabulary
{
    private static readonly FrozenSet<string> LeftOut =
        "the of and for de la le les des du der die das und et y e da do dos del di el al a an in at on".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Common = (
        "group holding holdings international global worldwide europe european asia asian africa african america americas american pacific north south east west "
        + "central northern southern eastern western national federal state royal general first new united services service solutions systems system technology "
        + "technologies enterprises enterprise industries industry industrial trading trade commercial management consulting consultants partners capital investment "
        + "investments fund funds trust bank banking insurance finance financial properties property development developments construction engineering energy oil gas "
        + "power electric motor motors foods food restaurant cafe hotel pharmacy pharmaceuticals medical health healthcare care clinic hospital school schools academy college "
        + "university institute center public community family child children childrens early learning education educational nursery daycare day preschool kindergarten "
        + "association foundation society council department office agency company corporation cooperative organization government ministry city county town district "
        + "store stores shop market supermarket logistics transport transportation shipping aviation marine maritime media software data digital research laboratories "
        + "products manufacturing materials metal metals steel mining chemical chemicals real estate house home design studio press publishing "
        + "railway pipeline petroleum equipment supply distribution import export branch division unit program programme project banco banque "
        + "mortgage loan business partnership saint").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Countries = Read(
        "afghanistan;albania;algeria;andorra;angola;argentina;armenia;australia;austria osterreich oesterreich autriche;azerbaijan;bahamas;bahrain;bangladesh;barbados;"
        + "belarus;belgium belgique belgie belgien;belize;benin;bermuda;bhutan;bolivia;bosnia;botswana;brazil brasil bresil;brunei;bulgaria;cambodia;cameroon;canada;chad;chile;"
        + "china zhongguo;colombia;congo;croatia hrvatska;cuba;cyprus;czechia ceska;denmark danmark;ecuador;egypt;estonia eesti;ethiopia;fiji;finland suomi;france frankreich;gabon;"
        + "georgia;germany deutschland allemagne alemania germania;ghana;gibraltar;greece hellas;guatemala;guernsey;haiti;honduras;hongkong;hungary magyarorszag;iceland island;"
        + "india;indonesia;iran;iraq;ireland;israel;italy italia italie italien;jamaica;japan nippon nihon;jersey;jordan;kazakhstan;kenya;korea;kuwait;kyrgyzstan;laos;latvia latvija;"
        + "lebanon;liberia;libya;liechtenstein;lithuania lietuva;luxembourg luxemburg;macau macao;macedonia;madagascar;malaysia;malta;mauritius;mexico;moldova;monaco;mongolia;"
        + "montenegro;morocco maroc;mozambique;myanmar;namibia;nepal;netherlands nederland holland niederlande;nicaragua;niger;nigeria;norway norge;oman;pakistan;panama;paraguay;"
        + "peru;philippines;poland polska polen pologne;portugal;qatar;romania;russia rossiia russland;rwanda;senegal;serbia srbija;singapore;slovakia slovensko;slovenia slovenija;"
        + "somalia;spain espana spanien espagne;sudan;sweden sverige schweden;switzerland schweiz suisse svizzera;syria;taiwan;tajikistan;tanzania;thailand;tunisia;turkey turkiye turkei;"
        + "turkmenistan;uganda;uk britain gb;ukraine ukraina;uae emirates;uruguay;usa us;uzbekistan;venezuela;vietnam;yemen;zambia;zimbabwe;newzealand;southafrica;saudiarabia;srilanka;costarica;puertorico;elsalvador");

    private static readonly FrozenDictionary<string, string> Spellings = Read(
        "international intl internat;center centre ctr cntr;association assn assoc;corporation corp;company co;organization organisation org;department dept;national natl;university univ;"
        + "institute inst institut instituto;manufacturing mfg manuf;brothers bros;services svcs svs;service svc serv;management mgmt mgt;development dev devt;government govt gov;"
        + "saint st ste sankt;mount mt;school sch schl;elementary elem;high hs;square sq;academy acad;committee cmte;technology tech;technologies techs;"
        + "engineering engrg engg;industries inds;industry ind;industrial indl;products prods;distribution distr;labor labour;color colour;program programme pgm;"
        + "theater theatre;defense defence;license licence;catalog catalogue;hospital hosp;medical med;center zentrum centro;group groupe gruppe grupo gruppo grupp;"
        + "holding holdings;cooperation kooperation;road rd;street str;library lib;laboratories labs;laboratory lab;"
        + "pharmaceuticals pharma;finance fin;financial finl;insurance ins;investments invts;investment invt;transportation transp;community comm commty;christian chr;"
        + "junior jr;senior sr;brotherhood bro;limited lim;aluminum aluminium;gray grey;jewelry jewellery;tire tyre;fiber fibre");

    /// <summary>Countries, and unions of countries, of two words.</summary>
    private static readonly FrozenDictionary<string, string> Places = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["united states"] = "usa",
        ["united kingdom"] = "uk",
        ["great britain"] = "uk",
        ["united arab"] = "uae",
        ["united nations"] = "un",
        ["european union"] = "eu",
        ["russian federation"] = "russia",
        ["czech republic"] = "czechia",
        ["south korea"] = "korea",
        ["hong kong"] = "hongkong",
        ["new zealand"] = "newzealand",
        ["south africa"] = "southafrica",
        ["saudi arabia"] = "saudiarabia",
        ["sri lanka"] = "srilanka",
        ["costa rica"] = "costarica",
        ["puerto rico"] = "puertorico",
        ["el salvador"] = "elsalvador",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> PlaceLookup = Places.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string> PlaceBeginnings = Places.Keys.Select(place => place.Split(' ')[0]).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, KnownWord> Known = All();

    private static readonly FrozenDictionary<string, KnownWord>.AlternateLookup<ReadOnlySpan<char>> Lookup = Known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What is known of a word; null for most words of names.</summary>
    public static KnownWord? Find(ReadOnlySpan<char> word) => Lookup.TryGetValue(word, out KnownWord? known) ? known : null;

    /// <summary>The one spelling of a country of two words: "usa" for "united", "states"; null where the two are none.</summary>
    public static string? Place(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        Span<char> both = stackalloc char[(2 * Words.MostLetters) + 1];
        first.CopyTo(both);
        both[first.Length] = ' ';
        second.CopyTo(both[(first.Length + 1)..]);
        return PlaceLookup.TryGetValue(both[..(first.Length + 1 + second.Length)], out string? place) ? place : null;
    }

    /// <summary>The kind of a word in its one spelling.</summary>
    public static WordKind KindOf(ReadOnlySpan<char> word) => Numerals.HasDigit(word) ? WordKind.Number : Find(word)?.Kind ?? WordKind.Telling;

    private static FrozenDictionary<string, KnownWord> All()
    {
        IEnumerable<string> words = LeftOut.Concat(Common).Concat(Countries.Keys).Concat(Spellings.Keys).Concat(Numerals.Words.Keys).Concat(Numerals.Roman.Keys).Concat(LegalForms.Beginnings).Concat(PlaceBeginnings);
        return words.Distinct(StringComparer.Ordinal).ToFrozenDictionary(word => word, KnownOf, StringComparer.Ordinal);
    }

    private static KnownWord KnownOf(string word) => new(
        Spellings.TryGetValue(word, out string? spelling) ? spelling : Countries.TryGetValue(word, out string? country) ? country : null,
        Countries.ContainsKey(word) ? WordKind.Country : Common.Contains(word) ? WordKind.Common : WordKind.Telling,
        LeftOut.Contains(word),
        Numerals.Words.GetValueOrDefault(word),
        Numerals.Roman.GetValueOrDefault(word),
        LegalForms.Beginnings.Contains(word),
        PlaceBeginnings.Contains(word));

    private static FrozenDictionary<string, string> Read(string table)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string entry in table.Split(';'))
        {
            string[] spellings = entry.Split(' ');
            foreach (string spelling in spellings)
            {
                words.TryAdd(spelling, spellings[0]);
            }
        }

        return words.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
