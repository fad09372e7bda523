using System.Collections.Immutable;

namespace Probity.Sources;

/// <summary>Finds the texts of fields in raw records.</summary>
internal sealed class FieldSlots
{
    private readonly ImmutableArray<string> _paths;
    private readonly ImmutableHashSet<string> _emptyTexts;
    private readonly Dictionary<FieldRule, int[]> _slots = new(ReferenceEqualityComparer.Instance);

    public FieldSlots(SourceDefinition source)
    {
        _paths = source.Paths;
        _emptyTexts = source.EmptyTexts;
        Dictionary<string, int> byPath = source.Paths.Select((path, slot) => (path, slot)).ToDictionary(one => one.path, one => one.slot, StringComparer.Ordinal);
        foreach (FieldRule rule in Rules(source))
        {
            _slots[rule] = [.. rule.From.Select(path => byPath[path])];
        }
    }

    /// <summary>The field's text without blanks at its ends: the first that is not empty, or all of them joined; null where none is.</summary>
    public string? TextOf(RawRecord raw, FieldRule rule)
    {
        string? text = rule.Fixed;
        foreach (int slot in _slots[rule])
        {
            string? part = raw.Texts[slot]?.Trim();
            if (!rule.Is.IsEmpty)
            {
                if (part is not null && rule.Is.Contains(part))
                {
                    return "true";
                }

                continue;
            }

            if (string.IsNullOrEmpty(part) || (_emptyTexts.Count > 0 && _emptyTexts.Contains(part) && !rule.Replace.ContainsKey(part)))
            {
                continue;
            }

            part = FieldText.Taken(part, rule);
            if (part.Length == 0)
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

    /// <summary>Where the field stands in this record, in the source's own name: the first alternative with a text, else the first there is, else the first.</summary>
    public string PlaceOf(RawRecord raw, FieldRule rule)
    {
        int[] slots = _slots[rule];
        if (slots.Length == 0)
        {
            return rule.Name;
        }

        int found = Array.FindIndex(slots, slot => !string.IsNullOrWhiteSpace(raw.Texts[slot]));
        found = found >= 0 ? found : Array.FindIndex(slots, slot => raw.Texts[slot] is not null);
        return _paths[slots[Math.Max(0, found)]];
    }

    private static IEnumerable<FieldRule> Rules(SourceDefinition source) => source.Identity
        .Append(source.Id)
        .Concat(source.Findings.SelectMany(finding => finding.AllFields()))
        .Concat(source.Subject.Field is { } subject ? [subject] : []);
}
