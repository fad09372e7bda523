using System.Collections.Immutable;
using System.Globalization;
using Probity.Evidence;
using Probity.Rating.Engine;
using Probity.Rating.Expressions;
using Probity.Rating.Model;
using Probity.Rating.Reading;

namespace Probity.Rating;

/// <summary>Runs the tests beside the rules through the same engine as the data.</summary>
internal static class TestRun
{
    /// <summary>The results of one test: one for each thing it expects.</summary>
    public static IEnumerable<TestResult> Of(Methodology methodology, MethodologyTest test) => Compared(methodology, test).Select(compared => compared.Result);

    /// <summary>
    /// Reports everything a test expects that does not come out and, unless the methodology is a draft, every row, state, cap and override that no test
    /// meets. Of rules with problems only what is sound is tried: what follows from a problem told already is no new one.
    /// </summary>
    public static void Check(Methodology methodology, SoundRules sound, Action<FilePlace, string, string, string> report)
    {
        foreach (MethodologyTest test in methodology.Plan.Tests)
        {
            (TestResult Result, string Name, FilePlace Place)[] failed = [.. Compared(methodology, test).Where(compared => !compared.Result.Passed && (compared.Name.Length == 0 ? sound.HasOutcome : sound.Has(compared.Name)))];
            foreach (TestDoubt doubt in failed.Length > 0 ? test.Doubts : [])
            {
                report(doubt.Place, doubt.Code, doubt.Message, doubt.Suggestion);
            }

            for (int i = 0; i < failed.Length && test.Doubts.IsEmpty; i++)
            {
                // how it came about is the same for all of a test
                report(failed[i].Place, "test.failed", $"test '{test.Name}' expects {failed[i].Result.Expected}, but the rules give {failed[i].Result.Got}", sound.HasOutcome && i == 0 ? failed[i].Result.Why : "");
            }
        }

        if (methodology.Status != MethodologyStatus.Draft && sound.HasAllTests)
        {
            foreach ((string branch, FilePlace place) in Unmet(methodology, sound))
            {
                report(place, "branch.untested", $"no test meets {branch}", "add a test that does, or set the status to draft");
            }
        }
    }

    /// <summary>What a test expects, each with what came and where it stands; the outcome has no name.</summary>
    private static IEnumerable<(TestResult Result, string Name, FilePlace Place)> Compared(Methodology methodology, MethodologyTest test)
    {
        OrganisationRating rating = Rate(methodology, test);
        if (test.Outcome is { } outcome)
        {
            yield return (Result(test, rating, ("outcome", outcome.Code, rating.Outcome.Code)), "", outcome.Place);
        }

        foreach (ExpectedValue expected in test.Values)
        {
            string got = rating.Outputs.FirstOrDefault(output => output.Name == expected.Name).Value ?? "not computed";
            yield return (Result(test, rating, (expected.Name, expected.Value.ToString()!, got)), expected.Name, expected.Place);
        }
    }

    private static TestResult Result(MethodologyTest test, OrganisationRating rating, (string Name, string Expected, string Got) compared)
    {
        bool passed = compared.Expected == compared.Got || SameToThePlacesWritten(compared.Expected, compared.Got);
        string why = passed ? "" : string.Join("; ", rating.Explanation.Walk().Select(line => line.Text));
        return new TestResult(test.Name, $"{compared.Name} {compared.Expected}", $"{compared.Name} {compared.Got}", passed, why, test.Place.Line);
    }

    // A number expected with four or more places is compared to that many places: nobody writes all 28 digits of a quotient.
    private static bool SameToThePlacesWritten(string expected, string got)
    {
        int places = expected.IndexOf('.', StringComparison.Ordinal) is var point && point >= 0 ? expected.Length - point - 1 : 0;
        return places is >= 4 and <= 15
            && decimal.TryParse(got, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            && Numbers.Short(number, places) == expected;
    }

    private static OrganisationRating Rate(Methodology methodology, MethodologyTest test)
    {
        return RatingEngine.Rate(methodology, Dossier(methodology, test.Given, 0), AsOfOf(test), CohortOf(methodology, test));
    }

    private static AsOf AsOfOf(MethodologyTest test) => new(test.AsOf, long.MaxValue);

    private static Cohort CohortOf(Methodology methodology, MethodologyTest test) =>
        Survey.Of(methodology, test.Others.Insert(0, test.Given).Select((given, number) => Dossier(methodology, given, number)), AsOfOf(test));

    private static Dossier Dossier(Methodology methodology, ImmutableArray<Statement> given, int number) =>
        new(OrganisationId.FirstSeenAs(new RecordId("test", $"{number}")), methodology.Rates, [.. given.Select((statement, index) => new Entry(index, statement))]);

    private static IEnumerable<(string Branch, FilePlace Place)> Unmet(Methodology methodology, SoundRules sound)
    {
        OutcomeRule rule = methodology.Plan.Outcome;
        var met = new HashSet<string>(StringComparer.Ordinal);
        foreach (MethodologyTest test in methodology.Plan.Tests)
        {
            Worksheet sheet = Worksheet.Fill(methodology.Plan, Dossier(methodology, test.Given, 0), AsOfOf(test), CohortOf(methodology, test));
            int state = Decision.StateOf(rule, sheet.Frame);
            if (state >= 0)
            {
                met.Add($"state {state + 1}");
                continue;
            }

            met.UnionWith(RowsMet(methodology.Plan, sheet));
            met.UnionWith(sheet.Adjusted.SelectMany(adjusted => adjusted.Value.Caps.Select(cap => $"cap {cap.Cap.Id}")));
            string code = Decision.BandOf(rule, sheet.Frame).ToString()!;
            met.UnionWith(Decision.Override(methodology, code, sheet.Frame).Effective.Select(change => $"override {change.Id}"));
        }

        IEnumerable<(string Branch, FilePlace Place)> all = methodology.Plan.Steps.Where(step => sound.Has(step.Slot))
            .SelectMany(step => (step.Operation is Operation.Lookup lookup ? RowsOf(lookup.Table) : []).Concat(step.Caps.Select(cap => ($"cap {cap.Id}", cap.Place))));
        IEnumerable<(string Branch, FilePlace Place)> decided = !sound.HasOutcome ? [] : rule.States.Select((state, i) => ($"state {i + 1}", state.Place))
            .Concat(RowsOf(rule.Table)).Concat(rule.Overrides.Select(change => ($"override {change.Id}", change.Place)));
        return all.Concat(decided).Where(branch => !met.Contains(branch.Branch));
    }

    private static IEnumerable<(string Branch, FilePlace Place)> RowsOf(RuleTable table) => table.Rows.Select((row, i) => ($"row {i + 1} of {table.Name}", row.Place));

    private static IEnumerable<string> RowsMet(Plan plan, Worksheet sheet) =>
        TablesOf(plan).Select(table => (table.Name, Row: Scoring.RowOf(table, sheet.Frame))).Where(met => met.Row is not null).Select(met => $"row {met.Row + 1} of {met.Name}");

    private static ImmutableArray<RuleTable> TablesOf(Plan plan) =>
        [.. plan.Steps.Select(step => step.Operation).OfType<Operation.Lookup>().Select(lookup => lookup.Table), plan.Outcome.Table];
}
