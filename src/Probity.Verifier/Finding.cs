namespace Probity.Verifier;

/// <summary>What ended a verification: something does not fit, or could not be checked.</summary>
/// <param name="Code">Stable; see <see cref="Findings"/>.</param>
/// <param name="Message">What, where, and what to do, for a person.</param>
public sealed record Finding(string Code, string Message);

/// <summary>The catalogue of findings. Codes are stable.</summary>
public static class Findings
{
    /// <summary>No connection, or an answer that is neither the file nor "not found".</summary>
    public const string Unreachable = "source.unreachable";

    /// <summary>The file did not arrive within the time it may take.</summary>
    public const string Stalled = "source.stalled";

    /// <summary>More bytes came than such a file can have; reading was stopped there.</summary>
    public const string TooLarge = "source.too-large";

    /// <summary>The user stopped the verification.</summary>
    public const string Stopped = "audit.stopped";

    /// <summary>The register leads from address to address without an end.</summary>
    public const string Redirected = "source.redirected";

    /// <summary>The register published another checkpoint while what may change with it was read.</summary>
    public const string Moved = "source.moved-on";

    /// <summary>A copy holds a link, a pipe or a device where a file should be; it was not opened.</summary>
    public const string NotRegular = "source.not-regular";

    /// <summary>A file that the checkpoint covers is not there.</summary>
    public const string Missing = "source.missing";

    /// <summary>The checkpoint is no signed note, or its text is no checkpoint.</summary>
    public const string CheckpointForm = "checkpoint.form";

    /// <summary>The checkpoint is of another log than the key.</summary>
    public const string CheckpointOrigin = "checkpoint.origin";

    /// <summary>The checkpoint carries no signature of the key.</summary>
    public const string CheckpointUnsigned = "checkpoint.unsigned";

    /// <summary>The checkpoint carries a signature that claims to be the key's and is not.</summary>
    public const string CheckpointForged = "checkpoint.forged";

    /// <summary>Too few witnesses of the policy cosigned the checkpoint, or a cosignature is not genuine.</summary>
    public const string Quorum = "witness.quorum";

    /// <summary>The checkpoint claims more entries than a log can have.</summary>
    public const string CheckpointSize = "checkpoint.size";

    /// <summary>The checkpoint covers fewer entries than one seen before.</summary>
    public const string RolledBack = "history.rolled-back";

    /// <summary>The log signed two histories: what was seen before is no beginning of what it shows now.</summary>
    public const string Forked = "history.forked";

    /// <summary>Entries seen before are served otherwise now; whether a second history was signed is not known.</summary>
    public const string Changed = "history.changed";

    /// <summary>A bundle of entries has a wrong length or too few or too many entries.</summary>
    public const string BundleForm = "bundle.form";

    /// <summary>An entry is no canonical statement of a version this program reads.</summary>
    public const string EntryForm = "entry.form";

    /// <summary>A tile of hashes has a wrong length.</summary>
    public const string TileForm = "tile.form";

    /// <summary>A tile's hash does not follow from what stands beneath it.</summary>
    public const string TileContent = "tile.content";

    /// <summary>The entries do not give the root that was signed.</summary>
    public const string Root = "tree.root";

    /// <summary>A published document is another than its publication names, or no methodology where one is published.</summary>
    public const string Document = "document.content";

    /// <summary>A redactable field was changed, lost or kept against its redaction.</summary>
    public const string Openings = "openings.violation";

    /// <summary>A run states ratings that do not follow from the ledger.</summary>
    public const string Ratings = "run.ratings";

    /// <summary>A run's statement cannot be read, or claims to know entries behind itself.</summary>
    public const string RunForm = "run.form";

    /// <summary>The folder that remembers earlier verifications is damaged or of another log.</summary>
    public const string Memory = "memory.damaged";

    /// <summary>The folder that remembers earlier verifications cannot be read or written, or another verification uses it.</summary>
    public const string MemoryUnusable = "memory.unusable";

    /// <summary>A proof file cannot be read.</summary>
    public const string ProofForm = "proof.form";

    /// <summary>A proof's hashes do not lead to the root.</summary>
    public const string ProofPath = "proof.path";

    /// <summary>Whether a code says that something could not be checked: of the register nothing is known to be wrong.</summary>
    public static bool IsUnchecked(string code) => code is Unreachable or Stalled or Stopped or Redirected or Moved or Memory or MemoryUnusable;
}

/// <summary>Ends a verification at the first thing that does not fit.</summary>
/// <param name="finding">What.</param>
internal sealed class FindingException(Finding finding) : Exception(finding.Message)
{
    public FindingException(string code, string message)
        : this(new Finding(code, message))
    {
    }

    public Finding Finding { get; } = finding;
}
