namespace Probity.Ledger;

/// <summary>The log's key and its last signed checkpoint, each kept apart from the entries.</summary>
internal static class LogKeys
{
    public static string SignerPath(string folder) => Path.Combine(folder, "keys", "log.key");

    public static string VerifierPath(string folder) => Path.Combine(folder, "keys", "log.vkey");

    public static string SignedPath(string folder) => Path.Combine(folder, "signed", "checkpoint");

    /// <summary>The log's key; a new one where there is none yet.</summary>
    public static SignerKey Open(string folder, LogOptions options)
    {
        string path = SignerPath(folder);
        if (File.Exists(path))
        {
            SignerKey key = SignerKey.Parse(File.ReadAllText(path))
                ?? throw new LedgerRefusedException(LedgerRefusals.Corrupt, $"'{path}' holds no signing key; restore it from a backup");
            return key.Verifier.Name == options.Origin
                ? key
                : throw new LedgerRefusedException(LedgerRefusals.OtherOrigin, $"the log in '{folder}' is '{key.Verifier.Name}', not '{options.Origin}'; name another data folder");
        }

        SignerKey made = options.KeySeed is { } seed ? SignerKey.FromSeed(options.Origin, seed) : SignerKey.Generate(options.Origin);
        Keep(folder, made);
        return made;
    }

    /// <summary>A new key for a log that is not there yet.</summary>
    /// <exception cref="LedgerRefusedException">There is a key already; nothing was changed.</exception>
    public static VerifierKey Create(string folder, string origin)
    {
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
        Directory.CreateDirectory(Path.GetDirectoryName(SignedPath(folder))!);
        DurableFile.WriteSecret(path, made.Export() + "\n");
        DurableFile.Write(VerifierPath(folder), made.Verifier + "\n");
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
