using System.Text;
using Probity.Evidence;

namespace Probity.Ledger.Witnessing;

/// <summary>
/// Where a witness keeps its key and, for each log, the checkpoint it cosigned last. Written before it is answered, whole or not at all. Key and
/// checkpoints stand in one folder so that they are lost together: a witness that forgot what it saw must not testify under its old name.
/// </summary>
internal sealed class WitnessFolder : IDisposable
{
    private readonly string _folder;
    private readonly FileStream _lock;

    private WitnessFolder(string folder, FileStream @lock) => (_folder, _lock) = (folder, @lock);

    public static string KeyPath(string folder) => Path.Combine(folder, "witness.key");

    /// <exception cref="LedgerRefusedException">Another process uses it, or it cannot be written.</exception>
    public static WitnessFolder Open(string folder)
    {
        try
        {
            return new WitnessFolder(folder, new FileStream(Path.Combine(folder, "witness.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException trouble) when (LedgerRefusedException.IsLockHeld(trouble))
        {
            throw new LedgerRefusedException(LedgerRefusals.InUse, $"another witness runs on '{folder}'; stop it or name another folder", trouble);
        }
    }

    /// <summary>The note cosigned last for a log; null for none.</summary>
    public string? Find(string origin) => File.Exists(PathOf(origin)) ? File.ReadAllText(PathOf(origin)) : null;

    /// <exception cref="IOException">The disk did not confirm it.</exception>
    public void Put(string origin, string note) => DurableFile.Write(PathOf(origin), note);

    /// <summary>Keeps the first checkpoint of a log that contradicts by itself what was cosigned: nobody but the log can have made it.</summary>
    /// <exception cref="IOException">The disk did not confirm it.</exception>
    public void PutContradiction(string origin, string note) => PutFirst(Path.ChangeExtension(PathOf(origin), ".contradiction"), note);

    /// <summary>Keeps the first checkpoint of a log that was sent without a proof that it adds to what was cosigned: whoever sent it may have had none.</summary>
    /// <exception cref="IOException">The disk did not confirm it.</exception>
    public void PutRefused(string origin, string note) => PutFirst(RefusedPath(origin), note);

    /// <summary>Takes a refused checkpoint away that was shown to add to the earlier ones after all, so that a stranger's bad proof does not stand in the place of evidence.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public void WithdrawRefused(Checkpoint shown)
    {
        string path = RefusedPath(shown.Origin);
        if (File.Exists(path) && SignedNote.Parse(File.ReadAllText(path)) is { } note && Checkpoint.Parse(note.Text) == shown)
        {
            File.Delete(path);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    public string PathOf(string origin) => Path.Combine(_folder, $"{HashOf(origin)}.checkpoint");

    private string RefusedPath(string origin) => Path.ChangeExtension(PathOf(origin), ".refused");

    private static void PutFirst(string path, string note)
    {
        if (!File.Exists(path))
        {
            DurableFile.Write(path, note);
        }
    }

    /// <summary>How a log is named where a monitor asks for it.</summary>
    public static Digest HashOf(string origin) => Digest.Of(Encoding.UTF8.GetBytes(origin));
}
