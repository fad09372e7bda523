using Probity.Evidence;

namespace Probity.Ledger.Witnessing;

/// <summary>
/// A witness (C2SP tlog-witness): for each log of a policy it cosigns a checkpoint only if that adds to the one it cosigned last, so that nobody can be shown
/// another history under its name. Safe for many threads; requests about one log follow each other.
/// </summary>
public sealed class Witness : IDisposable
{
    private readonly CosignerKey _key;
    private readonly WitnessFolder _folder;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, WitnessedLog> _logs = new(StringComparer.Ordinal);
    private readonly Dictionary<Digest, WitnessedLog> _byHash = [];

    private Witness(CosignerKey key, WitnessFolder folder, TimeProvider clock) => (_key, _folder, _clock) = (key, folder, clock);

    /// <summary>The key that verifies what it cosigns.</summary>
    public VerifierKey Key => _key.Verifier;

    /// <summary>Makes a witness' folder with a new key.</summary>
    /// <param name="folder">Made where it is absent.</param>
    /// <param name="name">The witness' name, such as "witness.example/archive".</param>
    /// <exception cref="LedgerRefusedException">There is a key already, or another process uses the folder; nothing was changed.</exception>
    public static VerifierKey Create(string folder, string name)
    {
        RefuseSecondKey(folder);
        Directory.CreateDirectory(folder);
        using var held = WitnessFolder.Open(folder);
        RefuseSecondKey(folder);
        using CosignerKey made = CosignerKey.Generate(name);
        DurableFile.WriteSecret(WitnessFolder.KeyPath(folder), made.Export() + "\n");
        return made.Verifier;
    }

    /// <summary>Opens a witness on its folder.</summary>
    /// <param name="folder">What <see cref="Create"/> made.</param>
    /// <param name="policy">Whose logs it follows; its witnesses and quorum are not looked at.</param>
    /// <param name="clock">What says the time of a cosignature. Where it goes backwards, cosignatures keep the latest time given.</param>
    /// <exception cref="LedgerRefusedException">There is no key, another process uses the folder, or a checkpoint in it is not what this witness cosigned.</exception>
    public static Witness Open(string folder, TlogPolicy policy, TimeProvider clock)
    {
        string path = WitnessFolder.KeyPath(folder);
        CosignerKey key = File.Exists(path) && CosignerKey.Parse(File.ReadAllText(path)) is { } read
            ? read
            : throw new LedgerRefusedException(LedgerRefusals.Missing, $"'{path}' holds no witness' key; make one with 'probity witness key NAME --data {folder}'");
        Witness? opened = null;
        var witness = new Witness(key, WitnessFolder.Open(folder), clock);
        try
        {
            foreach (IGrouping<string, PolicyLog> log in policy.Logs.GroupBy(one => one.Key.Name, StringComparer.Ordinal))
            {
                var followed = new WitnessedLog(key.Verifier, [.. log.Select(one => one.Key)], witness._folder);
                witness._logs.Add(log.Key, followed);
                witness._byHash.Add(WitnessFolder.HashOf(log.Key), followed);
            }

            return opened = witness;
        }
        finally
        {
            if (opened is null)
            {
                witness.Dispose();
            }
        }
    }

    /// <summary>Cosigns a checkpoint, or says why not. What is cosigned is on disk when this returns.</summary>
    public WitnessAnswer Add(AddCheckpoint request)
    {
        if (SignedNote.Parse(request.Checkpoint) is not { } note || Checkpoint.Parse(note.Text) is not { } checkpoint)
        {
            return new WitnessAnswer.Malformed("what follows the empty line is no checkpoint");
        }

        return _logs.TryGetValue(checkpoint.Origin, out WitnessedLog? log)
            ? log.Add(request, (note, checkpoint), time => _key.Cosign(note.Text, Math.Max(time, _clock.GetUtcNow().ToUnixTimeSeconds())))
            : new WitnessAnswer.UnknownLog();
    }

    /// <summary>The checkpoint cosigned last for a log, as a signed note; null where it does not follow the log or never cosigned.</summary>
    /// <param name="origin">SHA-256 of the log's origin.</param>
    public string? Latest(Digest origin) => _byHash.TryGetValue(origin, out WitnessedLog? log) ? log.Latest : null;

    /// <summary>Asked before the lock for a clear answer while a witness runs, and under it because another process may have made a key meanwhile.</summary>
    private static void RefuseSecondKey(string folder)
    {
        if (File.Exists(WitnessFolder.KeyPath(folder)))
        {
            throw new LedgerRefusedException(LedgerRefusals.KeyExists, $"'{WitnessFolder.KeyPath(folder)}' is a witness' key already, and whoever trusts it would lose its testimony; name another folder");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _folder.Dispose();
        _key.Dispose();
    }
}
