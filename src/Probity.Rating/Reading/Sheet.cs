using System.Buffers;
using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Rating.Expressions;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>What the parts of a reading share: the file, the problems found, and the canonical form of what was read so far.</summary>
internal sealed class Sheet(string file, ICollection<Problem> problems)
{
    private static readonly SearchValues<char> NameLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");
    private readonly Dictionary<YamlNode, string> _canonical = [];
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly int _before = problems.Count;

    /// <summary>The language of texts without one.</summary>
    public string Language { get; set; } = "en";

    /// <summary>True as long as nothing wrong was found: what is unused can only be told of a file read whole.</summary>
    public bool IsClean => problems.Count == _before;

    /// <summary>The parameters, in slots 0 … of every scope.</summary>
    public List<(Parameter Shown, Model.ParameterRule Rule)> Parameters { get; } = [];

    /// <summary>The rules computed from, so that parameters nobody uses can be named.</summary>
    public IReadOnlySet<string> UsedNames => _used;

    /// <summary>What stands in place of a node's text in the canonical form.</summary>
    public IReadOnlyDictionary<YamlNode, string> Canonical => _canonical;

    /// <summary>Reports a problem at a node.</summary>
    public void Report(YamlNode at, string code, string message, string suggestion) =>
        problems.Add(new Problem(file, at.Line, at.Column, code, message, suggestion));

    /// <summary>The map that a node is; null after a problem, or where there is no node.</summary>
    public YamlMap? Map(YamlNode? node) => YamlMap.Of(file, node, problems);

    /// <summary>A scope that begins with the parameters.</summary>
    public Scope NewScope()
    {
        var scope = new Scope();
        foreach ((Parameter shown, Model.ParameterRule rule) in Parameters)
        {
            scope.Add(shown.Name, rule.Type);
        }

        return scope;
    }

    /// <summary>The expression of a node; null after a problem.</summary>
    public Typed? Expression(YamlNode? node, Scope scope)
    {
        if (node is null)
        {
            return null;
        }

        if (node is not YamlNode.Scalar scalar)
        {
            Report(node, "type.expression", "an expression is expected here", "write it on one line, in quotes");
            return null;
        }

        return Expression(scalar, scalar.Text, scope);
    }

    /// <summary>The expression that a text at a node stands for; null after a problem.</summary>
    public Typed? Expression(YamlNode.Scalar at, string text, Scope scope)
    {
        var faults = new List<Fault>();
        Typed? typed = Checker.Read(text, scope, faults) is { } read ? Strictness.Of(read) : null;
        foreach (Fault fault in faults)
        {
            int column = at.Column + (at.Text == text ? Math.Min(fault.At, text.Length) + (at.Quoted ? 1 : 0) : 0);
            problems.Add(new Problem(file, at.Line, column, "expression", fault.Message, fault.Suggestion));
        }

        if (typed is not null)
        {
            _used.UnionWith(typed.Slots().Select(slot => slot.Name));
            _canonical[at] = Parser.Read(at.Text, [])?.ToString() ?? at.Text;
        }

        return typed;
    }

    /// <summary>An expression of a certain type; null after a problem.</summary>
    public Typed? Expression(YamlNode? node, Scope scope, ExpressionType wanted)
    {
        Typed? typed = Expression(node, scope);
        if (typed is null || Widening.CanWiden(typed, wanted))
        {
            return typed is null ? null : Widening.Widen(typed, wanted);
        }

        Report(node!, "type.mismatch", $"this must be of type {wanted}, not {typed.Type}", wanted == ExpressionType.Truth ? "compare it with something" : "");
        return null;
    }

    /// <summary>Counts a name as used that no expression mentions.</summary>
    public void Use(string name) => _used.Add(name);

    /// <summary>A text in one or several languages: "text", or {en: text, cy: testun}.</summary>
    public Wording Words(YamlNode? node)
    {
        switch (node)
        {
            case null:
                return Wording.None;
            case YamlNode.Scalar scalar:
                return new Wording([(Language, scalar.Text)]);
            case YamlNode.Map map:
                ImmutableArray<(string, string)> texts = [.. map.Pairs.Where(pair => pair.Value is YamlNode.Scalar).Select(pair => (pair.Key.Text, ((YamlNode.Scalar)pair.Value).Text))];
                foreach (KeyValuePair<YamlNode.Scalar, YamlNode> pair in map.Pairs.Where(pair => pair.Key.Text.Length is < 2 or > 12 || pair.Value is not YamlNode.Scalar))
                {
                    Report(pair.Key, "language.unknown", $"'{pair.Key.Text}' is no language", "write it like 'en: text'");
                }

                return new Wording(texts);
            default:
                Report(node, "type.text", "a text is expected here", "");
                return Wording.None;
        }
    }

    /// <summary>A value of a type as the file writes it; null after a problem.</summary>
    public Operand? Literal(YamlNode? node, ExpressionType type)
    {
        if (node is null)
        {
            return null;
        }

        if (node is YamlNode.Scalar scalar && Literals.TryRead(scalar.Text, type, out Operand? value))
        {
            return value;
        }

        string shown = node is YamlNode.Scalar text ? $"'{text.Text}'" : "a list or keys";
        Report(node, "type.literal", $"a value of type {type} is expected here, not {shown}", type.Sort == Sort.Span ? "write it like P18M" : "");
        return null;
    }

    /// <summary>Whether a name has the form names must have; reports where not.</summary>
    public bool CheckName(YamlNode.Scalar name)
    {
        bool good = name.Text.Length > 0
            && char.IsAsciiLetterLower(name.Text[0])
            && !name.Text.AsSpan().ContainsAnyExcept(NameLetters);
        if (!good)
        {
            Report(name, "name.form", $"name '{name.Text}' must begin with a letter and hold only a–z, 0–9 and _", $"write '{Literals.NameLike(name.Text)}' and put what people read into 'label'");
        }

        return good;
    }
}
