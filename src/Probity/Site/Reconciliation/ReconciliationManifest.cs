using System.Text.Json.Nodes;
using Probity.Register;

namespace Probity.Site.Reconciliation;

/// <summary>What the service says of itself: one address for each version, because their manifests exclude each other.</summary>
internal static class ReconciliationManifest
{
    /// <summary>The only type.</summary>
    public const string TypeId = "Organisation";

    /// <summary>The type as an object.</summary>
    public static JsonObject Type => new() { ["id"] = TypeId, ["name"] = "Organisation or establishment" };

    /// <summary>Version 0.2.</summary>
    /// <param name="register">Whose register it is.</param>
    /// <param name="root">The site's address without a slash at its end.</param>
    public static JsonObject Version02(RegisterDefinition register, string root) => new()
    {
        ["versions"] = new JsonArray("0.2"),
        ["name"] = register.Title,
        ["identifierSpace"] = $"{root}/organisation/",
        ["schemaSpace"] = $"{root}/reconcile/properties",
        ["documentation"] = $"{root}/about",
        ["defaultTypes"] = new JsonArray(Type),
        ["view"] = new JsonObject { ["url"] = $"{root}/organisation/{{{{id}}}}" },
        ["preview"] = new JsonObject { ["url"] = $"{root}/reconcile/preview?id={{{{id}}}}", ["width"] = 420, ["height"] = 180 },
        ["suggest"] = new JsonObject { ["entity"] = Suggest(root, "entity"), ["property"] = Suggest(root, "property"), ["type"] = Suggest(root, "type") },
        ["extend"] = new JsonObject
        {
            ["propose_properties"] = new JsonObject { ["service_url"] = root, ["service_path"] = "/reconcile/properties" },
            ["property_settings"] = new JsonArray(),
        },
    };

    /// <summary>Version 1.0-draft.</summary>
    /// <param name="register">Whose register it is.</param>
    /// <param name="root">The site's address without a slash at its end.</param>
    public static JsonObject Version1(RegisterDefinition register, string root) => new()
    {
        ["versions"] = new JsonArray("1.0-draft"),
        ["name"] = register.Title,
        ["documentation"] = $"{root}/about",
        ["defaultTypes"] = new JsonArray(Type),
        ["view"] = new JsonObject { ["url"] = $"{root}/organisation/{{id}}" },
        ["preview"] = new JsonObject { ["width"] = 420, ["height"] = 180 },
        ["suggest"] = new JsonObject { ["entity"] = true, ["property"] = true, ["type"] = true },
        ["extend"] = new JsonObject { ["proposeProperties"] = true, ["propertySettings"] = new JsonArray() },
        ["standardizedScore"] = true,
    };

    private static JsonObject Suggest(string root, string what) => new() { ["service_url"] = root, ["service_path"] = $"/reconcile/suggest/{what}" };
}
