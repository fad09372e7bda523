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

    /// <summary>Gives a name its slot. Where it is taken, that is a problem, and nobody knows any more what the name means.</summary>
    public Typed.Slot Give(Sheet sheet, YamlNode.Scalar name, ExpressionType type, Presentation shown)
    {
        sheet.CheckName(name);
        if (scope.Find(name.Text) is not null)
        {
            string where = _given.TryGetValue(name.Text, out (YamlNode.Scalar At, Presentation _) earlier) ? $"on line {earlier.At.Line}" : "as a parameter";
            sheet.Report(name, "name.twice", $"'{name.Text}' stands already {where}", "choose another name");
            scope.Blur(name.Text);
            return scope.AddNameless(type);
        }

        _given[name.Text] = (name, shown);
        Typed.Slot slot = scope.Add(name.Text, type);
        scope.Measure(slot, shown.Unit);
        return slot;
    }

    /// <summary>How a name is shown; null for a parameter or an unknown name.</summary>
    public Presentation? Shown(string name) => _given.TryGetValue(name, out (YamlNode.Scalar _, Presentation Shown) found) ? found.Shown : null;

    /// <summary>The slot a node names; one of a broken type after a problem, or where there is no node.</summary>
    public Typed.Slot Find(Sheet sheet, YamlNode? node) => Find(sheet, node, []);

    /// <summary>The same where further words may stand, which are no slots.</summary>
    public Typed.Slot Find(Sheet sheet, YamlNode? node, IEnumerable<string> further)
    {
        if (node is YamlNode.Scalar name && scope.Find(name.Text) is { } slot)
        {
            sheet.Expressions.Use(slot.Name);
            return slot;
        }

        string text = node is YamlNode.Scalar scalar ? scalar.Text : "this";
        string[] known = [.. further, .. scope.Names];
        string? nearest = NearestName.Of(text, known);
        if (node is not null && !scope.IsBlind)
        {
            sheet.Report(node, "name.unknown", scope.WhyNot(text) ?? $"'{text}' is no indicator, score or parameter", nearest is null ? "known: " + string.Join(", ", known) : $"did you mean '{nearest}'?");
        }

        sheet.Expressions.Use(nearest ?? "");
        return new Typed.Slot(-1, text, ExpressionType.Broken);
    }
}
