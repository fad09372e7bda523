using System.Globalization;
using Probity.Evidence;

namespace Probity.Ledger.Witnessing;

/// <summary>
/// What a log keeps of its witnesses, in "witnessed" of its data folder: the policy in force, for each size the checkpoint with the cosignatures it got, the
/// published one, and the fewest entries that one may cover to be published. Lost, the cosignatures are asked for again, and until the next run has put the policy
/// back the last signed checkpoint is shown without them; whoever forges it is found out by everyone who has the policy.
/// </summary>
internal sealed class WitnessedFolder(string dataFolder)
{
    private const int MostTries = 500;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(20);
    private readonly string _folder = Path.Combine(dataFolder, "witnessed");

    public string PolicyPath => Path.Combine(_folder, "policy");

    public bool HasPolicy => File.Exists(PolicyPath);

    public string? PolicyText => ReadOrNull(PolicyPath);

    private string PublishedPath => Path.Combine(_folder, "published");

    private string LeastPath => Path.Combine(_folder, "least");

    /// <summary>Holds others off who would write here, in this process or another, until the stream is disposed; waits for one that writes now.</summary>
    /// <exception cref="LedgerRefusedException">Another has been writing for ten seconds.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public FileStream Hold(CancellationToken cancelled)
    {
        Directory.CreateDirectory(_folder);
        for (int tries = 1; ; tries++)
        {
            try
            {
                return new FileStream(Path.Combine(_folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException trouble) when (LedgerRefusedException.IsLockHeld(trouble))
            {
                if (tries == MostTries)
                {
                    throw new LedgerRefusedException(LedgerRefusals.InUse, $"another process is writing to '{_folder}'; wait for it", trouble);
                }

                cancelled.WaitHandle.WaitOne(BetweenTries);
                cancelled.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>The checkpoint that enough witnesses cosigned, with their cosignatures; null before the first.</summary>
    /// <param name="signed">The checkpoint of a size as the ledger holds it; null where it holds none.</param>
    /// <exception cref="LedgerRefusedException">The file is no checkpoint, or none that the ledger holds.</exception>
    public SignedCheckpoint? Published(Func<long, SignedCheckpoint?> signed)
    {
        if (Kept() is not { } published)
        {
            return null;
        }

        SignedCheckpoint? held = signed(published.Size);
        return held?.Root == published.Root
            ? published with { At = held.At }
            : throw new LedgerRefusedException(LedgerRefusals.Corrupt, $"the published checkpoint, of {published.Size} entries and the root {published.Root}, is none that the ledger holds: one of the two was changed or restored");
    }

    private SignedCheckpoint? Kept() => ReadOrNull(PublishedPath) is not { } note
        ? null
        : LogKeys.ReadSigned(note, default) ?? throw new LedgerRefusedException(LedgerRefusals.Corrupt, $"the published checkpoint, '{PublishedPath}', cannot be read: it was changed. Remove it and run 'probity ledger cosign'");

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

    /// <summary>
    /// Puts another policy in force, under <see cref="Hold"/>. From then on the newest kept checkpoint that satisfies it is published, if it covers no fewer entries than
    /// what was shown before: whoever follows the log must never be shown less than before. Where none does, nothing is published until witnesses answer.
    /// </summary>
    /// <param name="policy">The policy and its text.</param>
    /// <param name="key">The log's key.</param>
    /// <param name="shown">How many entries are shown under what is in force now.</param>
    public void PutPolicy((TlogPolicy Policy, string Text) policy, VerifierKey key, long shown)
    {
        long least = Math.Max(Least(), shown);
        WriteLeast(least);
        File.Delete(PublishedPath);
        DurableFile.Write(PolicyPath, policy.Text);
        foreach (long size in Sizes().TakeWhile(size => size >= least))
        {
            if (Find(size) is { } note && policy.Policy.Judge(note, key).IsSatisfied)
            {
                Publish(size, note);
                return;
            }
        }
    }

    /// <summary>Takes the policy away, under <see cref="Hold"/>: the last signed checkpoint is published again.</summary>
    public void RemovePolicy()
    {
        File.Delete(PolicyPath);
        File.Delete(PublishedPath);
    }

    /// <summary>The checkpoint of a size with the cosignatures it got so far; null where it got none.</summary>
    public SignedNote? Find(long size) => ReadOrNull(PathOf(size)) is { } text ? SignedNote.Parse(text) : null;

    /// <summary>Keeps a checkpoint with its cosignatures, under <see cref="Hold"/>.</summary>
    public void Put(long size, SignedNote note) => DurableFile.Write(PathOf(size), note.ToString());

    /// <summary>Publishes a checkpoint, under <see cref="Hold"/>, unless one of more entries was shown before.</summary>
    public void Publish(long size, SignedNote note)
    {
        if (size < Least())
        {
            return;
        }

        WriteLeast(size);
        DurableFile.Write(PublishedPath, note.ToString());
    }

    /// <summary>The size that a witness cosigned last, as far as is known here; 0 for none.</summary>
    public long LastSizeOf(VerifierKey witness) => Sizes().FirstOrDefault(size => Find(size) is { } note && Cosignature.Find(note, witness) is not null);

    /// <summary>How many entries were shown at most, as far as is known here: what is published now, or was under another policy.</summary>
    /// <exception cref="LedgerRefusedException">The file that says so was changed.</exception>
    private long Least()
    {
        long published = ReadOrNull(PublishedPath) is { } note ? LogKeys.ReadSigned(note, default)?.Size ?? 0 : 0;
        return ReadOrNull(LeastPath) is not { } text
            ? published
            : Math.Max(published, WireText.ReadSize(text.TrimEnd()) ?? throw new LedgerRefusedException(LedgerRefusals.Corrupt, $"'{LeastPath}' was changed: write into it how many entries the largest checkpoint covers that was ever shown"));
    }

    private void WriteLeast(long size) => DurableFile.Write(LeastPath, string.Create(CultureInfo.InvariantCulture, $"{size}\n"));

    /// <summary>The sizes of which cosignatures are kept, the largest first.</summary>
    private IEnumerable<long> Sizes() => !Directory.Exists(_folder)
        ? []
        : Directory.EnumerateFiles(_folder).Select(file => WireText.ReadSize(Path.GetFileName(file))).OfType<long>().OrderDescending();

    private string PathOf(long size) => Path.Combine(_folder, size.ToString(CultureInfo.InvariantCulture));

    private static string? ReadOrNull(string path) => File.Exists(path) ? File.ReadAllText(path) : null;
}
