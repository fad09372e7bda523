using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Rating.Model;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>
/// From the text of a file to a checked methodology. Reading goes on after a problem: what is wrong agrees with everything that uses it
/// (<see cref="Expressions.ExpressionType.Broken"/>), so that all faults are told at once and each only once. Tests are run as far as the rules they
/// meet are sound.
/// </summary>
internal static class MethodologyReading
{
    private static readonly string[] Sections =
    [
        "probity", "id", "version", "title", "language", "status", "applies", "rates", "contexts", "legal_basis_across_contexts", "month_ends", "authority", "legal",
        "record", "lists", "parameters", "bands", "evidence", "indicators", "scores", "outcome", "robustness", "tests",
    ];

    public static Methodology? Read(string file, string text, ICollection<Problem> problems)
    {
        var found = new List<Problem>();
        Methodology? methodology = Read(file, text, found);
        foreach (Problem problem in found.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column).DistinctBy(problem => (problem.Line, problem.Column, problem.Code, problem.Message)))
        {
            problems.Add(problem);
        }

        return found.Count == 0 ? methodology : null;
    }

    private static Methodology? Read(string file, string text, List<Problem> problems)
    {
        if (YamlText.ReadDespiteProblems(file, text, problems) is not { } root || YamlMap.Of(file, RightlyNamed(file, Repetition.Of(root), problems), problems) is not { } map)
        {
            return null;
        }

        var sheet = new Sheet(file, text, problems) { Language = map.Text("language") ?? "en" };
        if (problems.Count > 0)
        {
            sheet.Harm(Header.Everything);
        }

        map.NodeOf("lists");
        Header header = Header.Read(sheet, map);
        (Plan plan, ImmutableArray<Band> bands) = Compose(sheet, map, header);
        map.Close();
        var sound = SoundRules.Of(sheet, plan);
        Methodology? methodology = sheet.IsHarmed(Header.Everything) ? null : header.Complete(sheet, sound.Plan, bands, CanonicalTree.Of(map.Node, sheet.Expressions.Canonical));
        if (methodology is not null)
        {
            TestRun.Check(methodology, sound, (place, code, message, suggestion) => problems.Add(new Problem(file, place.Line, place.Column, code, message, suggestion)));
        }

        return methodology;
    }

    // A section whose key is mistyped is told and then read all the same, else everything that names what stands in it would be unknown too.
    private static YamlNode RightlyNamed(string file, YamlNode root, List<Problem> problems)
    {
        if (root is not YamlNode.Map map)
        {
            return root;
        }

        ImmutableArray<KeyValuePair<YamlNode.Scalar, YamlNode>>.Builder pairs = map.Pairs.ToBuilder();
        for (int i = 0; i < pairs.Count; i++)
        {
            YamlNode.Scalar key = pairs[i].Key;
            if (!Sections.Contains(key.Text) && NearestName.Of(key.Text, Sections.Where(section => pairs.All(pair => pair.Key.Text != section))) is { } nearest)
            {
                problems.Add(new Problem(file, key.Line, key.Column, "key.unknown", $"unknown key '{key.Text}'", $"did you mean '{nearest}'?"));
                pairs[i] = new(key with { Text = nearest }, pairs[i].Value);
            }
        }

        return map with { Pairs = pairs.ToImmutable() };
    }

    private static (Plan Plan, ImmutableArray<Band> Bands) Compose(Sheet sheet, YamlMap map, Header header)
    {
        (sheet.AppliesFrom, sheet.StatesMonthEnds) = (header.AppliesFrom, header.StatesMonthEnds);
        ParameterReading.Read(sheet, map);
        ImmutableDictionary<string, EvidenceType> evidence = EvidenceReading.Read(sheet, map, header);
        var names = new NameBook(sheet.NewScope());
        ImmutableArray<IndicatorRule> indicators = IndicatorReading.Read(sheet, map, evidence, names);
        ImmutableArray<Step> steps = ScoreReading.Read(sheet, map, names);
        ImmutableArray<Band> bands = OutcomeReading.ReadBands(sheet, map);
        OutcomeRule? outcome = new OutcomeReading(sheet, names, bands).Read(map);
        RobustnessRule? robustness = new RobustnessReading(sheet, names, steps, outcome).Read(map);
        map.NodeOf("robustness");
        ImmutableArray<MethodologyTest> tests = TestReading.Read(sheet, map, evidence, new TestSubject(header.Rates, names, bands));
        ParameterReading.NameUnused(sheet, map);
        var plan = new Plan
        {
            Evidence = evidence,
            Parameters = [.. sheet.Parameters.Select(parameter => parameter.Rule)],
            Indicators = indicators,
            Steps = steps,
            Outcome = outcome ?? OutcomeRule.Unread,
            Robustness = robustness,
            Tests = tests,
            Scope = names.Scope,
        };
        return (plan, bands);
    }
}
