namespace Probity.Linkage;

/// <summary>
/// A source that gave its records other identifiers overnight. What a record says, not its number, tells which organisation it is: an alarm
/// and a translation instead of a mass of new organisations.
/// </summary>
/// <param name="Shared">Records of the new delivery whose whole content stood in the old one, once in each.</param>
/// <param name="Moved">Of those, how many have another identifier now.</param>
/// <param name="Translation">For each moved record's old identifier, the new one.</param>
public sealed record Renumbering(int Shared, int Moved, IReadOnlyDictionary<string, string> Translation)
{
    /// <summary>Share of unchanged contents under new identifiers from which it is an alarm, and the fewest records for one.</summary>
    private const double AlarmShare = 0.5;
    private const int AlarmRecords = 20;

    /// <summary>True where at least half of the records that kept their content, and at least 20, changed their identifier.</summary>
    public bool IsAlarm => Moved >= AlarmRecords && Moved >= AlarmShare * Shared;

    /// <summary>Compares two deliveries of one source, given in the same column uses.</summary>
    /// <exception cref="ArgumentException">The columns have no identifier: rows' numbers say nothing about renumbering.</exception>
    public static Renumbering Between(LinkTable before, LinkTable after, IReadOnlyList<ColumnUse> uses)
    {
        int id = uses.ToList().FindIndex(use => use.Role == ColumnRole.Id);
        if (id < 0)
        {
            throw new ArgumentException($"input '{after.Name}' has no column of identifiers", nameof(uses));
        }

        Dictionary<string, string?> old = ByContent(before, id, uses);
        Dictionary<string, string?> current = ByContent(after, id, uses);
        int shared = 0;
        var moved = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string content, string? number) in current)
        {
            if (number is not null && old.TryGetValue(content, out string? was) && was is not null)
            {
                shared++;
                if (was != number)
                {
                    moved.Add(was, number);
                }
            }
        }

        return new Renumbering(shared, moved.Count, moved);
    }

    /// <summary>The identifier of each content; null where several records say the same.</summary>
    private static Dictionary<string, string?> ByContent(LinkTable table, int id, IReadOnlyList<ColumnUse> uses)
    {
        var contents = new Dictionary<string, string?>(StringComparer.Ordinal);
        var words = new WordList();
        var text = new System.Text.StringBuilder();
        for (int row = 0; row < table.Rows.Count; row++)
        {
            text.Clear();
            for (int i = 0; i < table.Columns.Length; i++)
            {
                if (i != id && uses[i].Role != ColumnRole.Ignored)
                {
                    words.Clear();
                    Words.Read(table.Rows.Text(row, i), words);
                    Append(words, text);
                }
            }

            string content = text.ToString();
            contents[content] = contents.ContainsKey(content) ? null : table.Rows.Text(row, id).Trim().ToString();
        }

        return contents;
    }

    private static void Append(WordList words, System.Text.StringBuilder text)
    {
        text.Append('|');
        for (int i = 0; i < words.Count; i++)
        {
            text.Append(words[i]).Append(' ');
        }
    }
}
