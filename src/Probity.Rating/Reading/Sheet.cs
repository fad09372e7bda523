using System.Buffers;
using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Rating.Expressions;
using Probity.Rating.Model;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>What the parts of a reading share: the file, the problems found, and what was read so far.</summary>
internal sealed class Sheet(string file, string text, ICollection<Problem> problems)
{
    private static readonly SearchValues<char> NameLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");

    // What is wrong with words, units and dates of review changes no number: tests can be run all the same.
    private static readonly string[] Harmless =
        ["unit.mismatch", "better.turned", "language.unknown", "month-ends.missing", "month-ends.unknown", "name.form", "guard-rail.G11", "guard-rail.G30", "guard-rail.G32", "dimension.parameter", "dimension.twice", "parameter.unused", "band.unused"];

    private readonly HashSet<string> _harmed = new(StringComparer.Ordinal);
    private readonly HashSet<(int Line, int Column)> _harmedPlaces = [];
    private bool _saidMonthEnds;

    /// <summary>The language of texts without one.</summary>
    public string Language { get; set; } = "en";

    /// <summary>True as long as nothing wrong was found.</summary>
    public bool IsClean => problems.Count == 0;

    /// <summary>The parameters, in slots 0 … of every scope; those that are wrong too, with what of them could be read.</summary>
    public List<(Parameter Shown, ParameterRule Rule)> Parameters { get; } = [];

    /// <summary>The first day the methodology may rate for; null where the file does not say it rightly.</summary>
    public DateOnly? AppliesFrom { get; set; }

    /// <summary>True where month arithmetic is allowed because the rule for short months is stated.</summary>
    public bool StatesMonthEnds { get; set; }

    /// <summary>The expressions of the file.</summary>
    public ExpressionReading Expressions => field ??= new ExpressionReading(this, new ScalarPlaces(text));

    /// <summary>What is known of the parameters before there are data. Whole after they are read.</summary>
    public ParameterBook Book => field ??= new([.. Parameters.Select(parameter => parameter.Rule)], AppliesFrom ?? DateOnly.MinValue);

    /// <summary>Reports a problem at a node.</summary>
    public void Report(YamlNode at, string code, string message, string suggestion) => Report(at, new FilePlace(at.Line, at.Column), code, (message, suggestion));

    /// <summary>Reports a problem at a place within a node.</summary>
    public void Report(YamlNode at, FilePlace place, string code, (string Message, string Suggestion) said) =>
        problems.AddAt(at, new Problem(file, place.Line, place.Column, code, said.Message, said.Suggestion));

    /// <summary>How many problems were found so far: where to ask <see cref="HarmedSince"/> from.</summary>
    public int Mark => problems.Count;

    /// <summary>Whether anything found since a mark leaves open what would be computed.</summary>
    public bool HarmedSince(int mark) => problems.Skip(mark).Any(problem => !Harmless.Contains(problem.Code));

    /// <summary>Whether anything was found since a mark.</summary>
    public bool ToldSince(int mark) => problems.Count > mark;

    /// <summary>Remembers that nobody can tell what something would compute: "score hdi", "evidence inspection".</summary>
    public void Harm(string what) => _harmed.Add(what);

    /// <summary>Remembers it where anything was found since a mark that leaves it open.</summary>
    public void HarmSince(int mark, string what)
    {
        if (HarmedSince(mark))
        {
            Harm(what);
        }
    }

    /// <summary>The same for what stands at a node: where the first of several copies is harmed, so are the others, though the fault is told of the first only.</summary>
    public bool HarmSince(int mark, string what, YamlNode at)
    {
        bool harmed = HarmedSince(mark) || (at.Copy > 0 && _harmedPlaces.Contains((at.Line, at.Column)));
        if (harmed)
        {
            Harm(what);
            _harmedPlaces.Add((at.Line, at.Column));
        }

        return harmed;
    }

    /// <summary>Whether nobody can tell what something would compute.</summary>
    public bool IsHarmed(string what) => _harmed.Contains(what);

    /// <summary>The map that a node is; null after a problem, or where there is no node.</summary>
    public YamlMap? Map(YamlNode? node) => YamlMap.Of(file, node, problems);

