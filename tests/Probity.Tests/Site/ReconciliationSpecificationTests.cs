using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Probity.Register;

namespace Probity.Tests.Site;

/// <summary>
/// Our answers held against the schemas and examples of the reconciliation specification, which are not part of this repository. The
/// environment variable PROBITY_RECONCILIATION_SPECS names a folder laid out as that specification's repository is: for each version
/// (0.2 and 1.0-draft) a folder with <c>schemas/*.json</c> and <c>examples/SCHEMA/{valid,invalid}/*.json</c>.
/// </summary>
public sealed class ReconciliationSpecificationTests(ServedDemo site, ITestOutputHelper output) : IClassFixture<ServedDemo>
{
    private const string Variable = "PROBITY_RECONCILIATION_SPECS";
    private const string Queries = "reconciliation-query-batch";
    private const string Extensions = "data-extension-query";

    private OrganisationSummary Somebody => site.Reader.Organisations(site.Reader.Current).First(one => one.Particulars.Address.Length > 0);

    public static TheoryData<string> Versions => ["0.2", "1.0-draft"];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Every_answer_is_as_the_schema_of_its_version_says(string version)
    {
        var schemas = Schemas(version);
        string root = version == "0.2" ? "/reconcile" : "/reconcile/1.0";
        string[] wanted = [.. Somebody.Particulars.Name.Split(' ').Where(word => word.Length > 3).Take(1)];
        Hold(schemas, "manifest", (await site.Get(root)).Text);
        Hold(schemas, "suggest-entities-response", (await site.Get($"{root}/suggest/entity?prefix={Uri.EscapeDataString(wanted[0])}")).Text);
        Hold(schemas, "suggest-properties-response", (await site.Get($"{root}/suggest/property?prefix=")).Text);
        Hold(schemas, "suggest-types-response", (await site.Get($"{root}/suggest/type?prefix=org")).Text);
        string name = JsonSerializer.Serialize(Somebody.Particulars.Name);
        string question = version == "0.2" ? $$"""{"q0":{"query":{{name}} },"q1":{"query":"Zzyzx"} }""" : $$"""{"queries":[{"conditions":[{"matchType":"name","propertyValue":{{name}} }]}]}""";
        (HttpStatusCode status, string answer) = await Ask(version, Queries, question);
        Assert.Equal(HttpStatusCode.OK, status);
        Hold(schemas, "reconciliation-result-batch", answer);
        string extension = $$"""{"ids":["{{Somebody.Id}}","nobody"],"properties":[{"id":"name"},{"id":"address"},{"id":"postcode"}]}""";
        (status, answer) = await Ask(version, Extensions, extension);
        Assert.Equal(HttpStatusCode.OK, status);
        Hold(schemas, "data-extension-response", answer);
        if (schemas.ContainsKey("data-extension-property-proposal"))
        {
            Hold(schemas, "data-extension-property-proposal", (await site.Get($"{root}/extend/propose?type=Organisation")).Text);
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Every_valid_query_is_answered_but_for_those_that_ask_for_persons(string version)
    {
        var schemas = Schemas(version);
        foreach ((string file, string text) in Examples(version, Queries, "valid"))
        {
            Assert.True(Holds(schemas[Queries], text), $"{file} is no valid example of this specification");
            (HttpStatusCode status, string answer) = await Ask(version, Queries, text);
            string without = WithoutTypes(text);
            if (without != Plain(text))
            {
                Assert.Equal((HttpStatusCode.UnprocessableEntity, "reconcile.type"), (status, JsonNode.Parse(answer)!["code"]!.ToString()));
                (status, answer) = await Ask(version, Queries, without);
            }

            Assert.True(status == HttpStatusCode.OK, $"{file}: {(int)status} {answer}");
            Hold(schemas, "reconciliation-result-batch", answer);
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Every_invalid_query_is_refused_with_a_reason(string version)
    {
        var schemas = Schemas(version);
        foreach ((string file, string text) in Examples(version, Queries, "invalid"))
        {
            Assert.False(Holds(schemas[Queries], text), $"{file} is no invalid example of this specification");
            (HttpStatusCode status, string answer) = await Ask(version, Queries, WithoutTypes(text));
            Assert.True((int)status is >= 400 and < 500, $"{file}: {(int)status} {answer}");
            Assert.Equal("reconcile.malformed", JsonNode.Parse(answer)!["code"]!.ToString());
            output.WriteLine($"{file}: {JsonNode.Parse(answer)!["detail"]}");
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Every_valid_extension_is_answered_once_it_asks_for_properties_that_are_served(string version)
    {
        var schemas = Schemas(version);
        foreach ((string file, string text) in Examples(version, Extensions, "valid"))
        {
            (HttpStatusCode status, string answer) = await Ask(version, Extensions, text);
            Assert.Equal((HttpStatusCode.BadRequest, "reconcile.malformed"), (status, JsonNode.Parse(answer)!["code"]!.ToString()));
            Assert.Contains("there is no property", JsonNode.Parse(answer)!["detail"]!.ToString(), StringComparison.Ordinal);
            JsonNode served = JsonNode.Parse(text)!;
            foreach ((JsonNode? property, string id) in served["properties"]!.AsArray().Zip(["name", "type", "address", "postcode"]))
            {
                property!["id"] = id;
            }

            (status, answer) = await Ask(version, Extensions, served.ToJsonString());
            Assert.True(status == HttpStatusCode.OK, $"{file}: {(int)status} {answer}");
            Hold(schemas, "data-extension-response", answer);
        }
    }

    private static string Folder(string version)
    {
        string? root = Environment.GetEnvironmentVariable(Variable);
        if (root is null)
        {
            Assert.Skip($"{Variable} names no folder of the reconciliation specification (its layout: the summary of ReconciliationSpecificationTests)");
        }

        string folder = Path.Combine(root, version);
        Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "schemas")), $"{Variable} has no {version}/schemas");
        return folder;
    }

    /// <summary>
    /// The schemas by file name, those that others refer to first. Their "$schema" means the newest draft of its time, which was draft 7; and
    /// what they say of authentication, which refers to a schema of another project, is left out: our manifests have none.
    /// </summary>
    private static Dictionary<string, JsonSchema> Schemas(string version)
    {
        var options = new BuildOptions { SchemaRegistry = new SchemaRegistry() };
        IEnumerable<(string Name, JsonObject Schema)> files = Directory.GetFiles(Path.Combine(Folder(version), "schemas"), "*.json")
            .Select(file => (Path.GetFileNameWithoutExtension(file), JsonNode.Parse(File.ReadAllText(file))!.AsObject())).Where(file => file.Item1 != "openapi");
        var schemas = new Dictionary<string, JsonSchema>(StringComparer.Ordinal);
        foreach ((string name, JsonObject schema) in files.OrderBy(file => file.Name is "lang" or "dir" ? 0 : file.Name == "type" ? 1 : 2))
        {
            schema["$schema"] = "http://json-schema.org/draft-07/schema#";
            schema["properties"]?.AsObject().Remove("authentication");
            schemas[name] = JsonSchema.FromText(schema.ToJsonString(), options);
        }

        return schemas;
    }

    private static IEnumerable<(string File, string Text)> Examples(string version, string schema, string kind)
    {
        string folder = Path.Combine(Folder(version), "examples", schema, kind);
        Assert.SkipUnless(Directory.Exists(folder), $"no {version}/examples/{schema}/{kind}");
        return Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(file => ($"{version} {Path.GetFileName(file)}", File.ReadAllText(file)));
    }

    private static bool Holds(JsonSchema schema, string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        return schema.Evaluate(document.RootElement).IsValid;
    }

    private void Hold(Dictionary<string, JsonSchema> schemas, string schema, string answer)
    {
        using JsonDocument document = JsonDocument.Parse(answer);
        EvaluationResults results = schemas[schema].Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        string problems = string.Join("\n", (results.Details ?? []).Where(one => !one.IsValid && one.Errors is not null).SelectMany(one => one.Errors!.Select(error => $"{one.InstanceLocation} {error.Key}: {error.Value}")));
        Assert.True(results.IsValid, $"{schema}:\n{problems}\n{answer}");
        output.WriteLine($"{schema}: as the schema says ({answer.Length} characters)");
    }

    /// <summary>The examples ask for persons; the same questions of our only type are those without one.</summary>
    private static string WithoutTypes(string text)
    {
        JsonNode batch = JsonNode.Parse(text)!;
        IEnumerable<JsonNode?> queries = batch is JsonArray list ? list : batch["queries"] is JsonArray inside ? inside : batch.AsObject().Select(one => one.Value);
        foreach (JsonObject query in queries.OfType<JsonObject>().Where(query => query["type"] is JsonValue))
        {
            query.Remove("type");
        }

        return batch.ToJsonString();
    }

    private static string Plain(string text) => JsonNode.Parse(text)!.ToJsonString();

    private async Task<(HttpStatusCode Status, string Answer)> Ask(string version, string what, string text)
    {
        using HttpContent content = version == "0.2"
            ? new FormUrlEncodedContent([new(what == Queries ? "queries" : "extend", text)])
            : new StringContent(text, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        string address = version == "0.2" ? "/reconcile" : what == Queries ? "/reconcile/1.0/match" : "/reconcile/1.0/extend";
        using HttpResponseMessage answer = await site.Client.PostAsync(address, content, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
