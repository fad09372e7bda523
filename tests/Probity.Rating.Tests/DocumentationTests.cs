using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Probity.Evidence;
using Probity.Tests.Support;
using Probity.Yaml;

namespace Probity.Rating.Tests;

/// <summary>What the documentation shows must work, and the published schema must accept what the reader accepts and refuse common mistakes.</summary>
public sealed class DocumentationTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(Files.Text("formats/methodology.schema.json"));

    public static TheoryData<string> Shipped => [.. Directory.GetFiles(Path.Combine(SharedData.Root, "registers"), "*.yaml", SearchOption.AllDirectories)
        .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "methodology").Select(file => Path.GetRelativePath(SharedData.Root, file)).Order(StringComparer.Ordinal)];

    [Fact]
    public void The_human_development_index_of_the_documentation_passes_its_tests()
    {
        Methodology index = Files.Written(Examples()[0], "docs/methodology.md");
        Assert.Equal(6, index.RunTests().Length);
        Assert.DoesNotContain(index.RunTests(), result => !result.Passed);
        Assert.Equal("Indice de développement humain", index.Title.In("fr"));
    }

    [Fact]
    public void The_second_example_of_the_documentation_compares_peers_caps_and_tries_its_bands()
    {
        Methodology operators = Files.Written(Examples()[1], "docs/methodology.md");
        Assert.Equal(4, operators.RunTests().Length);
        Assert.DoesNotContain(operators.RunTests(), result => !result.Passed);
        Assert.NotNull(operators.Plan.Robustness);
    }

    [Theory]
    [InlineData("whole", "int decimal number")]
    [InlineData("decimal", "decimal number text")]
    [InlineData("text", "text")]
    [InlineData("flag", "flag")]
    [InlineData("day", "text date")]
    public void The_table_of_source_types_is_what_the_engine_takes(string source, string taken)
    {
        Value value = source switch { "whole" => Value.Of(5), "decimal" => Value.Of("12.5"), "flag" => Value.Of(holds: true), "day" => Value.Of("2026-05-12"), _ => Value.Of("green") };
        Assert.Equal(taken.Split(' '), Expressions.ExpressionType.Words.Where(word => word != "duration" && Reading.Literals.Of(value, Expressions.ExpressionType.Named(word)!) is not null));
    }

    [Fact]
    public void The_examples_are_as_the_schema_says() => Assert.All(Examples(), example => Assert.Empty(Refused(example)));

    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_shipped_methodology_passes_its_tests_and_the_schema(string file)
    {
        Assert.DoesNotContain(Files.Read(file).RunTests(), result => !result.Passed);
        Assert.Empty(Refused(Files.Text(file)));
    }

    [Theory]
    [InlineData("status: in-force", "status: inforce")]
    [InlineData("rates: public-body", "rates: person")]
    [InlineData("take: latest", "take: last")]
    [InlineData("missing: not_rated", "mising: not_rated")]
    [InlineData(", missing: not_rated", "")]
    [InlineData("round: {places: 3, mode: half_up}", "round: {places: 3}")]
    [InlineData("mode: half_up", "mode: nearest")]
    [InlineData("beyond: held", "beyond: yes")]
    [InlineData("version: 1.0.0", "version: 1")]
    [InlineData("id: example.human-development", "id: Example HDI")]
    [InlineData("type: number, unit: years", "type: float, unit: years")]
    [InlineData("expires: {after: P3Y", "expire: {after: P3Y")]
    [InlineData("after: P3Y", "after: 3 years")]
    [InlineData("hit: first", "hit: any")]
    [InlineData("contexts: [public-statistics]", "contexts: public statistics")]
    [InlineData("values: {2010-01-01: {value: 100, ref: Technical note 1}}", "value: 100")]
    [InlineData("value: 100, ref: Technical note 1", "value: 100")]
    [InlineData("month_ends: last_day", "month_ends: first")]
    [InlineData("then: low}", "than: low}")]
    [InlineData("dimensions: [health, education, standard]", "dimensions: []")]
    [InlineData("as_of: 2023-06-01", "as_of: today")]
    [InlineData("{code: low, label: Low human development}", "{code: low}")]
    [InlineData("applies: {from: 2010-01-01}", "applies: 2010-01-01")]
    [InlineData("missing: stays}", "missing: skip}")]
    [InlineData("probity: 1\n", "probity: 2\n")]
    [InlineData("better: higher, missing", "better: more, missing")]
    public void The_schema_and_the_check_refuse_a_common_mistake(string right, string wrong)
    {
        Assert.Contains(right, Examples()[0], StringComparison.Ordinal);
        Assert.NotEmpty(Refused(Examples()[0].Replace(right, wrong, StringComparison.Ordinal)));
        Assert.NotEmpty(Files.ProblemsOf(Examples()[0].Replace(right, wrong, StringComparison.Ordinal)));
    }

    // the blocks that are whole files begin with the format's version
    internal static string[] Examples() =>
        [.. Files.Text("docs/methodology.md").Split("```").Where(block => block.StartsWith("yaml\nprobity: 1\n", StringComparison.Ordinal)).Select(block => block["yaml\n".Length..])];

    internal static IEnumerable<string> Refused(string text)
    {
        JsonNode? json = ToJson(YamlText.Read("x.yaml", text, new List<Problem>())!);
        EvaluationResults results = Schema.Evaluate(JsonSerializer.SerializeToElement(json), new EvaluationOptions { OutputFormat = OutputFormat.List });
        return results.IsValid ? [] : (results.Details ?? []).Where(detail => detail.Errors is not null).SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}")).Append("refused");
    }

    // As an editor reads it: the core schema of YAML 1.2 gives plain numbers, true and false their types.
    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlNode.Map map => new JsonObject(map.Pairs.Select(pair => new KeyValuePair<string, JsonNode?>(pair.Key.Text, ToJson(pair.Value)))),
        YamlNode.List list => new JsonArray([.. list.Items.Select(ToJson)]),
        YamlNode.Scalar { Quoted: false, Text: "true" or "false" } flag => JsonValue.Create(flag.Text == "true"),
        YamlNode.Scalar { Quoted: false } number when long.TryParse(number.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) => JsonValue.Create(whole),
        YamlNode.Scalar { Quoted: false } number when decimal.TryParse(number.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal exact) => JsonValue.Create(exact),
        YamlNode.Scalar scalar => JsonValue.Create(scalar.Text),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
