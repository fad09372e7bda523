namespace Probity.Sources;

/// <summary>Finds the texts of fields in raw records.</summary>
internal sealed class FieldSlots
{
    private readonly Dictionary<FieldRule, int[]> _slots = new(ReferenceEqualityComparer.Instance);

    public FieldSlots(SourceDefinition source)
    {
        Dictionary<string, int> byPath = source.Paths.Select((path, slot) => (path, slot)).ToDictionary(one => one.path, one => one.slot, StringComparer.Ordinal);
        foreach (FieldRule rule in Rules(source))
        {
            _slots[rule] = [.. rule.From.Select(path => byPath[path])];
        }
    }

    /// <summary>The field's text without blanks at its ends: the first that is not empty, or all of them joined; null where none is.</summary>
    public string? TextOf(RawRecord raw, FieldRule rule)
    {
        string? text = null;
        foreach (int slot in _slots[rule])
        {
            string? part = raw.Texts[slot]?.Trim();
            if (string.IsNullOrEmpty(part))
            {
                continue;
            }

            if (rule.Join is null)
            {
                return part;
            }

            text = text is null ? part : text + rule.Join + part;
        }

        return text;
    }

    private static IEnumerable<FieldRule> Rules(SourceDefinition source) => source.Identity
        .Append(source.Id)
        .Concat(source.Findings.SelectMany(finding => finding.AllFields()))
        .Concat(source.Subject.Field is { } subject ? [subject] : []);
}
