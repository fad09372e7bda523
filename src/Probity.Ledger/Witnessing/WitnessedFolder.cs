using System.Globalization;
using Probity.Evidence;

namespace Probity.Ledger.Witnessing;

/// <summary>
/// What a log keeps of its witnesses, in "witnessed" of its data folder: the policy in force, for each size the checkpoint with the cosignatures it got, and the
/// published one. Lost, it is asked for again; whoever forges it is found out by everyone who has the policy.
/// </summary>
internal sealed class WitnessedFolder(string dataFolder)
{
    private readonly string _folder = Path.Combine(dataFolder, "witnessed");

    public string PolicyPath => Path.Combine(_folder, "policy");

    public bool HasPolicy => File.Exists(PolicyPath);

    public string? PolicyText => ReadOrNull(PolicyPath);

    /// <summary>The checkpoint that enough witnesses cosigned, with their cosignatures; null before the first.</summary>
    public string? Published => ReadOrNull(PublishedPath);

    private string PublishedPath => Path.Combine(_folder, "published");

    /// <summary>The policy in force; null for none.</summary>
    /// <exception cref="LedgerRefusedException">The file is no policy.</exception>
    public TlogPolicy? Policy()
    {
        if (!HasPolicy)
        {
            return null;
        }

        var problems = new List<Problem>();
        return TlogPolicy.Parse(PolicyPath, File.ReadAllBytes(PolicyPath), problems)
            ?? throw new LedgerRefusedException(LedgerRefusals.Policy, problems[0].ToString());
    }

    /// <summary>Puts a policy in force; null takes it away, and the last signed checkpoint is published again.</summary>
    public void PutPolicy(string? text)
    {
        if (text is null && HasPolicy)
        {
            File.Delete(PolicyPath);
        }
        else if (text is not null && text != ReadOrNull(PolicyPath))
        {
            Directory.CreateDirectory(_folder);
            DurableFile.Write(PolicyPath, text);
        }
    }

    /// <summary>The checkpoint of a size with the cosignatures it got so far; null where it got none.</summary>
    public SignedNote? Find(long size) => ReadOrNull(PathOf(size)) is { } text ? SignedNote.Parse(text) : null;

    public void Put(long size, SignedNote note)
    {
        Directory.CreateDirectory(_folder);
        DurableFile.Write(PathOf(size), note.ToString());
    }

    /// <summary>Publishes a checkpoint, unless a later one is published already.</summary>
    public void Publish(long size, SignedNote note)
    {
        if (Published is not { } earlier || LogKeys.ReadSigned(earlier, default) is not { } published || published.Size <= size)
        {
            Directory.CreateDirectory(_folder);
            DurableFile.Write(PublishedPath, note.ToString());
        }
    }

    /// <summary>The size that a witness cosigned last, as far as is known here; 0 for none.</summary>
    public long LastSizeOf(VerifierKey witness) => !Directory.Exists(_folder)
        ? 0
        : Directory.EnumerateFiles(_folder)
            .Select(file => AddCheckpoint.ReadSize(Path.GetFileName(file)) ?? -1)
            .OrderDescending()
            .TakeWhile(size => size >= 0)
            .FirstOrDefault(size => Find(size) is { } note && Cosignature.Find(note, witness) is not null);

    private string PathOf(long size) => Path.Combine(_folder, size.ToString(CultureInfo.InvariantCulture));

    private static string? ReadOrNull(string path) => File.Exists(path) ? File.ReadAllText(path) : null;
}
