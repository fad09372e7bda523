using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Linkage;
using Probity.Register;

namespace Probity.Pipeline;

/// <summary>A pair that the last linkage could not decide, as its report lists it.</summary>
/// <param name="One">A record.</param>
/// <param name="Other">Another.</param>
/// <param name="Probability">0.2 up to the threshold.</param>
/// <param name="Waterfall">The evidence between them.</param>
public sealed record DoubtfulPair(RecordId One, RecordId Other, double Probability, ImmutableArray<WaterfallStep> Waterfall)
{
    /// <summary>How many less likely pairs of the same two organisations there are.</summary>
    public int More { get; init; }

    private static readonly string[] PlaceFields = ["town", "city", "postcode", "address"];

    /// <summary>The pairs of a report that nobody has judged since, likeliest first; at most the 1,000 that a report lists.</summary>
    public static ImmutableArray<DoubtfulPair> Waiting(LinkageStated stated, IEnumerable<RecordJudgement> judgements)
    {
        HashSet<(RecordId, RecordId)> judged = [.. judgements.Where(one => one.Order > stated.Index).Select(one => (one.One, one.Other))];
        return [.. stated.Report["doubtful"]!.AsArray().Select(pair => Of(pair!.AsObject())).Where(pair => !judged.Contains((pair.One, pair.Other)) && !judged.Contains((pair.Other, pair.One)))];
    }

    /// <summary>
    /// The pairs to ask about: of each two organisations, as they are now, the likeliest, likeliest first; none of two of whose records somebody judged, also
    /// before the last run and also as unsure, unless it was taken back.
    /// </summary>
    public static ImmutableArray<DoubtfulPair> Asked(RegisterReader reader)
    {
        if (reader.Linkage.LastRun(reader.Current) is not { } stated)
        {
            return [];
        }

        var homes = new Dictionary<RecordId, string>();
        string Home(RecordId record) => homes.TryGetValue(record, out string? home) ? home : homes[record] = reader.FindByRecord(record)?.ToString() ?? record.ToString();
        (string, string) Two(RecordId one, RecordId other) => string.CompareOrdinal(Home(one), Home(other)) < 0 ? (Home(one), Home(other)) : (Home(other), Home(one));
        ImmutableArray<RecordJudgement> judgements = reader.Linkage.Judgements(reader.Current);
        HashSet<(string, string)> settled = [.. RecordJudgement.InForce(judgements).Select(one => Two(one.One, one.Other))];
        return [.. Waiting(stated, judgements).GroupBy(pair => Two(pair.One, pair.Other)).Where(two => !settled.Contains(two.Key)).Select(two => two.First() with { More = two.Count() - 1 })];
    }

    /// <summary>Names of the fields that either record has, the name first; those of groups behind the group's name.</summary>
    public static IEnumerable<string> FieldsOf(JudgedRecord? one, JudgedRecord? other) =>
        new[] { one, other }.OfType<JudgedRecord>().SelectMany(record => Flat(record.Identity)).Select(field => field.Name).Distinct(StringComparer.Ordinal).OrderBy(name => name != "name").ThenBy(name => name, StringComparer.Ordinal);

    /// <summary>What a record says in a field; "–" where it says nothing.</summary>
    public static string TextOf(JudgedRecord? record, string field) =>
        record is null ? "–" : Flat(record.Identity).Where(one => one.Name == field).Select(one => one.Text).FirstOrDefault("–");

    /// <summary>"Larchmount Bakers, Clawdon": the name of a record and its town, or its address where it has none; empty for none.</summary>
    public static string NameAndPlaceOf(JudgedRecord? record)
    {
        string place = PlaceFields.Select(field => TextOf(record, field)).FirstOrDefault(text => text is not ("–" or ""), "");
        return record is null ? "" : place.Length > 0 ? $"{TextOf(record, "name")}, {place}" : TextOf(record, "name");
    }

    private static IEnumerable<(string Name, string Text)> Flat(Fields fields) => fields.SelectMany(field => field.Value is Value.Group group
        ? group.Content.Select(inner => ($"{field.Key} {inner.Key}", inner.Value.ToString() ?? ""))
        : [(field.Key.Replace('_', ' '), field.Value.ToString() ?? "")]);

    private static DoubtfulPair Of(JsonObject pair) => new(
        RecordOf(pair["one"]!),
        RecordOf(pair["other"]!),
        (double)pair["probability"]!,
        [.. pair["waterfall"]!.AsArray().Select(step => new WaterfallStep((string)step!["field"]!, (string)step["outcome"]!, (double)step["bits"]!))]);

    private static RecordId RecordOf(JsonNode record) => new((string)record["source"]!, (string)record["record"]!);
}
