using System.Globalization;
using NSec.Cryptography;

namespace Probity.Ledger;

/// <summary>The forms in which keys are written down (C2SP signed-note and, for secrets, the Go team's sumdb/note).</summary>
internal static class KeyText
{
    private const int KeyLength = 32;
    private const string SecretPrefix = "PRIVATE+KEY+";

    public static string Write(NoteKeyType type, ReadOnlySpan<byte> key) => Convert.ToBase64String([(byte)type, .. key]);

    /// <summary>Reads base64(type ‖ 32 bytes); false for any other length or type.</summary>
    public static bool TryRead(string text, out NoteKeyType type, out byte[] key)
    {
        byte[] blob = WireText.ReadBase64(text) ?? [];
        bool read = blob.Length == KeyLength + 1 && (NoteKeyType)blob[0] is NoteKeyType.Log or NoteKeyType.Cosigner;
        (type, key) = read ? ((NoteKeyType)blob[0], blob[1..]) : (default, []);
        return read;
    }

    /// <summary>"PRIVATE+KEY+name+hex8+base64(type ‖ seed)".</summary>
    public static string WriteSecret(VerifierKey verifier, Key key) =>
        string.Create(CultureInfo.InvariantCulture, $"{SecretPrefix}{verifier.Name}+{verifier.Id:x8}+{Write(verifier.Type, key.Export(KeyBlobFormat.RawPrivateKey))}");

    /// <summary>Reads a secret of a type; null for any other form or type, or where the key id is not the key's.</summary>
    public static (VerifierKey Verifier, Key Key)? ReadSecret(string text, NoteKeyType type)
    {
        string[] parts = text.Trim().StartsWith(SecretPrefix, StringComparison.Ordinal) ? text.Trim()[SecretPrefix.Length..].Split('+', 3) : [];
        if (parts.Length != 3 || !SignedNote.IsName(parts[0]) || !TryRead(parts[2], out NoteKeyType written, out byte[] seed) || written != type)
        {
            return null;
        }

        (VerifierKey Verifier, Key Key) secret = OfSeed(parts[0], type, seed);
        if ($"{secret.Verifier.Id:x8}" == parts[1])
        {
            return secret;
        }

        secret.Key.Dispose();
        return null;
    }

    public static (VerifierKey Verifier, Key Key) OfSeed(string name, NoteKeyType type, ReadOnlySpan<byte> seed)
    {
        Key key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey, Exportable());
        return (new VerifierKey(name, type, key.PublicKey), key);
    }

    public static (VerifierKey Verifier, Key Key) New(string name, NoteKeyType type)
    {
        Key key = Key.Create(SignatureAlgorithm.Ed25519, Exportable());
        return (new VerifierKey(name, type, key.PublicKey), key);
    }

    private static KeyCreationParameters Exportable() => new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
}
