using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Ledger;

namespace Probity.Site;

/// <summary>One line of the public take-down log (guard-rail G37): class, reason, when, which roles; never the content.</summary>
/// <param name="Entry">The entry that states it.</param>
/// <param name="On">The day; null where the statement gives none.</param>
/// <param name="Redaction">What it says.</param>
public sealed record TakenDown(long Entry, DateOnly? On, Redaction Redaction)
{
    /// <summary>"finding: inspection, note".</summary>
    public string Class => $"{KindNames.Of(Redaction.Slot.Kind)}{(Redaction.Slot.Type.Length > 0 ? ": " + Redaction.Slot.Type : "")}, {string.Join(", ", Redaction.Fields)}";

    /// <summary>What was taken down as known at a ledger size, newest first.</summary>
    public static IReadOnlyList<TakenDown> In(TransparencyLog log, long knownAt) =>
        [.. log.Redactions().Where(index => index < knownAt).Reverse().Select(log.Read).Where(entry => Redaction.Of(entry.Statement) is not null)
            .Select(entry => new TakenDown(entry.Index, entry.Statement.ValidFrom, Redaction.Of(entry.Statement)!))];

    /// <summary>The line for scripts.</summary>
    public JsonObject ToJson() => new()
    {
        ["entry"] = Entry,
        ["class"] = Class,
        ["on"] = On is { } day ? Day.Text(day) : null,
        ["index"] = Redaction.Index,
        ["fields"] = new JsonArray([.. Redaction.Fields.Select(field => (JsonNode)field)]),
        ["basis"] = Redaction.Grounds.Basis,
        ["authority"] = Redaction.Grounds.Authority,
        ["by"] = Redaction.Grounds.By,
        ["approved_by"] = Redaction.Grounds.ApprovedBy,
    };
}
