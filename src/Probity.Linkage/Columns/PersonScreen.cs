using System.Collections.Frozen;

namespace Probity.Linkage;

/// <summary>
/// Refuses inputs that list natural persons (guard-rails G01 and G42): by columns that only people have, or by names that are mostly people's.
/// It errs to the safe side for a list without any column of organisations.
/// </summary>
internal static class PersonScreen
{
    private const int Looked = 2000;

    private static readonly FrozenSet<string> PersonColumns = (
        "first name|firstname|given name|given names|forename|forenames|last name|lastname|surname|family name|middle name|maiden name|date of birth|dob|birth date|birthdate|birthday|"
        + "birth year|place of birth|gender|sex|marital status|ssn|social security number|national insurance number|nino|passport|passport number|nationality|prenom|nom de famille|vorname|"
        + "nachname|geburtsdatum|apellido|apellidos|cognome|nome e cognome|person name|patient|patient name|employee name").Split('|').Select(ColumnGuess.Plain).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> GivenNames = (
        "james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald steven paul andrew joshua kenneth kevin brian george edward "
        + "ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander raymond patrick jack dennis jerry "
        + "peter martin hans klaus jurgen wolfgang stefan thomas andreas michel pierre jean philippe alain jose juan carlos luis antonio francisco manuel miguel giovanni giuseppe marco luca "
        + "ivan sergei aleksandr dmitrii vladimir andrei mohammed muhammad ahmed ali hassan omar wei li ming hiroshi takashi kenji raj amit sanjay "
        + "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen nancy lisa betty margaret sandra ashley kimberly emily donna michelle carol amanda dorothy melissa deborah "
        + "stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel carolyn janet catherine maria heather "
        + "anne marie sophie julie claire isabelle ursula petra monika sabine carmen ana lucia giulia francesca elena olga natalia tatiana svetlana fatima aisha mei yuki priya").Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> IsGivenName = GivenNames.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Why an input is refused; null where it may be linked.</summary>
    public static string? Refusal(LinkTable table, IReadOnlyList<ColumnUse> uses)
    {
        string[] personal = [.. table.Columns.Where(column => PersonColumns.Contains(ColumnGuess.Plain(column)))];
        bool organisations = uses.Any(use => use.Role is ColumnRole.Identifier or ColumnRole.Name);
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

    /// <summary>Two or three words of letters, one of them a given name, no legal form and no word of an organisation.</summary>
    private static bool IsPerson(NameReading reading, ReadOnlySpan<char> text)
    {
        LegalFormClass form = reading.Read(text);
        if (form != LegalFormClass.None || reading.Content.Count is not (2 or 3))
        {
            return false;
        }

        bool given = false;
        for (int i = 0; i < reading.Content.Count; i++)
        {
            given |= IsGivenName.Contains(reading.Content[i]);
            if (Vocabulary.KindOf(reading.Content[i]) != WordKind.Telling)
            {
                return false;
            }
        }

        return given;
    }
}
