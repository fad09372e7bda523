using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>
/// People's judgements of two records as statements of the ledger: about the earlier record in order, with the other as item, so that a later one
/// of the same pair takes the place of an earlier (formats/statement.md, judgement).
/// </summary>
public static class JudgementStatement
{
    private const string Type = "linkage";
    private const string Revoked = "revoked";

    /// <summary>The judgement as a statement; its place in the ledger is given by appending it.</summary>
    /// <param name="judgement">What was judged, by whom and why.</param>
    /// <param name="register">The register that records it.</param>
    /// <param name="at">When, in ISO 8601.</param>
    public static Statement Of(RecordJudgement judgement, Provenance register, string at)
    {
        (RecordId first, RecordId second) = judgement.One < judgement.Other ? (judgement.One, judgement.Other) : (judgement.Other, judgement.One);
        return Statement.Of(
            StatementKind.Judgement,
            register,
            first,
            new Occasion(Type, second.ToString(), null),
            Fields.Of(
                ("other", RecordFields.Of(second)),
                ("verdict", Value.Of(judgement.Revoked ? Revoked : WordOf(judgement.Verdict))),
                ("author", Value.Of(judgement.Author)),
                ("reason", Value.Of(judgement.Reason)),
                ("at", Value.Of(at))));
    }

    /// <summary>Reads an entry back; null where it is no judgement of two records.</summary>
    public static RecordJudgement? Read(Entry entry)
    {
        Fields body = entry.Statement.Body;
        bool isOne = entry.Statement.Kind == StatementKind.Judgement && entry.Statement.Type == Type;
        if (!isOne || RecordFields.Read(body.GroupOf("other")) is not { } other || body.TextOf("verdict") is not { } word)
        {
            return null;
        }

        bool revoked = word == Revoked;
        return revoked || TryParse(word, out _)
            ? new RecordJudgement(entry.Statement.About, other, revoked ? Verdict.Unsure : VerdictOf(word), body.TextOf("author") ?? "", body.TextOf("reason") ?? "", entry.Index, revoked)
            : null;
    }

    /// <summary>The word for a verdict: same, not-same, unsure.</summary>
    public static string WordOf(Verdict verdict) => verdict switch
    {
        Verdict.Same => "same",
        Verdict.NotSame => "not-same",
        Verdict.Unsure => "unsure",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The verdict a word stands for; false for any other word.</summary>
    public static bool TryParse(string? word, out Verdict verdict)
    {
        (bool known, verdict) = word switch
        {
            "same" => (true, Verdict.Same),
            "not-same" => (true, Verdict.NotSame),
            "unsure" => (true, Verdict.Unsure),
            _ => (false, default),
        };
        return known;
    }

    private static Verdict VerdictOf(string word) => TryParse(word, out Verdict verdict) ? verdict : throw new System.Diagnostics.UnreachableException();
}
