using Probity.Evidence;
using Probity.Tests.Support;

namespace Probity.Sources.Tests;

public sealed class SourceDefinitionTests
{
    [Theory]
    [InlineData("publisher:", "publihser:", "fhrs.yaml:LINE:1: unknown key 'publihser'; did you mean 'publisher'? [key.unknown]")]
    [InlineData("page_size:", "page_siez:", "fhrs.yaml:LINE:3: unknown key 'page_siez'; did you mean 'page_size'? [key.unknown]")]
    [InlineData("{from: BusinessName, required: true}", "{from: BusinessName, requierd: true}", "fhrs.yaml:LINE:30: unknown key 'requierd'; did you mean 'required'? [key.unknown]")]
    public void An_unknown_key_is_named_with_its_place_and_the_nearest(string right, string wrong, string expected) =>
        Assert.Contains(expected.Replace("LINE", $"{LineOf(right)}", StringComparison.Ordinal), Problems(right, wrong).Select(problem => problem.ToString()));

    [Theory]
    [InlineData("subject: establishment", "subject: person")]
    [InlineData("subject: establishment", "subject: Natural-Person")]
    [InlineData("subject: establishment", "subject: {default: individual}")]
    [InlineData("subject: establishment", "subject: {default: establishment, field: {from: Kind, replace: {person: establishment}}}")]
    public void G01_a_person_as_subject_is_a_problem(string right, string wrong)
    {
        Problem problem = Assert.Single(Problems(right, wrong));
        Assert.Equal("guard-rail.G01", problem.Code);
        Assert.Equal(LineOf(right), problem.Line);
    }

    [Theory]
    [InlineData("probity: 1", "probity: 2", "format.version")]
    [InlineData("source: fhrs", "source: FHRS 1", "name.form")]
    [InlineData("kind: inspectorate", "kind: rumour", "value.unknown")]
    [InlineData("context: food", "context: ''", "value.empty")]
    [InlineData("law: ", "statute: ", "key.missing")]
    [InlineData("subject: establishment", "subject: robot", "subject.unknown")]
    [InlineData("page_size: 5000", "page_size: 0", "value.range")]
    [InlineData("id: FHRSID", "id: []", "value.empty")]
    [InlineData("id: FHRSID", "number: FHRSID", "key.missing")]
    [InlineData("[0001-01-01,", "[never,", "type.day")]
    [InlineData("type: BusinessType", "type: []", "value.empty")]
    [InlineData("type: BusinessType", "type: {from: BusinessType, type: date}", "value.unknown")]
    [InlineData("type: BusinessType", "type: {from: BusinessType, max_length: 99999}", "value.range")]
    [InlineData("type: BusinessType", "a.b.c: BusinessType", "field.name")]
    [InlineData("type: BusinessType", "'a b': BusinessType", "field.name")]
    [InlineData("type: BusinessType", "identifiers: BusinessType", "field.name")]
    [InlineData("- type: rating", "- type: inspection", "finding.twice")]
    [InlineData("when: [hygiene,", "when: [hygeine,", "field.unknown")]
    [InlineData("day: {from: RatingDate}", "day: RatingDate", "type.map")]
    public void What_is_wrong_in_a_mapping_is_a_problem_with_a_place(string right, string wrong, string code)
    {
        Problem problem = Assert.Single(Problems(right, wrong), problem => problem.Code == code);
        Assert.True(problem.Line > 0 && problem.Column > 0);
    }

    [Fact]
    public void Every_source_of_the_registers_here_is_read_without_a_problem()
    {
        string[] files = [.. Directory.GetFiles(Path.Combine(SharedData.Root, "registers"), "*.yaml", SearchOption.AllDirectories).Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "sources")];

