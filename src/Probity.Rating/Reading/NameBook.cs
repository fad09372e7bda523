using Probity.Rating.Expressions;
using Probity.Rating.Model;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>The names of indicators and scores given so far; what stands further down cannot be used yet.</summary>
internal sealed class NameBook(Scope scope)
{
    private readonly Dictionary<string, (YamlNode.Scalar At, Presentation Shown)> _given = new(StringComparer.Ordinal);

    /// <summary>Parameters, indicators and scores read so far.</summary>
    public Scope Scope => scope;

    /// <summary>Gives a name its slot; null after a problem, where it is taken.</summary>
    public Typed.Slot? Give(Sheet sheet, YamlNode.Scalar name, ExpressionType type, Presentation shown)
    {
        if (!sheet.CheckName(name))
        {
            return null;
        }

        if (scope.Find(name.Text) is not null)
        {
            string where = _given.TryGetValue(name.Text, out (YamlNode.Scalar At, Presentation _) earlier) ? $"on line {earlier.At.Line}" : "as a parameter";
            sheet.Report(name, "name.twice", $"'{name.Text}' stands already {where}", "choose another name");
            return null;
        }

        _given[name.Text] = (name, shown);
        Typed.Slot slot = scope.Add(name.Text, type);
        scope.Measure(slot, shown.Unit);
        return slot;
    }

    /// <summary>How a name is shown; null for a parameter or an unknown name.</summary>
    public Presentation? Shown(string name) => _given.TryGetValue(name, out (YamlNode.Scalar _, Presentation Shown) found) ? found.Shown : null;

    /// <summary>The slot a node names; null after a problem.</summary>
    public Typed.Slot? Find(Sheet sheet, YamlNode? node)
    {
        if (node is null)
        {
            return null;
        }

        if (node is YamlNode.Scalar name && scope.Find(name.Text) is { } slot)
        {
            sheet.Use(slot.Name);
            return slot;
        }

        if (node is YamlNode.Scalar broken && scope.IsBroken(broken.Text))
        {
            return null;
        }

        string text = node is YamlNode.Scalar scalar ? scalar.Text : "this";
        string? nearest = NearestName.Of(text, scope.Names);
        sheet.Report(node, "name.unknown", scope.WhyNot(text) ?? $"'{text}' is no indicator, score or parameter", nearest is null ? "known: " + string.Join(", ", scope.Names) : $"did you mean '{nearest}'?");
        return null;
    }
}
