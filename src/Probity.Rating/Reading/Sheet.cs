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

    /// <summary>The first day the methodology may rate for.</summary>
    public DateOnly AppliesFrom { get; set; }

    /// <summary>True where month arithmetic is allowed because the rule for short months is stated.</summary>
    public bool StatesMonthEnds { get; set; }

    /// <summary>The rules computed from, so that parameters nobody uses can be named.</summary>
    public IReadOnlySet<string> UsedNames => _used;

    /// <summary>What stands in place of a node's text in the canonical form.</summary>
    public IReadOnlyDictionary<YamlNode, string> Canonical => _canonical;

    /// <summary>Reports a problem at a node.</summary>
    public void Report(YamlNode at, string code, string message, string suggestion) =>
        problems.Add(new Problem(file, at.Line, at.Column, code, message, suggestion));

    /// <summary>The map that a node is; null after a problem, or where there is no node.</summary>
    public YamlMap? Map(YamlNode? node) => YamlMap.Of(file, node, problems);

    /// <summary>Names of parameters whose own reading failed: what uses one is no new problem.</summary>
    public List<string> BrokenParameters { get; } = [];

    /// <summary>A scope that begins with the parameters.</summary>
    public Scope NewScope()
    {
        var scope = new Scope();
        BrokenParameters.ForEach(scope.Break);
        foreach ((Parameter shown, Model.ParameterRule rule) in Parameters)
        {
            scope.Measure(scope.Add(shown.Name, rule.Type), shown.Unit);
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
            CheckUnits(at, typed, scope);
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

    /// <summary>Reports where an expression puts unlike units together.</summary>
    private void CheckUnits(YamlNode at, Typed typed, Scope scope)
    {
        var faults = new List<string>();
        new Units(scope, faults).Of(typed);
        foreach (string fault in faults.Distinct(StringComparer.Ordinal))
        {
            ReportUnits(at, fault);
        }
    }

    /// <summary>Reports unlike units in words.</summary>
    public void ReportUnits(YamlNode at, string fault) =>
        Report(at, "unit.mismatch", $"unlike units: {fault}", "correct a unit, or convert by multiplying with a parameter");

    /// <summary>The unit several values agree on, or the first of them after a problem; empty where none is stated.</summary>
    public string AgreedUnit(YamlNode at, IEnumerable<Typed> parts, Scope scope, string together)
    {
        var faults = new List<string>();
        string unit = new Units(scope, faults).Agreed(parts, together);
        faults.ForEach(fault => ReportUnits(at, fault));
        return unit;
    }

    /// <summary>Reports where the unit a name states is not the unit of what it is computed from; gives the unit it has.</summary>
    public string CheckUnit(YamlNode.Scalar name, string stated, string computed)
    {
        if (stated.Length > 0 && computed.Length > 0 && stated.Trim() != computed)
        {
            Report(name, "unit.mismatch", $"'{name.Text}' states the unit {stated}, but what it is computed from is in {computed}", $"write 'unit: {computed}', or convert by multiplying with a parameter");
        }

        return stated.Length > 0 ? stated : computed;
    }

    /// <summary>Reports a length of months where no rule for short months is stated.</summary>
    public void CheckMonths(YamlNode at, Period length)
    {
        if (length.Months > 0 && !StatesMonthEnds)
        {
            Report(at, "month-ends.missing", "counting months from the last days of a month needs a rule", "add 'month_ends: last_day' at the top of the file");
        }
    }

    /// <summary>The days from which the parameters an expression reads have other values, as far as the methodology applies; earliest first, at least one.</summary>
    public IReadOnlyList<DateOnly> Periods(IEnumerable<Typed.Slot> slots) =>
        [.. slots.Where(IsParameter).SelectMany(slot => Parameters[slot.Number].Rule.Values).Select(value => value.From)
            .Where(from => from > AppliesFrom).Prepend(AppliesFrom).Distinct().Order()];

    /// <summary>Whether a slot is a parameter's.</summary>
    public bool IsParameter(Typed.Slot slot) => slot.Number < Parameters.Count;

    /// <summary>The value of an expression over parameters alone on a day; null where it reads anything else, or cannot be computed.</summary>
    public Operand? ValueOn(DateOnly day, Typed expression)
    {
        if (!expression.Slots().All(IsParameter))
        {
            return null;
        }

        Operand value = Interpreter.Compute(expression, [.. Parameters.Select(parameter => parameter.Rule.At(day))]);
        return value.IsKnown ? value : null;
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
