using Probity.Ledger;
using Probity.Register;

namespace Probity.Site;

/// <summary>
/// What strangers are told where the site cannot answer: a stable code and words. Never a path or what the disk said; that is for the operator's eyes, on standard error.
/// </summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Stable: that of the ledger's or the register's refusal, or request.too-large, request.malformed, file.failed.</param>
/// <param name="Words">What is wrong and what the asker can do.</param>
internal sealed record SiteRefusal(int Status, string Code, string Words)
{
    private const string Damaged = "What this register keeps is damaged, so it shows nothing rather than something false. Its operator is told where.";
    private const string Unreadable = "What this register keeps cannot be read at the moment. Ask again later; its operator is told why.";

    /// <summary>After how many seconds it is worth asking again; null where nobody can say.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Whether the operator is to be told: what is wrong is here, and not with the request.</summary>
    public bool IsTrouble => Status >= 500 && RetryAfterSeconds is null && Code != RegisterRefusals.NotPublished;

    /// <summary>Whether a failure is one that strangers are told in this way; any other is a fault of the program.</summary>
    public static bool Covers(Exception trouble) => trouble is LedgerRefusedException or RegisterRefusedException or IOException or InvalidDataException or UnauthorizedAccessException;

    /// <summary>What a failure means to a stranger.</summary>
    public static SiteRefusal Of(Exception trouble) => trouble switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new(413, "request.too-large", "What was sent is longer than this address takes. Send less at once."),
        BadHttpRequestException bad => new(bad.StatusCode, "request.malformed", "What was sent cannot be read."),
        RegisterRefusedException { Code: RegisterRefusals.NotPublished } => new(503, RegisterRefusals.NotPublished, "This register shows only what enough of its witnesses cosigned, and they have not cosigned any run yet: it is not published yet."),
        RegisterRefusedException { Code: RegisterRefusals.Busy } => new(503, RegisterRefusals.Busy, "Others are asking the same of this register, and each such question takes it a while. Ask again in some seconds.") { RetryAfterSeconds = 5 },
        RegisterRefusedException { Code: RegisterRefusals.Damaged } refused => new(503, refused.Code, Damaged),
        RegisterRefusedException refused => new(503, refused.Code, Unreadable),
        LedgerRefusedException { Code: LedgerRefusals.OlderThanSigned } => new(503, LedgerRefusals.OlderThanSigned, "This register's ledger is older than what it signed last: an old copy was put in its place. It shows nothing until its operator has put that right; whoever kept a newer checkpoint can prove it."),
        LedgerRefusedException { Code: LedgerRefusals.Corrupt or LedgerRefusals.Policy } refused => new(503, refused.Code, Damaged),
        LedgerRefusedException refused => new(503, refused.Code, Unreadable),
        InvalidDataException => new(503, RegisterRefusals.Damaged, Damaged),
        _ => new(503, "file.failed", Unreadable),
    };
}
