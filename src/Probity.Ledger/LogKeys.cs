namespace Probity.Ledger;

/// <summary>The log's key and its last signed checkpoint, each kept apart from the entries.</summary>
internal static class LogKeys
{
    public static string SignerPath(string folder) => Path.Combine(folder, "keys", "log.key");

    public static string VerifierPath(string folder) => Path.Combine(folder, "keys", "log.vkey");

    public static string SignedPath(string folder) => Path.Combine(folder, "signed", "checkpoint");

    /// <summary>The log's key; a new one where there is none yet. What a process that was stopped while it made the key left out beside it is completed. Whoever asks holds the lock.</summary>
    public static SignerKey Open(string folder, LogOptions options)
    {
        if (Find(folder) is { } key)
        {
            if (key.Verifier.Name != options.Origin)
            {
                throw new LedgerRefusedException(LedgerRefusals.OtherOrigin, $"the log in '{folder}' is '{key.Verifier.Name}', not '{options.Origin}'; name another data folder");
            }

            Complete(folder, key);
            return key;
        }

        SignerKey made = options.KeySeed is { } seed ? SignerKey.FromSeed(options.Origin, seed) : SignerKey.Generate(options.Origin);
        Keep(folder, made);
        return made;
    }

    /// <summary>The key that verifies what the log in a folder signs; null where it has no key.</summary>
    public static VerifierKey? Verifier(string folder)
    {
        if (File.Exists(VerifierPath(folder)))
        {
            return VerifierKey.Parse(File.ReadAllText(VerifierPath(folder)).Trim())
                ?? throw new LedgerRefusedException(LedgerRefusals.Corrupt, $"'{VerifierPath(folder)}' holds no verifier key; delete it, and the next run writes it again from the signing key");
        }

        using SignerKey? key = Find(folder);
        return key?.Verifier;
    }

    /// <summary>A new key for a log that is not there yet.</summary>
    /// <exception cref="LedgerRefusedException">There is a key already, or another process makes one; nothing was changed.</exception>
    public static VerifierKey Create(string folder, string origin)
    {
        Directory.CreateDirectory(folder);
        using FileStream held = WriterLock.Take(folder);
        if (File.Exists(SignerPath(folder)))
        {
            throw new LedgerRefusedException(LedgerRefusals.KeyExists, $"'{SignerPath(folder)}' is there already and is not written over: what it signed would be nobody's. 'probity ledger key show' prints its verifier key");
        }

        using SignerKey made = SignerKey.Generate(origin);
        Keep(folder, made);
        return made.Verifier;
    }

    private static void Keep(string folder, SignerKey made)
    {
        string path = SignerPath(folder);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        DurableFile.WriteSecret(path, made.Export() + "\n");
        Complete(folder, made);
    }

    /// <summary>What belongs beside a key: its verifier key, and the folder of what it signs.</summary>
    private static void Complete(string folder, SignerKey key)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(SignedPath(folder))!);
        if (!File.Exists(VerifierPath(folder)))
        {
            DurableFile.Write(VerifierPath(folder), key.Verifier + "\n");
        }
    }

    private static SignerKey? Find(string folder)
    {
        string path = SignerPath(folder);
        return !File.Exists(path)
            ? null
            : SignerKey.Parse(File.ReadAllText(path)) ?? throw new LedgerRefusedException(LedgerRefusals.Corrupt, $"'{path}' holds no signing key; restore it from a backup");
    }

    /// <summary>The checkpoint kept apart; null before the first.</summary>
    public static SignedCheckpoint? LastSigned(string folder)
    {
        string path = SignedPath(folder);
        if (!File.Exists(path))
        {
            return null;
        }

        return ReadSigned(File.ReadAllText(path), default)
            ?? throw new LedgerRefusedException(LedgerRefusals.Corrupt, $"'{path}' holds no checkpoint; restore it from its own backup");
    }

    /// <summary>A signed note as a checkpoint; null where it is none.</summary>
    public static SignedCheckpoint? ReadSigned(string note, DateTimeOffset at) =>
        SignedNote.Parse(note) is { } signed && Checkpoint.Parse(signed.Text) is { } checkpoint
            ? new SignedCheckpoint(checkpoint.Size, checkpoint.Root, at, note)
            : null;
}
