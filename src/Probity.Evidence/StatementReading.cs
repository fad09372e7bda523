using System.Diagnostics.CodeAnalysis;

namespace Probity.Evidence;

/// <summary>The way back from wire fields to a <see cref="Statement"/>; every departure from the format is named.</summary>
internal static class StatementReading
{
    private static readonly HashSet<string> Known =
        ["body", "commitments", "context", "item", "kind", "law", "purpose", "record", "source", "stated_by", "subject", "type", "v", "valid_from"];

    public static bool TryRead(Fields fields, [NotNullWhen(true)] out Statement? statement, out string problem)
    {
        statement = null;
        problem = ProblemOf(fields, out StatementKind kind, out SubjectKind? subject, out DateOnly? validFrom);
        if (problem.Length > 0)
        {
            return false;
        }

        string source = fields.TextOf("source")!;
        statement = Statement.Restore(
            kind,
            new Provenance(fields.TextOf("stated_by") ?? source, fields.TextOf("context")!, fields.TextOf("law")!, fields.TextOf("purpose")!),
            new RecordId(source, fields.TextOf("record")!),
            subject,
            (new Occasion(fields.TextOf("type") ?? "", fields.TextOf("item") ?? "", validFrom), fields.GroupOf("body")!, fields.GroupOf("commitments") ?? Fields.Empty));
        return true;
    }

    private static string ProblemOf(Fields fields, out StatementKind kind, out SubjectKind? subject, out DateOnly? validFrom)
    {
        kind = default;
        subject = null;
        validFrom = null;
        if (fields.WholeOf("v") is not Statement.FormatVersion)
        {
            return $"format version {fields["v"]?.ToString() ?? "missing"}; this program reads version {Statement.FormatVersion}";
        }

        foreach (KeyValuePair<string, Value> field in fields)
        {
            if (!Known.Contains(field.Key))
            {
                return $"unknown field '{field.Key}'";
            }
        }

        if (fields["body"] is not Value.Group)
        {
            return "field 'body' is missing or not an object";
        }

        foreach (string name in (ReadOnlySpan<string>)["context", "kind", "law", "purpose", "record", "source"])
        {
            if (fields[name] is not Value.Text)
            {
                return $"field '{name}' is missing or not a text";
            }
        }

        if (!KindNames.TryParse(fields.TextOf("kind")!, out kind))
        {
            return $"unknown kind '{fields.TextOf("kind")}'";
        }

        return CommitmentProblem(fields) ?? SubjectProblem(fields, kind, out subject) ?? DayProblem(fields, out validFrom) ?? "";
    }

    private static string? CommitmentProblem(Fields fields)
    {
        if (fields["commitments"] is not { } written)
        {
            return null;
        }

        bool isWhole = written is Value.Group { Content.Count: > 0 } group
            && group.Content.All(field => field.Value is Value.Text { Content.Length: 2 * Digest.Length } text && text.Content.All(char.IsAsciiHexDigitLower));
        return isWhole ? null : "field 'commitments' is no object from names to 64 lower-case hexadecimal digits";
    }

    private static string? SubjectProblem(Fields fields, StatementKind kind, out SubjectKind? subject)
    {
        subject = null;
        bool wanted = kind is StatementKind.Identity or StatementKind.Finding or StatementKind.Order;
        if (fields["subject"] is null)
        {
            return wanted ? "field 'subject' is missing" : null;
        }

        if (fields.TextOf("subject") is not { } word || !KindNames.TryParse(word, out SubjectKind read))
        {
            return $"subject '{fields["subject"]}' is not one of legal-entity, establishment, public-body, arrangement (G01)";
        }

        subject = read;
        return null;
    }

    private static string? DayProblem(Fields fields, out DateOnly? validFrom)
    {
        validFrom = null;
        if (fields["valid_from"] is null)
        {
            return null;
        }

        if (!Day.TryParse(fields.TextOf("valid_from"), out DateOnly day))
        {
            return $"valid_from '{fields["valid_from"]}' is not a day such as 2026-05-12";
        }

        validFrom = day;
        return null;
    }
}
