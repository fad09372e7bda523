using Microsoft.Data.Sqlite;

namespace Probity.Ledger;

/// <summary>The ledger cannot do what was asked; nothing was acknowledged that is not on disk.</summary>
/// <param name="code">Stable; see <see cref="LedgerRefusals"/>.</param>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="cause">What the store said; null where it was not asked.</param>
public sealed class LedgerRefusedException(string code, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>SQLITE_READONLY_ROLLBACK: a journal waits to be put back, and the reader may not write.</summary>
    private const int ReadOnlyRollback = 776;

    /// <summary>The stable reason.</summary>
    public string Code { get; } = code;

    /// <summary>The refusal to read a ledger that is not there, or whose making was stopped before it held anything.</summary>
    internal static LedgerRefusedException Missing(string folder) =>
        new(LedgerRefusals.Missing, $"there is no ledger in '{folder}': name another folder, or make one with 'probity run REGISTER --source NAME=FILE --data {folder}'");

    /// <summary>The refusal that a failure of the store, of a file beside it, or of what is stored means; a refusal means itself. Null for what is none of these.</summary>
    internal static LedgerRefusedException? MeaningOf(Exception trouble, string folder) => trouble switch
    {
        LedgerRefusedException refusal => refusal,
        SqliteException store => Of(store, folder),
        IOException file => Of(file, folder),
        UnauthorizedAccessException => new(LedgerRefusals.NoPermission, $"'{folder}' cannot be written: {trouble.Message}; give this user the right or name another folder", trouble),
        InvalidDataException => new(LedgerRefusals.Corrupt, $"the ledger in '{folder}' is damaged ({trouble.Message}); restore it from a backup and run 'probity verify'", trouble),
        _ => null,
    };

    /// <summary>The refusal that a failure of the store means.</summary>
    internal static LedgerRefusedException Of(SqliteException trouble, string folder) => trouble.SqliteErrorCode switch
    {
        8 when trouble.SqliteExtendedErrorCode == ReadOnlyRollback => new(LedgerRefusals.NoPermission, $"a command was killed while it wrote to '{folder}', and what it left can only be put back by a user who may write there: run 'probity verify' once as such a user", trouble),
        13 => new(LedgerRefusals.NoSpace, $"no space is left for '{folder}'; free some and run again: what was acknowledged is kept", trouble),
        5 or 6 => new(LedgerRefusals.InUse, $"another process is writing to '{folder}'; wait for it or name another folder", trouble),
        8 or 14 or 3 or 23 => new(LedgerRefusals.NoPermission, $"'{folder}' cannot be written; give this user the right or name another folder", trouble),
        11 or 26 => new(LedgerRefusals.Corrupt, $"the ledger in '{folder}' is damaged ({trouble.Message}); restore it from a backup and run 'probity verify'", trouble),
        _ => new(LedgerRefusals.Failed, $"the disk under '{folder}' failed: {trouble.Message}; what was acknowledged before is kept", trouble),
    };

    /// <summary>The refusal that a failure of a file beside the store means.</summary>
    internal static LedgerRefusedException Of(IOException trouble, string folder) => ErrorOf(trouble) switch
    {
        NoSpaceError or QuotaError or WindowsDiskFull => new(LedgerRefusals.NoSpace, $"no space is left for '{folder}'; free some and run again: what was acknowledged is kept", trouble),
        ReadOnlyError => new(LedgerRefusals.NoPermission, $"'{folder}' is on a disk that is only read; name another folder", trouble),
        _ => new(LedgerRefusals.Failed, $"'{folder}' cannot be used: {trouble.Message}; what was acknowledged before is kept", trouble),
    };

    /// <summary>Whether opening the lock failed because another process holds it: EAGAIN on Linux and macOS, a sharing violation on Windows.</summary>
    internal static bool IsLockHeld(IOException trouble) => ErrorOf(trouble) is 11 or 35 or 32;

    private const int NoSpaceError = 28;
    private const int ReadOnlyError = 30;
    private const int QuotaError = 122;
    private const int WindowsDiskFull = 112;

    /// <summary>The system's error number, which .NET keeps in the low half of the result code.</summary>
    private static int ErrorOf(IOException trouble) => trouble.HResult & 0xFFFF;
}

/// <summary>The catalogue of refusals. Codes are stable.</summary>
public static class LedgerRefusals
{
    /// <summary>Another process writes.</summary>
    public const string InUse = "ledger.in-use";

    /// <summary>The folder was written by a newer version.</summary>
    public const string NewerVersion = "ledger.newer-version";

    /// <summary>The disk is full, or less is free than is kept as a reserve.</summary>
    public const string NoSpace = "ledger.no-space";

    /// <summary>This user may not write there.</summary>
    public const string NoPermission = "ledger.no-permission";

    /// <summary>The ledger has fewer entries, or others, than its own last signed checkpoint.</summary>
    public const string OlderThanSigned = "ledger.older-than-signed";

    /// <summary>The store is damaged.</summary>
    public const string Corrupt = "ledger.corrupt";

    /// <summary>The log has another name than the one asked for.</summary>
    public const string OtherOrigin = "ledger.other-origin";

    /// <summary>There is a key already, and it is not written over.</summary>
    public const string KeyExists = "ledger.key-exists";

    /// <summary>The policy does not fit this log.</summary>
    public const string Policy = "ledger.policy";

    /// <summary>There is no ledger.</summary>
    public const string Missing = "ledger.missing";

    /// <summary>The disk failed in another way.</summary>
    public const string Failed = "ledger.failed";

    /// <summary>The disk failed before; this process writes nothing more.</summary>
    public const string Stopped = "ledger.stopped";

    /// <summary>There is nothing to redact.</summary>
    public const string NotRedactable = "ledger.not-redactable";

    /// <summary>A redaction would not rest on two different roles (guard-rail G18).</summary>
    public const string FourEyes = "guard-rail.G18";

    /// <summary>More appends wait for the disk than may.</summary>
    public const string Busy = "ledger.busy";
}
