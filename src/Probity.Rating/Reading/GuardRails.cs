using System.Collections.Immutable;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>The guard-rails a methodology file must keep. They are constants: nothing in the file can switch them off.</summary>
internal static class GuardRails
{
    /// <summary>The contexts there are (G05); a methodology names those it may use.</summary>
    public static readonly ImmutableArray<string> Contexts =
        ["food", "product-safety", "social-contributions", "procurement", "licence", "court", "care", "public-statistics"];

    // G06: what an organisation may never be rated by. Words of the names of evidence types and fields.
    private static readonly Dictionary<string, string> DeniedEvidence = Denied("G06",
        ("speech", "speech"), ("opinion", "speech"), ("post", "social media"), ("tweet", "social media"), ("social_media", "social media"),
        ("movement", "movement"), ("location_history", "movement"), ("travel", "movement"), ("purchase", "purchases"),
        ("association", "associations"), ("acquaintance", "associations"), ("family", "family"), ("relative", "family"), ("spouse", "family"),
        ("religion", "religion"), ("faith", "religion"), ("politics", "politics"), ("political", "politics"), ("party_membership", "politics"), ("vote", "politics"),
        ("race", "protected traits"), ("ethnicity", "protected traits"), ("ethnic", "protected traits"), ("gender", "protected traits"),
        ("sex", "protected traits"), ("sexual_orientation", "protected traits"), ("disability", "protected traits"), ("nationality", "protected traits"),
        ("trade_union", "protected traits"), ("anonymous", "anonymous tips"), ("tip", "anonymous tips"), ("complaint", "complaints without a finding"),
        ("press", "press"), ("news", "press"), ("media", "press"), ("charge", "charges without a finding"), ("accusation", "charges without a finding"),
        ("allegation", "charges without a finding"), ("red_flag", "risk indicators"), ("risk_indicator", "risk indicators"));

    // G08: nobody pays for a better rating.
    private static readonly Dictionary<string, string> DeniedMoney = Denied("G08",
        ("payment", "payment"), ("membership", "membership"), ("advertising", "advertising"), ("advertisement", "advertising"),
        ("sponsorship", "sponsorship"), ("subscription", "payment"), ("donation", "payment"), ("fee", "payment"));

    /// <summary>Reads the contexts a methodology may use (G05).</summary>
    public static ImmutableArray<string> ReadContexts(Sheet sheet, YamlMap map)
    {
        ImmutableArray<string> contexts = map.Required("contexts") is null ? [] : [.. map.Texts("contexts")];
        foreach (string context in contexts.Where(context => !Contexts.Contains(context)))
        {
            string? nearest = NearestName.Of(context, Contexts);
            sheet.Report(map.NodeOf("contexts")!, "guard-rail.G05", $"'{context}' is no context known here", nearest is null ? "known: " + string.Join(", ", Contexts) : $"did you mean '{nearest}'?");
        }

        string? basis = map.Text("legal_basis_across_contexts");
        if (contexts.Length > 1 && string.IsNullOrWhiteSpace(basis))
        {
            sheet.Report(map.NodeOf("contexts")!, "guard-rail.G05", "a rating across contexts needs a published legal basis", "add 'legal_basis_across_contexts: …' or keep one context");
        }

        if (contexts.IsEmpty && map.NodeOf("contexts") is { } empty)
        {
            sheet.Report(empty, "guard-rail.G05", "'contexts' needs at least one context", "known: " + string.Join(", ", Contexts));
        }

        return contexts;
    }

    /// <summary>Refuses evidence that no organisation may be rated by (G06, G07) and anything that is bought (G08).</summary>
    public static void CheckEvidenceName(Sheet sheet, YamlNode.Scalar name)
    {
        foreach (Dictionary<string, string> denied in (Dictionary<string, string>[])[DeniedEvidence, DeniedMoney])
        {
            foreach ((string word, string reason) in denied)
            {
                if (Holds(name.Text, word))
                {
                    string rule = reason[..3];
                    sheet.Report(name, "guard-rail." + rule, $"'{name.Text}' is denied as evidence: no rating may count {reason[4..]}", "use findings of an authority, by the type of what was found");
                    return;
                }
            }
        }
    }

    /// <summary>Refuses a methodology in force that does not say what the public must know (G40), or rests on no law.</summary>
    public static void CheckInForce(Sheet sheet, YamlMap map, Header header)
    {
        if (header.Status != MethodologyStatus.InForce)
        {
            return;
        }

        YamlNode at = map.NodeOf("record") ?? map.NodeOf("status")!;
        foreach (string key in TransparencyRecord.RequiredKeys.Where(key => header.Record[key].ToString().Length == 0))
        {
            sheet.Report(at, "guard-rail.G40", $"a methodology in force must state 'record: {key}' for the public", $"add '{key}: …' under 'record', or set the status to draft");
        }

        if (header.Legal.IsEmpty)
        {
            sheet.Report(map.NodeOf("status")!, "legal.missing", "a methodology in force rests on a law, code or paper", "add 'legal: [{title: …, url: …, clause: …}]'");
        }
    }

    private static bool Holds(string name, string word)
    {
        string padded = $"_{name}_";
        return padded.Contains($"_{word}_", StringComparison.Ordinal)
            || padded.Contains($"_{word}s_", StringComparison.Ordinal)
            || (word.EndsWith('y') && padded.Contains($"_{word[..^1]}ies_", StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Denied(string rule, params ReadOnlySpan<(string Word, string Reason)> words)
    {
        var denied = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string word, string reason) in words)
        {
            denied[word] = $"{rule} {reason}";
        }

        return denied;
    }
}
