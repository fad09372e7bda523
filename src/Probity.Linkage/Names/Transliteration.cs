namespace Probity.Linkage;

/// <summary>
/// Writes letters of the Latin, Cyrillic, Greek, Arabic and Hebrew scripts as lower-case ASCII letters, so that one name in two scripts
/// can be compared. Diacritics fall away (Unicode decomposition); Cyrillic follows ICAO Doc 9303 part 3, Greek ELOT 743, Arabic and Hebrew
/// a common consonant table. Korean syllables follow the Revised Romanization. Full-width forms become their ASCII characters. Other
/// scripts (Chinese, Japanese, Thai …) stay as they are. The table is the program's own because normalisation needs cultural data that
/// the program runs without.
/// </summary>
internal static class Transliteration
{
    private const string Table = ""
        + "a=ÀÁÂÃÄÅàáâãäåĀāĂăĄąǍǎǞǟǠǡǺǻȀȁȂȃȦȧḀḁẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặ ae=Ææ b=ḂḃḄḅḆḇ c=ÇçĆćĈĉĊċČčḈḉ "
        + "d=ÐðĎďĐđḊḋḌḍḎḏḐḑḒḓ dz=ǄǅǆǱǲǳ e=ÈÉÊËèéêëĒēĔĕĖėĘęĚěƏȄȅȆȇȨȩḔḕḖḗḘḙḚḛḜḝẸẹẺẻẼẽẾếỀềỂểỄễỆệ f=Ḟḟ "
        + "g=ĜĝĞğĠġĢģǦǧǴǵḠḡ h=ĤĥĦħȞȟḢḣḤḥḦḧḨḩḪḫẖ i=ÌÍÎÏìíîïĨĩĪīĬĭĮįİıǏǐȈȉȊȋḬḭḮḯỈỉỊị ij=Ĳĳ j=Ĵĵǰ k=ĶķĸǨǩḰḱḲḳḴḵ "
        + "l=ĹĺĻļĽľŁłḶḷḸḹḺḻḼḽ lj=Ǉǈǉ m=ḾḿṀṁṂṃ n=ÑñŃńŅņŇňŊŋǸǹṄṅṆṇṈṉṊṋ nj=Ǌǋǌ "
        + "o=ÒÓÔÕÖØòóôõöøŌōŎŏŐőƠơǑǒǪǫǬǭȌȍȎȏȪȫȬȭȮȯȰȱṌṍṎṏṐṑṒṓỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợ oe=Œœ p=ṔṕṖṗ "
        + "r=ŔŕŖŗŘřȐȑȒȓṘṙṚṛṜṝṞṟ s=ŚśŜŝŞşŠšſȘșṠṡṢṣṤṥṦṧṨṩẛ ss=ß t=ŢţŤťŦŧȚțṪṫṬṭṮṯṰṱẗ th=Þþ "
        + "u=ÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲųƯưǓǔǕǖǗǘǙǚǛǜȔȕȖȗṲṳṴṵṶṷṸṹṺṻỤụỦủỨứỪừỬửỮữỰự v=ṼṽṾṿ w=ŴŵẀẁẂẃẄẅẆẇẈẉẘ x=ẊẋẌẍ "
        + "y=ÝýÿŶŷŸȲȳẎẏẙỲỳỴỵỶỷỸỹ z=ŹźŻżŽžẐẑẒẓẔẕ "
        + "=ъьЪЬ a=аәАӘ b=бБ c=ћЋ ch=чЧ d=дД dj=ђЂ dz=џѕЏЅ e=еёэЕЁЭ f=фФ g=гґѓғГҐЃҒ h=һҺ i=ийіїИЙІЇ ia=яЯ ie=єЄ "
        + "iu=юЮ j=јЈ k=кќқКЌҚ kh=хХ l=лЛ lj=љЉ m=мМ n=нңНҢ nj=њЊ o=оөОӨ p=пП r=рР s=сС sh=шШ shch=щЩ t=тТ "
        + "ts=цЦ u=уўұүУЎҰҮ v=вВ y=ыЫ z=зЗ zh=жЖ "
        + "a=αάΑΆ ch=χΧ d=δΔ e=εέΕΈ f=φΦ g=γΓ i=ηήιίϊΐΗΉΙΊΪ k=κΚ l=λΛ m=μΜ n=νΝ o=οόωώΟΌΩΏ p=πΠ ps=ψΨ r=ρΡ "
        + "s=σςΣ t=τΤ th=θΘ v=βΒ x=ξΞ y=υύϋΰΥΎΫ z=ζΖ "
        + "=ء a=اأآعىة b=ب ch=چ d=دض dh=ذ f=ف g=گ gh=غ h=حه i=إ j=ج k=كک kh=خ l=ل m=م n=ن p=پ q=ق r=ر s=سص sh=ش "
        + "t=تط th=ث w=وؤ y=يئی z=زظ zh=ژ "
        + "a=אע b=ב d=ד g=ג h=הח k=כךק l=ל m=מם n=נן p=פף r=ר s=ס sh=ש t=טת ts=צץ v=ו y=י z=ז ";

    private static readonly string[] Initials = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];
    private static readonly string[] Vowels =
        ["a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"];
    private static readonly string[] Finals =
        ["", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t"];

    private static readonly string?[] Folded = ReadTable();

    /// <summary>
    /// What a character becomes: ASCII letters, an empty text for marks that carry no sound, or null where it stays as it is.
    /// </summary>
    public static string? Of(char character) => character switch
    {
        < '\u00c0' => null,
        >= '\uac00' and <= '\ud7a3' => Syllable(character - 0xac00),
        >= '\uff01' and <= '\uff5e' => char.ToLowerInvariant((char)(character - 0xfee0)).ToString(),
        (>= '\u0300' and <= '\u036f') or (>= '\u064b' and <= '\u065f') or (>= '\u0591' and <= '\u05c7') or '\u0640' => "",
        _ => character < Folded.Length ? Folded[character] : null,
    };

    private static string Syllable(int index) => Initials[index / 588] + Vowels[index % 588 / 28] + Finals[index % 28];

    private static string?[] ReadTable()
    {
        string?[] folded = new string?[0x1f00];
        foreach (string entry in Table.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = entry.IndexOf('=', StringComparison.Ordinal);
            foreach (char character in entry.AsSpan(equals + 1))
            {
                folded[character] = entry[..equals];
            }
        }

        return folded;
    }
}
