using System.Diagnostics;

namespace Probity.Evidence;

/// <summary>The words that stand in the ledger for kinds of statement and of subject (formats/statement.md).</summary>
public static class KindNames
{
    /// <summary>The word for a kind of statement.</summary>
    public static string Of(StatementKind kind) => kind switch
    {
        StatementKind.Identity => "identity",
        StatementKind.Finding => "finding",
        StatementKind.Order => "order",
        StatementKind.CaseStep => "case-step",
        StatementKind.Judgement => "judgement",
        StatementKind.Publication => "publication",
        StatementKind.Run => "run",
        StatementKind.Linkage => "linkage",
        _ => throw new UnreachableException(),
    };

    /// <summary>The word for a kind of subject.</summary>
    public static string Of(SubjectKind kind) => kind switch
    {
        SubjectKind.LegalEntity => "legal-entity",
        SubjectKind.Establishment => "establishment",
        SubjectKind.PublicBody => "public-body",
        SubjectKind.Arrangement => "arrangement",
        _ => throw new UnreachableException(),
    };

    /// <summary>The kind of statement a word stands for; false for an unknown word.</summary>
    public static bool TryParse(string word, out StatementKind kind)
    {
        (bool known, kind) = word switch
        {
            "identity" => (true, StatementKind.Identity),
            "finding" => (true, StatementKind.Finding),
            "order" => (true, StatementKind.Order),
            "case-step" => (true, StatementKind.CaseStep),
            "judgement" => (true, StatementKind.Judgement),
            "publication" => (true, StatementKind.Publication),
            "run" => (true, StatementKind.Run),
            "linkage" => (true, StatementKind.Linkage),
            _ => (false, default),
        };
        return known;
    }

    /// <summary>The kind of subject a word stands for; false for an unknown word, and for every word for a person (G01).</summary>
    public static bool TryParse(string word, out SubjectKind kind)
    {
        (bool known, kind) = word switch
        {
            "legal-entity" => (true, SubjectKind.LegalEntity),
            "establishment" => (true, SubjectKind.Establishment),
            "public-body" => (true, SubjectKind.PublicBody),
            "arrangement" => (true, SubjectKind.Arrangement),
            _ => (false, default),
        };
        return known;
    }
}
