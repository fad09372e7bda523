using System.Collections.Frozen;

namespace Probity.Linkage;

/// <summary>
/// Refuses inputs that list natural persons (guard-rails G01 and G42): by columns that only people have, or by names that are mostly people's.
/// It errs to the safe side for a list without any column of organisations.
/// </summary>
internal static class PersonScreen
{
    private const int Looked = 2000;

    private static readonly FrozenSet<string> GivenNames = (
        "james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald steven paul andrew joshua kenneth kevin brian george edward "
        + "ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander raymond patrick jack dennis jerry "
        + "peter martin hans klaus jurgen wolfgang stefan thomas andreas michel pierre jean philippe alain jose juan carlos luis antonio francisco manuel miguel giovanni giuseppe marco luca "
        + "ivan sergei aleksandr dmitrii vladimir andrei mohammed muhammad ahmed ali hassan omar wei li ming hiroshi takashi kenji raj amit sanjay "
        + "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen nancy lisa betty margaret sandra ashley kimberly emily donna michelle carol amanda dorothy melissa deborah "
        + "stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel carolyn janet catherine maria heather "
        + "anne marie sophie julie claire isabelle ursula petra monika sabine carmen ana lucia giulia francesca elena olga natalia tatiana svetlana fatima aisha mei yuki priya "
        + "jan piotr krzysztof andrzej tomasz paweł marcin michał grzegorz jerzy tadeusz łukasz zbigniew ryszard kazimierz marek mariusz dariusz wojciech mieczysław jarosław jakub maciej rafał "
        + "katarzyna agnieszka małgorzata krystyna barbara ewa elżbieta zofia jadwiga joanna magdalena monika danuta halina irena beata dorota aleksandra grażyna bożena "
        + "γιώργος γεώργιος νίκος νικόλαος κώστας κωνσταντίνος δημήτρης δημήτριος γιάννης ιωάννης παναγιώτης χρήστος βασίλης βασίλειος αθανάσιος θανάσης ευάγγελος μιχάλης σπύρος σπυρίδων "
        + "στέλιος ηλίας αντώνης μαρία ελένη κατερίνα αικατερίνη βασιλική σοφία άννα αγγελική γεωργία ευαγγελία ιωάννα δήμητρα παρασκευή χριστίνα").Split(' ').Select(ColumnGuess.Plain)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Titles before a name; "m." only with its dot.</summary>
    private static readonly FrozenSet<string> Titles = (
        "mr mrs ms miss mx dr drs prof professor sir dame lord lady rev reverend hon herr frau fraulein ing mag dipl-ing med rer nat phil jur mme mlle madame monsieur mlles maitre "
        + "sr sra srta don dona dott dottssa avv sig sigra signor signora mevr mevrouw dhr meneer pan pani hr fru and und et").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Letters of degrees and orders behind a name.</summary>
    private static readonly FrozenSet<string> Degrees = "md phd dds dmd dvm mba msc bsc esq jr obe mbe cbe rn pharmd llm jd frcs mrcs mrcp dipl".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Words of what people with titles run, beside those of <see cref="Vocabulary"/>.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> IsPractice = (
        "dental dentist dentistry dentists practice practices surgery surgeries opticians optician optometry solicitors lawyers law attorneys notary chambers veterinary vets vet physiotherapy "
        + "chiropractic orthodontics podiatry associates sons daughters brothers salon bakery garage kitchen kitchens pizza grill bar pub farm farms praxis zahnarztpraxis apotheke kanzlei "
        + "cabinet studio laboratory laboratories labs wellness therapy printing cleaning plumbing").Split(' ').ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> IsGivenName = GivenNames.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Why an input is refused; null where it may be linked.</summary>
    public static string? Refusal(LinkTable table, IReadOnlyList<ColumnUse> uses)
    {
        string[] personal = [.. table.Columns.Where(PersonColumns.Contains)];
        bool parts = personal.Any(PersonColumns.IsPartOfName);
        bool organisations = uses.Any(use => use.Role == ColumnRole.Identifier || (use.Role == ColumnRole.Name && !(parts && PersonColumns.IsPlainName(use.Column))));
        if (personal.Length >= 2 || (personal.Length == 1 && !organisations))
        {
            return $"input '{table.Name}' has columns of natural persons ({string.Join(", ", personal)}): Probity links organisations only (G42)";
        }

        int name = uses.ToList().FindIndex(use => use.Role == ColumnRole.Name);
        if (name < 0 || table.Rows.Count == 0)
        {
            return null;
        }

        int people = 0;
        var reading = new NameReading();
        int looked = Math.Min(Looked, table.Rows.Count);
        for (int i = 0; i < looked; i++)
        {
            people += IsPerson(reading, table.Rows.Text((int)((long)i * table.Rows.Count / looked), name)) ? 1 : 0;
        }

        return people * 2 > looked
            ? $"input '{table.Name}': {people} of {looked} names looked at are those of natural persons: Probity links organisations only (G42)"
            : null;
    }

