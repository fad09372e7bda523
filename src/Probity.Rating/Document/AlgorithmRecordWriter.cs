using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Rating.Model;

namespace Probity.Rating.Document;

/// <summary>Fills the transparency record from the rules and from what their file states.</summary>
internal sealed class AlgorithmRecordWriter(Methodology methodology, string language)
{
    public static AlgorithmRecord Write(Methodology methodology, string language)
    {
        var writer = new AlgorithmRecordWriter(methodology, language);
        return new AlgorithmRecord([writer.Overview(), writer.Owner(), writer.Rationale(), writer.Deployment(), writer.Tool(), writer.Risks()]);
    }

    private RecordSection Overview() => Section("tier_1", "Tier 1: overview",
    [
        Item("name", "Name", $"{methodology.Title.In(language)} ({methodology.Id} {methodology.Version})"),
        Item("description", "Description", Stated("purpose")),
        Item("website_url", "Website", methodology.Authority.Url),
        Item("contact", "Contact", Stated("contact")),
    ]);

    private RecordSection Owner() => Section("owner_and_responsibility", "Tier 2: owner and responsibility",
    [
        Item("organisation", "Organisation", methodology.Authority.Name),
        Item("team", "Team", Stated("owner")),
        Item("senior_responsible_owner", "Senior responsible owner", Stated("senior_owner")),
        Item("third_party_involvement", "Third party involvement", Stated("third_parties")),
    ]);

    private RecordSection Rationale() => Section("description_and_rationale", "Tier 2: description and rationale",
    [
        Item("detailed_description", "Detailed description", Stated("description")),
        Item("scope", "Scope", Stated("scope")),
        Item("legal_basis", "Legal basis", string.Join("; ", methodology.Legal.Select(law => law.ToString()))),
        Item("benefits", "Benefits", Stated("benefits") is { Length: > 0 } benefits ? benefits : Stated("purpose")),
        Item("previous_process", "Previous process", Stated("previous_process")),
        Item("alternatives_considered", "Alternatives considered", Stated("alternatives")),
    ]);

    private RecordSection Deployment() => Section("deployment_context", "Tier 2: decision-making process and deployment",
    [
        Item("process_integration", "Integration into the broader process", Stated("integration")),
        Item("human_review", "Human decisions and review", Stated("human_review")),
        Item("frequency_and_scale", "Frequency and scale of usage", Stated("frequency")),
        Item("required_training", "Required training", Stated("training")),
        Item("appeals_and_review", "Appeals and review", Stated("appeals")),
    ]);

    private RecordSection Tool() => Section("tool_specification", "Tier 2: tool specification",
    [
        Item("phase", "Phase", methodology.Status switch
        {
            MethodologyStatus.Draft => "Idea or design",
            MethodologyStatus.Consultation => "Open for consultation",
            MethodologyStatus.InForce => $"In use, for days from {Day.Text(methodology.AppliesFrom)}",
            MethodologyStatus.Withdrawn => "Retired",
            _ => throw new System.Diagnostics.UnreachableException(),
        }),
        Item("maintenance", "Maintenance", Stated("maintenance")),
        Item("system_architecture", "System architecture", "Published rules in one file, checked and computed by Probity from statements in a signed ledger. Anyone can recompute every outcome."),
        Item("model_task", "Models and their task", $"No learned model. {ModelOf()}"),
        Item("system_level_input", "Input", string.Join("; ", EvidenceTypes().Select(type => $"{type.Label.In(language)} ({string.Join(", ", type.Fields.Select(field => field.Label.In(language)))})"))),
        Item("system_level_output", "Output", $"One of {string.Join(", ", methodology.Bands.Select(band => band.Label.In(language)))}, or a reason why there is no rating; with every point explained."),
        Item("performance", "Performance", $"Exact: the same evidence gives the same outcome. {methodology.Plan.Tests.Length} tests stand beside the rules and must hold."),
        Item("data_description", "Data", Stated("data")),
        Item("sensitive_attributes", "Sensitive attributes", Stated("sensitive_attributes") is { Length: > 0 } stated ? stated : "None can be used: evidence of protected traits, beliefs, associations, speech, movement and purchases is refused by the software."),
        Item("data_retention", "How long evidence counts", string.Join("; ", EvidenceTypes().Select(type => $"{type.Label.In(language)}: {type.Expiry.After.Words()}"))),
        Item("data_access", "Data access and storage", Stated("data_access")),
    ]);

    private RecordSection Risks() => Section("risks", "Tier 2: risks, mitigations and impact assessments",
    [
        Item("impact_assessments", "Impact assessments", Stated("impact_assessments")),
        Item("risks_and_mitigations", "Risks and mitigations", Stated("risks") is { Length: > 0 } risks ? $"{risks} {Stated("limits")}".TrimEnd() : Stated("limits")),
    ]);

    private string ModelOf()
    {
        int statistics = methodology.Plan.Steps.Count(step => step.Operation is Operation.Statistic);
        string scores = $"{methodology.Plan.Indicators.Length} indicators and {methodology.Plan.Steps.Length - statistics} scores lead to a table of {methodology.Plan.Outcome.Table.Rows.Length} rows";
        return statistics == 0 ? scores + "." : $"{scores}; {statistics} statistics are taken over the cohort.";
    }

    private IEnumerable<EvidenceType> EvidenceTypes() => methodology.Plan.Evidence.Values.OrderBy(type => type.Name, StringComparer.Ordinal);

    private string Stated(string key) => methodology.Record[key].In(language);

    private static RecordSection Section(string key, string heading, ImmutableArray<RecordItem> items) => new(key, heading, items);

    private static RecordItem Item(string key, string heading, string text) => new(key, heading, text);
}
