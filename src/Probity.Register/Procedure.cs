using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Yaml;

namespace Probity.Register;

/// <summary>A step of a procedure.</summary>
/// <param name="Title">What happens.</param>
/// <param name="Actor">Who does it.</param>
/// <param name="Within">By when, in the words of the law, with the event from which it counts.</param>
/// <param name="Law">Where that stands.</param>
public sealed record ProcedureStep(string Title, string Actor, string Within, string Law);

/// <summary>
/// A procedure of a register, such as how a rating is contested: dated, versioned steps with who acts, by when and under which law (formats/procedure.md). It is published in the ledger with
/// the digest of what it means, so that nobody can say afterwards that other terms held. The program shows nothing by it and counts no clock yet.
/// </summary>
/// <param name="Id">Lower-case letters, digits and hyphens.</param>
/// <param name="Version">Its version, such as "1.0.0".</param>
/// <param name="Title">What people call it.</param>
/// <param name="AppliesFrom">The day from which it applies.</param>
/// <param name="Steps">In their order; at least one.</param>
public sealed record Procedure(string Id, string Version, string Title, DateOnly AppliesFrom, ImmutableArray<ProcedureStep> Steps)
{
    private const long FormatVersion = 1;

    /// <summary>SHA-256 of the canonical JSON of what it says, which comments, spaces and the order of keys do not change.</summary>
    public Digest Fingerprint => Digest.Of(CanonicalJson.Bytes(Fields.Of(
        ("probity", Value.Of(FormatVersion)),
        ("id", Value.Of(Id)),
        ("version", Value.Of(Version)),
        ("title", Value.Of(Title)),
        ("applies_from", Value.Of(Day.Text(AppliesFrom))),
        ("steps", new Value.Sequence([.. Steps.Select(step => new Value.Group(Fields.Of(
            ("title", Value.Of(step.Title)),
            ("actor", Value.Of(step.Actor)),
            ("within", Value.Of(step.Within)),
            ("law", Value.Of(step.Law)))))])))));

    /// <summary>Reads a file; null where a problem was added.</summary>
    /// <param name="file">The file as the user named it.</param>
    /// <param name="text">Its content.</param>
    /// <param name="problems">Given every problem with its place.</param>
    public static Procedure? Read(string file, string text, ICollection<Problem> problems)
    {
        int before = problems.Count;
        if (YamlMap.Of(file, YamlText.Read(file, text, problems), problems) is not { } map)
        {
            return null;
        }

        CheckVersion(map);
        (string? id, string? version, string? title) = (map.RequiredText("id"), map.RequiredText("version"), map.RequiredText("title"));
        if (id is not null && id.AsSpan().ContainsAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789-"))
        {
            map.Report(map.NodeOf("id")!, "id.form", $"id '{id}' may hold lower-case letters, digits and hyphens only", "");
        }

        DateOnly? from = map.Required("applies_from") is null ? null : map.DayOf("applies_from");
        YamlNode? written = map.Required("steps");
        ImmutableArray<ProcedureStep> steps = [.. map.Maps("steps").Select(ReadStep)];
        if (written is not null && steps.IsEmpty)
        {
            map.Report(written, "steps.none", "a procedure has at least one step", "write what happens first, who does it, by when and under which law");
        }

        map.Close();
        return problems.Count == before && from is { } day ? new Procedure(id!, version!, title!, day, steps) : null;
    }

    private static void CheckVersion(YamlMap map)
    {
        if (map.Required("probity") is { } node && map.Whole("probity") is not FormatVersion)
        {
            map.Report(node, "format.version", $"this program reads procedure format {FormatVersion}", $"write 'probity: {FormatVersion}'");
        }
    }

    private static ProcedureStep ReadStep(YamlMap step)
    {
        var read = new ProcedureStep(step.RequiredText("title") ?? "", step.RequiredText("actor") ?? "", step.RequiredText("within") ?? "", step.RequiredText("law") ?? "");
        step.Close();
        return read;
    }
}
