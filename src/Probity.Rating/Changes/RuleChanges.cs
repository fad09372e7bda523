using System.Collections.Immutable;
using Probity.Evidence;

namespace Probity.Rating.Changes;

/// <summary>Compares two canonical trees place by place: nothing that the fingerprint depends on can differ unnoticed.</summary>
internal sealed class RuleChanges
{
    private static readonly string[] Words = ["label", "title", "because", "meaning", "record", "ref", "unit"];
    private static readonly string[] Aggregates = ["mean", "sum", "geometric", "variance"];
    private static readonly string[] Names = ["", "id", "code", "title", "score", "when"];
    private readonly List<RuleChange> _found = [];

    public static ImmutableArray<RuleChange> Between(Fields before, Fields after)
    {
        var changes = new RuleChanges();
        changes.Compare([], new Value.Group(before), new Value.Group(after));
        return [.. changes._found.OrderBy(change => change.Kind)];
    }

    private void Compare(ImmutableArray<string> place, Value? before, Value? after)
    {
        switch (before, after)
        {
            case (Value.Group old, Value.Group now):
                foreach (string key in old.Content.Concat(now.Content).Select(field => field.Key).Distinct(StringComparer.Ordinal))
                {
                    Compare(place.Add(key), old.Content[key], now.Content[key]);
                }

                break;
            case (Value.Sequence old, Value.Sequence now) when NameOf(old, now) is { } name:
                string[] names = [.. old.Items.Concat(now.Items).Select(item => Named(item, name)!).Distinct(StringComparer.Ordinal)];
                Array.ForEach(names, one => Compare(place.Add(one), Find(old, name, one), Find(now, name, one)));
                if (!Order(old, name, names).SequenceEqual(Order(now, name, names), StringComparer.Ordinal))
                {
                    Add(place.Add("order"), string.Join(", ", Order(old, name, names)), string.Join(", ", Order(now, name, names)));
                }

                break;
            case (Value.Sequence old, Value.Sequence now) when old.Items.Concat(now.Items).All(item => item is Value.Group):
                for (int i = 0; i < Math.Max(old.Items.Length, now.Items.Length); i++)
                {
                    Compare(place.Add($"{i + 1}"), old.Items.ElementAtOrDefault(i), now.Items.ElementAtOrDefault(i));
                }

                break;
            default:
                if (Shown(before) != Shown(after))
                {
                    Add(place, Shown(before), Shown(after));
                }

                break;
        }
    }

    private void Add(ImmutableArray<string> place, string before, string after) =>
        _found.Add(new RuleChange(KindOf(place), string.Join(' ', place), before, after));

    // A list whose every item names itself by the same key, each name once, is compared by name; others by place.
    private static string? NameOf(Value.Sequence before, Value.Sequence after) =>
        Names.FirstOrDefault(name => before.Items.Length + after.Items.Length > 0 && IsNamedBy(before, name) && IsNamedBy(after, name));

    private static bool IsNamedBy(Value.Sequence list, string name) =>
        list.Items.All(item => Named(item, name) is not null) && list.Items.Select(item => Named(item, name)).Distinct(StringComparer.Ordinal).Count() == list.Items.Length;

    // a plain text is its own name
    private static string? Named(Value item, string name) => item is Value.Text text ? (name.Length == 0 ? text.Content : null) : (item as Value.Group)?.Content.TextOf(name);

    private static Value? Find(Value.Sequence list, string name, string one) => list.Items.FirstOrDefault(item => Named(item, name) == one);

    private static IEnumerable<string> Order(Value.Sequence list, string name, string[] all)
    {
        string[] own = [.. list.Items.Select(item => Named(item, name)!)];
        return all.All(one => own.Contains(one)) ? own : [];
    }

    private static ChangeKind KindOf(ImmutableArray<string> place)
    {
        bool word = place.Any(part => Words.Contains(part)) && place[0] is not ("lists" or "legal");
        bool weight = place[0] == "scores" && place.Length > 3 && Aggregates.Contains(place[2]) && place[3] is "of" or "total";
        return place[0] switch
        {
            "title" or "record" => ChangeKind.Text,
            _ when word && !place[^1].Equals("when", StringComparison.Ordinal) && IsWord(place) => ChangeKind.Text,
            "parameters" => ChangeKind.Parameter,
            "bands" or "outcome" => ChangeKind.Band,
            "indicators" => ChangeKind.Indicator,
            "scores" => weight ? ChangeKind.Weight : ChangeKind.Score,
            "evidence" => ChangeKind.Evidence,
            "robustness" => ChangeKind.Robustness,
            _ => ChangeKind.Heading,
        };
    }

    // "label" as a key of a rule is a text; as the name of an indicator it is not.
    private static bool IsWord(ImmutableArray<string> place)
    {
        int at = place.ToList().FindLastIndex(part => Words.Contains(part));
        return at >= (place[0] is "bands" or "outcome" ? 1 : 2) && at >= place.Length - 2;
    }

    private static string Shown(Value? value) => value switch
    {
        null => "",
        Value.Text text => text.Content,
        Value.Sequence list => $"[{string.Join(", ", list.Items.Select(Shown))}]",
        Value.Group group => $"{{{string.Join(", ", group.Content.Select(field => $"{field.Key}: {Shown(field.Value)}"))}}}",
        Value.Whole whole => $"{whole.Number}",
        Value.Flag flag => flag.Holds ? "true" : "false",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
