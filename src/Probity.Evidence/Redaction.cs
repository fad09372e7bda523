using System.Collections.Immutable;
using System.Globalization;

namespace Probity.Evidence;

/// <summary>On what a redaction rests (guard-rails G18 and G37).</summary>
/// <param name="Basis">The law that asks for it, such as "GDPR Art. 17(1)(d)".</param>
/// <param name="Authority">Whose register it is.</param>
/// <param name="By">The role that decided; never a person's name.</param>
/// <param name="ApprovedBy">The other role that approved.</param>
public sealed record RedactionGrounds(string Basis, string Authority, string By, string ApprovedBy);

/// <summary>
/// Fields of a slot whose values were erased, for good: it holds for the entry named and for every entry of its slot, earlier and later (formats/redaction.md).
/// </summary>
/// <param name="Index">The entry that was named.</param>
/// <param name="Slot">The slot that entry fills.</param>
/// <param name="Fields">The fields erased, in the order of their names; at least one.</param>
/// <param name="Grounds">On what it rests.</param>
public sealed record Redaction(long Index, Slot Slot, ImmutableArray<string> Fields, RedactionGrounds Grounds)
{
    /// <summary>The type of its statement, which is a case step.</summary>
    public const string Type = "redaction";

    /// <summary>It as a statement about the same record.</summary>
    /// <param name="stated">Who states it, in which context, under which law and for what.</param>
    /// <param name="on">The day.</param>
    public Statement ToStatement(Provenance stated, DateOnly on)
    {
        var body = new List<KeyValuePair<string, Value>>
        {
            new("index", Value.Of(Index)),
            new("fields", new Value.Sequence([.. Fields.Select(Value.Of)])),
            new("kind", Value.Of(KindNames.Of(Slot.Kind))),
            new("type", Value.Of(Slot.Type)),
            new("item", Value.Of(Slot.Item)),
            new("valid_from", Value.Of(Slot.ValidFrom is { } day ? Day.Text(day) : "")),
            new("basis", Value.Of(Grounds.Basis)),
            new("authority", Value.Of(Grounds.Authority)),
            new("by", Value.Of(Grounds.By)),
            new("approved_by", Value.Of(Grounds.ApprovedBy)),
        };
        var occasion = new Occasion(Type, Index.ToString(CultureInfo.InvariantCulture), on);
        return Statement.Of(StatementKind.CaseStep, stated, Slot.About, occasion, Evidence.Fields.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(body)));
    }

    /// <summary>Whether a statement is a redaction, well formed or not.</summary>
    public static bool IsOne(Statement statement) => statement is { Kind: StatementKind.CaseStep, Type: Type };

    /// <summary>Reads a redaction back; null where the statement is none or lacks something.</summary>
    public static Redaction? Of(Statement statement)
    {
        Fields body = statement.Body;
        string day = body.TextOf("valid_from") ?? "";
        DateOnly from = default;
        bool isWhole = IsOne(statement)
            && body.WholeOf("index") is >= 0
            && body["fields"] is Value.Sequence { Items.Length: > 0 } names && names.Items.All(name => name is Value.Text { Content.Length: > 0 })
            && KindNames.TryParse(body.TextOf("kind") ?? "", out StatementKind _)
            && (day.Length == 0 || Day.TryParse(day, out from))
            && ((ReadOnlySpan<string>)["basis", "authority", "by", "approved_by"]).ToArray().All(name => body.TextOf(name) is { Length: > 0 })
            && IsFourEyes(body.TextOf("by")!, body.TextOf("approved_by")!);
        if (!isWhole)
        {
            return null;
        }

        _ = KindNames.TryParse(body.TextOf("kind")!, out StatementKind kind);
        return new Redaction(
            body.WholeOf("index")!.Value,
            new Slot(statement.About, kind, body.TextOf("type") ?? "", body.TextOf("item") ?? "", day.Length == 0 ? null : from),
            [.. ((Value.Sequence)body["fields"]!).Items.Select(name => name.ToString()!)],
            new RedactionGrounds(body.TextOf("basis")!, body.TextOf("authority")!, body.TextOf("by")!, body.TextOf("approved_by")!));
    }

    /// <summary>Whether two roles are two (guard-rail G18): both are the names of roles, and they differ in more than how they are written (<see cref="RoleName"/>).</summary>
    public static bool IsFourEyes(string by, string approvedBy) =>
        RoleName.Of(by) is { } one && RoleName.Of(approvedBy) is { } other && one != other;
}
