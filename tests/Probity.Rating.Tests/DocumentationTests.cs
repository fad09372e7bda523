using System.Text.Json;
using Probity.Evidence;
using Probity.Tests.Support;
using Probity.Yaml;

namespace Probity.Rating.Tests;

/// <summary>What the documentation shows must work, and the published schema must know what the reader knows.</summary>
public sealed class DocumentationTests
{
    public static TheoryData<string> Shipped => [.. Directory.GetFiles(Path.Combine(SharedData.Root, "registers"), "*.yaml", SearchOption.AllDirectories)
        .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "methodology").Select(file => Path.GetRelativePath(SharedData.Root, file)).Order(StringComparer.Ordinal)];

    [Fact]
    public void The_human_development_index_of_the_documentation_passes_its_tests()
    {
        Methodology index = Files.Written(Example(), "docs/methodology.md");
        Assert.Equal(6, index.RunTests().Length);
        Assert.DoesNotContain(index.RunTests(), result => !result.Passed);
        Assert.Equal("Indice de développement humain", index.Title.In("fr"));
    }

    [Fact]
    public void The_example_is_as_the_schema_says() => Hold(Example());

    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_shipped_methodology_passes_its_tests_and_the_schema(string file)
    {
        Assert.DoesNotContain(Files.Read(file).RunTests(), result => !result.Passed);
        Hold(Files.Text(file));
    }

    private static string Example()
    {
        string page = Files.Text("docs/methodology.md");
        int start = page.IndexOf("```yaml\n", StringComparison.Ordinal) + 8;
        return page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private static void Hold(string text)
    {
        using JsonDocument schema = JsonDocument.Parse(Files.Text("formats/methodology.schema.json"));
        var unknown = new List<string>();
        Walk(schema.RootElement, schema.RootElement, YamlText.Read("x.yaml", text, new List<Problem>())!, unknown);
        Assert.Empty(unknown);
    }

    // Holds keys against "properties", which catches a schema that lags behind the reader; types are the reader's own business.
    private static void Walk(JsonElement root, JsonElement schema, YamlNode node, List<string> unknown)
    {
        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            schema = root.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]);
        }

        if (node is YamlNode.List list && schema.TryGetProperty("items", out JsonElement items))
        {
            foreach (YamlNode item in list.Items)
            {
                Walk(root, items, item, unknown);
            }
        }

        if (node is not YamlNode.Map map)
        {
            return;
        }

        foreach ((YamlNode.Scalar key, YamlNode value) in map.Pairs)
        {
            if (schema.TryGetProperty("properties", out JsonElement properties) && properties.TryGetProperty(key.Text, out JsonElement known))
            {
                Walk(root, known, value, unknown);
            }
            else if (schema.TryGetProperty("additionalProperties", out JsonElement others) && others.ValueKind == JsonValueKind.Object)
            {
                Walk(root, others, value, unknown);
            }
            else if (schema.TryGetProperty("properties", out _))
            {
                unknown.Add($"{key.Text} on line {key.Line}");
            }
        }
    }
}
