using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Rating.Model;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>From the text of a file to a checked methodology.</summary>
internal static class MethodologyReading
{
    public static Methodology? Read(string file, string text, ICollection<Problem> problems)
    {
        int before = problems.Count;
        if (YamlText.Read(file, text, problems) is not { } root || YamlMap.Of(file, Repetition.Of(root), problems) is not { } map)
        {
            return null;
        }

        var sheet = new Sheet(file, problems) { Language = map.Text("language") ?? "en" };
        map.NodeOf("lists");
        Methodology? methodology = Compose(sheet, map);
        map.Close();
        if (methodology is null || problems.Count > before)
        {
            return null;
        }

        TestRun.Check(methodology, file, problems);
        return problems.Count == before ? methodology : null;
    }

    private static Methodology? Compose(Sheet sheet, YamlMap map)
    {
        Header header = Header.Read(sheet, map);
        (sheet.AppliesFrom, sheet.StatesMonthEnds) = (header.AppliesFrom, header.StatesMonthEnds);
        ParameterReading.Read(sheet, map, header.AppliesFrom);
        ImmutableDictionary<string, EvidenceType> evidence = EvidenceReading.Read(sheet, map, header);
        var names = new NameBook(sheet.NewScope());
        ImmutableArray<IndicatorRule> indicators = IndicatorReading.Read(sheet, map, evidence, names);
        ImmutableArray<Step> steps = ScoreReading.Read(sheet, map, names);
        ImmutableArray<Band> bands = OutcomeReading.ReadBands(sheet, map);
        OutcomeRule? outcome = new OutcomeReading(sheet, names, bands).Read(map);
        RobustnessRule? robustness = outcome is null ? null : new RobustnessReading(sheet, names, steps, outcome).Read(map);
        map.NodeOf("robustness");
        ImmutableArray<MethodologyTest> tests = TestReading.Read(sheet, map, evidence, new TestSubject(header.Rates, names));
        if (sheet.IsClean)
        {
            ParameterReading.NameUnused(sheet, map);
        }

        if (outcome is null)
        {
            return null;
        }

        var plan = new Plan
        {
            Evidence = evidence,
            Parameters = [.. sheet.Parameters.Select(parameter => parameter.Rule)],
            Indicators = indicators,
            Steps = steps,
            Outcome = outcome,
            Robustness = robustness,
            Tests = tests,
            Scope = names.Scope,
        };
        return header.Complete(sheet, plan, bands, CanonicalTree.Of(map.Node, sheet.Canonical));
    }
}
