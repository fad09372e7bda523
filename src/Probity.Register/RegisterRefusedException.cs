using Microsoft.Data.Sqlite;

namespace Probity.Register;

/// <summary>The register cannot answer from what is in its data folder, or not write its views; the ledger is as it was.</summary>
/// <param name="code">Stable; see <see cref="RegisterRefusals"/>.</param>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="cause">What the store said; null where it was not asked.</param>
public sealed class RegisterRefusedException(string code, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The stable reason.</summary>
    public string Code { get; } = code;

    /// <summary>The refusal that a failure of the views' store means. Result codes: https://www.sqlite.org/rescode.html.</summary>
    internal static RegisterRefusedException Of(SqliteException trouble, string path) => trouble.SqliteErrorCode switch
    {
        13 => new(RegisterRefusals.NoSpace, $"no space is left for '{path}'; free some and run again: the ledger is kept, and the views are made from it", trouble),
        8 or 14 or 3 or 23 => new(RegisterRefusals.NoPermission, $"'{path}' cannot be opened or written; give this user the right", trouble),
        11 or 26 => new(RegisterRefusals.Damaged, $"'{path}' is damaged ({trouble.Message}); make it again from the ledger with 'probity rebuild'", trouble),
        _ => new(RegisterRefusals.Failed, $"'{path}' failed: {trouble.Message}; make it again from the ledger with 'probity rebuild'", trouble),
    };
}

/// <summary>The catalogue of the register's refusals. Codes are stable.</summary>
public static class RegisterRefusals
{
    /// <summary>There is no register in the folder.</summary>
    public const string NoRegister = "register.no-data";

    /// <summary>No run has ended yet.</summary>
    public const string NoRun = "register.no-run";

    /// <summary>A policy asks for witnesses, and too few have cosigned any run yet.</summary>
    public const string NotPublished = "register.not-published";

    /// <summary>The views are absent or of another version.</summary>
    public const string NoViews = "register.no-views";

    /// <summary>A new methodology would change ratings of days that were rated before it (guard-rail G13).</summary>
    public const string ActsBack = "guard-rail.G13";

    /// <summary>A source gave its records other identifiers overnight.</summary>
    public const string Renumbered = "source.renumbered";

    /// <summary>More questions of a kind that is costly to answer wait than may.</summary>
    public const string Busy = "register.busy";

    /// <summary>The disk is full.</summary>
    public const string NoSpace = "views.no-space";

    /// <summary>This user may not read or write the views.</summary>
    public const string NoPermission = "views.no-permission";

    /// <summary>The views are damaged.</summary>
    public const string Damaged = "views.damaged";

    /// <summary>The store of the views failed in another way.</summary>
    public const string Failed = "views.failed";
}