    /// <summary>
    /// No legal form and no word of an organisation, and beside initials two or three words with a given name among them, or one behind initials, or one or
    /// two behind a title.
    /// </summary>
    private static bool IsPerson(NameReading reading, ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> untitled = WithoutDegrees(WithoutTitles(text.Trim()));
        bool titled = untitled.Length < text.Trim().Length;
        LegalFormClass form = reading.Read(untitled);
        if (form != LegalFormClass.None || reading.Content.Count is 0 or > 5)
        {
            return false;
        }

        bool given = false;
        int initials = 0;
        for (int i = 0; i < reading.Content.Count; i++)
        {
            ReadOnlySpan<char> word = reading.Content[i];
            given |= IsGivenName.Contains(word);
            initials += word.Length == 1 ? 1 : 0;
            if (Vocabulary.KindOf(word) != WordKind.Telling || IsPractice.Contains(word))
            {
                return false;
            }
        }

        int words = reading.Content.Count - initials;
        return (given && words + initials >= 2 && words is > 0 and <= 3) || (initials > 0 && words == 1) || (titled && words is 1 or 2);
    }

    private static ReadOnlySpan<char> WithoutTitles(ReadOnlySpan<char> text)
    {
        bool stripped = false;
        while (true)
        {
            int end = text.IndexOfAny(" .,&");
            ReadOnlySpan<char> word = end < 0 ? default : text[..end];
            bool sign = stripped && end == 0;
            bool title = end > 0 && (Is(Titles, word) || (word.Equals("m", StringComparison.OrdinalIgnoreCase) && text[end] == '.' && text[(end + 1)..].TrimStart().IndexOf(' ') > 1));
            if (!sign && (!title || (!stripped && IsJoin(word))))
            {
                return text;
            }

            stripped = true;
            text = text[(end + 1)..].TrimStart();
        }
    }

    private static ReadOnlySpan<char> WithoutDegrees(ReadOnlySpan<char> text)
    {
        while (true)
        {
            ReadOnlySpan<char> trimmed = text.TrimEnd(" ,.");
            int start = trimmed.LastIndexOfAny(" ,");
            if (start <= 0 || !Is(Degrees, trimmed[(start + 1)..]))
            {
                return text;
            }

            text = trimmed[..start];
        }
    }

    private static bool IsJoin(ReadOnlySpan<char> word) => word.Equals("and", StringComparison.OrdinalIgnoreCase) || word.Equals("und", StringComparison.OrdinalIgnoreCase) || word.Equals("et", StringComparison.OrdinalIgnoreCase);

    private static bool Is(FrozenSet<string> words, ReadOnlySpan<char> word) => words.Contains(word.ToString().Replace(".", "", StringComparison.Ordinal).ToLowerInvariant());
}