    /// <summary>A scope that begins with the parameters.</summary>
    public Scope NewScope()
    {
        var scope = new Scope();
        foreach ((Parameter shown, ParameterRule rule) in Parameters)
        {
            scope.Measure(scope.Add(shown.Name, rule.Type), shown.Unit);
        }

        return scope;
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

    /// <summary>Reports where the unit a name states is not the unit of what it is computed from; gives the unit it has; none after a problem, so that what uses it is no new one.</summary>
    public string CheckUnit(YamlNode.Scalar name, YamlNode? unit, (string Stated, string Computed) of)
    {
        (string stated, string computed) = of;
        if (stated.Length > 0 && computed.Length > 0 && stated.Trim() != computed)
        {
            Report(unit ?? name, "unit.mismatch", $"'{name.Text}' states the unit {stated}, but what it is computed from is in {computed}", $"write 'unit: {computed}', or convert by multiplying with a parameter");
            return "";
        }

        return stated.Length > 0 ? stated : computed;
    }

    /// <summary>Reports a length of months where no rule for short months is stated: once, since one line mends all.</summary>
    public void CheckMonths(YamlNode at, Period length)
    {
        if (length.Months > 0 && !StatesMonthEnds && !_saidMonthEnds)
        {
            _saidMonthEnds = true;
            Report(at, "month-ends.missing", "counting months from the last days of a month needs a rule", "add 'month_ends: last_day' at the top of the file");
        }
    }

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
                foreach (KeyValuePair<YamlNode.Scalar, YamlNode> pair in map.Pairs.Where(pair => !IsLanguage(pair.Key.Text) || pair.Value is not YamlNode.Scalar))
                {
                    Report(pair.Key, "language.unknown", $"'{pair.Key.Text}' is no language tag with a text", "write it like 'en: text' or 'en-GB: text'");
                }

                foreach (KeyValuePair<YamlNode.Scalar, YamlNode> pair in map.Pairs.Where(pair => pair.Value is YamlNode.Scalar said && string.IsNullOrWhiteSpace(said.Text)))
                {
                    Report(pair.Value, "value.empty", $"the text in '{pair.Key.Text}' is empty", "write it, or take the language out");
                }

                return new Wording(texts);
            default:
                Report(node, "type.text", "a text is expected here", "");
                return Wording.None;
        }
    }

    // The form of BCP 47: a language of two or three letters, then parts of two to eight letters or digits.
    private static bool IsLanguage(string tag)
    {
        string[] parts = tag.Split('-');
        return parts[0].Length is 2 or 3 && parts[0].All(char.IsAsciiLetterLower) && parts.Skip(1).All(part => part.Length is >= 1 and <= 8 && part.All(char.IsAsciiLetterOrDigit));
    }

    /// <summary>A text of a key that must be there and say something.</summary>
    public Wording RequiredWords(YamlMap map, string key)
    {
        YamlNode? node = map.Required(key);
        Wording words = Words(node);
        if (node is YamlNode.Scalar or YamlNode.Map { Pairs.IsEmpty: true } && string.IsNullOrWhiteSpace(words.ToString()))
        {
            Report(node, "value.empty", $"'{key}' is empty", "say it in words for people");
        }

        return words;
    }

    /// <summary>What people call something: its label, and where there is none its name.</summary>
    public Wording LabelOf(YamlNode.Scalar name, YamlMap map) => map.NodeOf("label") is { } label ? Words(label) : new Wording([(Language, name.Text.Replace('_', ' '))]);

    /// <summary>A value of a type as the file writes it; null after a problem. Of a broken type anything is right, and nothing known.</summary>
    public Operand? Literal(YamlNode? node, ExpressionType type)
    {
        if (node is null || type.IsBroken)
        {
            return node is null ? null : new Operand.Failed("its type is not known");
        }

        if (node is YamlNode.Scalar scalar && Literals.TryRead(scalar.Text, type, out Operand? value))
        {
            return value;
        }

        string shown = node is YamlNode.Scalar written ? $"'{written.Text}'" : "a list or keys";
        Report(node, "type.literal", $"a value of type {type} is expected here, not {shown}", type.Sort == Sort.Span ? "write it like P18M" : "");
        return null;
    }

    /// <summary>Reports where a name has not the form names must have.</summary>
    public void CheckName(YamlNode.Scalar name)
    {
        bool good = name.Text.Length > 0
            && char.IsAsciiLetterLower(name.Text[0])
            && !name.Text.AsSpan().ContainsAnyExcept(NameLetters);
        if (!good)
        {
            Report(name, "name.form", $"name '{name.Text}' must begin with a letter and hold only a–z, 0–9 and _", $"write '{Literals.NameLike(name.Text)}' and put what people read into 'label'");
        }
        else if (Parser.IsReserved(name.Text))
        {
            Report(name, "name.form", $"'{name.Text}' is a word of the expression language and can name nothing", $"write '{name.Text}_value' or the like, and put what people read into 'label'");
        }
    }
}