        Assert.NotEmpty(files);
        Assert.All(files, file => Fhrs.Define(File.ReadAllText(file)));
    }

    [Fact]
    public void The_example_of_the_formats_page_reads_records()
    {
        string page = File.ReadAllText(Path.Combine(SharedData.Root, "formats", "source.md"));
        SourceDefinition source = Fhrs.Define(page.Split("```yaml\n")[1].Split("```")[0]);
        SourceRecord record = Assert.Single(Fhrs.Read(source, "Number,Name,Street,Town,Inspected,Points\n1,Bakery,1 High Street,Example,12/05/2026,7\n"));

        Assert.Equal("1 High Street, Example", record.Statements[0].Body["address"]!.ToString());
        Assert.Equal((new DateOnly(2026, 5, 12), "7"), (record.Statements[1].ValidFrom!.Value, record.Statements[1].Body["points"]!.ToString()));
    }

    [Fact]
    public void An_empty_mapping_is_a_problem()
    {
        List<Problem> problems = [];

        Assert.Null(SourceDefinition.Read("a.yaml", "", problems));
        Assert.Equal("file.empty", Assert.Single(problems).Code);
    }

    [Fact]
    public void Lines_above_the_header_are_passed_over_and_counted()
    {
        SourceDefinition source = Fhrs.Define(Fhrs.Yaml.Replace("  xml: [", "  csv_skip_lines: 2\n  xml: [", StringComparison.Ordinal));
        List<SourceRecord> records = Fhrs.Read(source, "A title\nof two lines\n" + Fhrs.Header + Fhrs.Line("1"));

        Assert.Equal("1", records.Ids());
        Assert.Equal(4, records[0].Place.Line);
    }

    [Fact]
    public void Several_findings_of_a_type_are_told_apart_by_their_item()
    {
        SourceDefinition source = Fhrs.Define(Fhrs.Yaml + "  - {type: visit, item: SchemeType, fields: {value: RatingValue}}\n");

        Assert.Equal("FHRS", Fhrs.Read(source, Fhrs.Header + Fhrs.Line("1"))[0].Statements[3].Item);
    }

    [Fact]
    public void A_text_by_which_the_source_means_none_counts_as_empty()
    {
        SourceDefinition source = Fhrs.Define(Fhrs.Yaml + "empty: [N/A, Not Available]\n");
        string unscored = Fhrs.Line("1").Replace(",0,5,5,", ",N/A, Not Available ,N/A,", StringComparison.Ordinal);
        string unnamed = Fhrs.Line("2").Replace("Bakery 2", "N/A", StringComparison.Ordinal);
        List<SourceRecord> records = Fhrs.Read(source, Fhrs.Header + unscored + unnamed);

        Assert.Equal(["", "rating"], records[0].Statements.Select(statement => statement.Type));
        Rejection rejection = Assert.Single(records.Rejections());
        Assert.Equal((RejectionCodes.FieldMissing, "BusinessName"), (rejection.Code, rejection.Field));
    }

    [Fact]
    public void Every_mapping_of_the_repository_reads()
    {
        string[] folders = [.. Directory.GetDirectories(Path.Combine(SharedData.Root, "registers")), Path.Combine(SharedData.Root, "bench", "register")];
        string[] files = [.. folders.Select(folder => Path.Combine(folder, "sources")).Where(Directory.Exists).SelectMany(folder => Directory.GetFiles(folder, "*.yaml"))];
        List<Problem> problems = [];
        foreach (string file in files)
        {
            SourceDefinition.Read(file, File.ReadAllText(file), problems);
        }

        Assert.True(files.Length >= 3);
        Assert.Empty(problems);
    }

    private static int LineOf(string text) => Fhrs.Yaml[..Fhrs.Yaml.IndexOf(text, StringComparison.Ordinal)].Count(one => one == '\n') + 1;

    private static List<Problem> Problems(string right, string wrong)
    {
        Assert.Contains(right, Fhrs.Yaml, StringComparison.Ordinal);
        int at = Fhrs.Yaml.IndexOf(right, StringComparison.Ordinal);
        List<Problem> problems = [];
        Assert.Null(SourceDefinition.Read("fhrs.yaml", Fhrs.Yaml[..at] + wrong + Fhrs.Yaml[(at + right.Length)..], problems));
        return problems;
    }
}
