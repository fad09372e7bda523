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

    /// <summary>Keeps the first checkpoint that a log signed and that contradicts what it signed before: the evidence of a split view.</summary>
    /// <exception cref="IOException">The disk did not confirm it.</exception>
    public void PutEvidence(string origin, string note)
    {
        string path = Path.ChangeExtension(PathOf(origin), ".refused");
        if (!File.Exists(path))
        {
            DurableFile.Write(path, note);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    public string PathOf(string origin) => Path.Combine(_folder, $"{HashOf(origin)}.checkpoint");

    /// <summary>How a log is named where a monitor asks for it.</summary>
    public static Digest HashOf(string origin) => Digest.Of(Encoding.UTF8.GetBytes(origin));
}
