using System.Collections.Immutable;
using System.Globalization;
using Probity.Evidence;
using Probity.Rating.Engine;
using Probity.Rating.Expressions;
using Probity.Rating.Model;

namespace Probity.Rating;

/// <summary>Runs the tests beside the rules through the same engine as the data.</summary>
internal static class TestRun
{
    /// <summary>The results of one test: one for each thing it expects.</summary>
    public static IEnumerable<TestResult> Of(Methodology methodology, MethodologyTest test)
    {
        OrganisationRating rating = Rate(methodology, test);
        if (test.Outcome is { } outcome)
        {
            yield return Result(test, rating, ("outcome", outcome, rating.Outcome.Code));
        }

        foreach ((string name, Operand expected) in test.Values)
        {
            string got = rating.Outputs.FirstOrDefault(output => output.Name == name).Value ?? "not computed";
            yield return Result(test, rating, (name, expected.ToString()!, got));
        }
    }

    /// <summary>Reports every test that fails and, unless the methodology is a draft, every row and state that no test meets.</summary>
    public static void Check(Methodology methodology, string file, ICollection<Problem> problems)
    {
        foreach (MethodologyTest test in methodology.Plan.Tests)
        {
            foreach (TestResult failed in Of(methodology, test).Where(result => !result.Passed))
            {
                problems.Add(new Problem(file, test.Line, test.Column, "test.failed", $"test '{test.Name}' expects {failed.Expected}, but the rules give {failed.Got}", failed.Why));
            }
        }

        if (methodology.Status != MethodologyStatus.Draft)
        {
            foreach (string branch in Unmet(methodology))
            {
                problems.Add(new Problem(file, 0, 0, "branch.untested", $"no test meets {branch}", "add a test that does, or set the status to draft"));
            }
        }
    }

    private static TestResult Result(MethodologyTest test, OrganisationRating rating, (string Name, string Expected, string Got) compared)
    {
        bool passed = compared.Expected == compared.Got || SameToThePlacesWritten(compared.Expected, compared.Got);
        string why = passed ? "" : string.Join("; ", rating.Explanation.Walk().Select(line => line.Text));
        return new TestResult(test.Name, $"{compared.Name} {compared.Expected}", $"{compared.Name} {compared.Got}", passed, why, test.Line);
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

    private static IEnumerable<string> Unmet(Methodology methodology)
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

        IEnumerable<string> all = Enumerable.Range(1, rule.States.Length).Select(state => $"state {state}")
            .Concat(TablesOf(methodology.Plan).SelectMany(table => Enumerable.Range(1, table.Rows.Length).Select(row => $"row {row} of {table.Name}")))
            .Concat(methodology.Plan.Steps.SelectMany(step => step.Caps).Select(cap => $"cap {cap.Id}"))
            .Concat(rule.Overrides.Select(change => $"override {change.Id}"));
        return all.Where(branch => !met.Contains(branch));
    }

    private static IEnumerable<string> RowsMet(Plan plan, Worksheet sheet) =>
        TablesOf(plan).Select(table => (table.Name, Row: Scoring.RowOf(table, sheet.Frame))).Where(met => met.Row is not null).Select(met => $"row {met.Row + 1} of {met.Name}");

    private static ImmutableArray<RuleTable> TablesOf(Plan plan) =>
        [.. plan.Steps.Select(step => step.Operation).OfType<Operation.Lookup>().Select(lookup => lookup.Table), plan.Outcome.Table];
}
