using Probity.Ledger;

namespace Probity.Verifier;

/// <summary>A verifier key as a user names it.</summary>
internal static class TrustReading
{
    private const int MaxBytes = 4_096;

    /// <summary>Reads a key, or the file that holds one; null where it is neither.</summary>
    public static Trust? Read(string named)
    {
        string text = File.Exists(named) && new FileInfo(named).Length <= MaxBytes ? File.ReadAllText(named) : named;
        return VerifierKey.Parse(text.Trim()) is { } key ? new Trust.LogKey(key) : null;
    }
}
