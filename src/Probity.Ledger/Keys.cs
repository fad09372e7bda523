using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Probity.Ledger;

/// <summary>A key that verifies signed notes: "name+hex8(key id)+base64(0x01 ‖ public key)" (C2SP signed-note).</summary>
public sealed class VerifierKey
{
    private const byte Ed25519Type = 1;
    private readonly PublicKey _key;

    internal VerifierKey(string name, PublicKey key)
    {
        Name = name;
        _key = key;
        Id = IdOf(name, key.Export(KeyBlobFormat.RawPublicKey));
    }

    /// <summary>Whose key it is: for a log its origin.</summary>
    public string Name { get; }

    /// <summary>The first four bytes, big-endian, of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key).</summary>
    public uint Id { get; }

    /// <summary>Reads the text form; null for any other key type or form.</summary>
    public static VerifierKey? Parse(string text)
    {
        string[] parts = text.Split('+', 3);
        if (parts.Length != 3 || !SignedNote.IsName(parts[0]) || !uint.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint id))
        {
            return null;
        }

        byte[] blob = new byte[33];
        if (!Convert.TryFromBase64String(parts[2], blob, out int written) || written != 33 || blob[0] != Ed25519Type)
        {
            return null;
        }

        if (!PublicKey.TryImport(SignatureAlgorithm.Ed25519, blob.AsSpan(1), KeyBlobFormat.RawPublicKey, out PublicKey? key))
        {
            return null;
        }

        var verifier = new VerifierKey(parts[0], key!);
        return verifier.Id == id && parts[1].Length == 8 ? verifier : null;
    }

    /// <summary>Whether a 64-byte Ed25519 signature over a message is this key's.</summary>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => SignatureAlgorithm.Ed25519.Verify(_key, message, signature);

    /// <summary>The text form.</summary>
    public override string ToString() => $"{Name}+{Id:x8}+{Convert.ToBase64String([Ed25519Type, .. _key.Export(KeyBlobFormat.RawPublicKey)])}";

    private static uint IdOf(string name, byte[] key)
    {
        byte[] hash = SHA256.HashData([.. Encoding.UTF8.GetBytes(name), 0x0A, Ed25519Type, .. key]);
        return BinaryPrimitives.ReadUInt32BigEndian(hash);
    }
}

/// <summary>A key that signs notes. Whoever holds it can sign in the log's name.</summary>
public sealed class SignerKey : IDisposable
{
    private readonly Key _key;

    private SignerKey(string name, Key key)
    {
        _key = key;
        Verifier = new VerifierKey(name, key.PublicKey);
    }

    /// <summary>The key that verifies what this one signs.</summary>
    public VerifierKey Verifier { get; }

    /// <summary>A new key from the operating system's random source.</summary>
    public static SignerKey Generate(string name) => new(name, Key.Create(SignatureAlgorithm.Ed25519, Exportable()));

    /// <summary>The key of a seed of 32 bytes.</summary>
    public static SignerKey FromSeed(string name, ReadOnlySpan<byte> seed) => new(name, Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey, Exportable()));

    /// <summary>Reads "PRIVATE+KEY+name+hex8+base64(0x01 ‖ seed)"; null for any other form.</summary>
    public static SignerKey? Parse(string text)
    {
        string[] parts = text.Trim().Split('+', 5);
        byte[] blob = new byte[33];
        if (parts.Length != 5 || parts[0] != "PRIVATE" || parts[1] != "KEY" || !Convert.TryFromBase64String(parts[4], blob, out int written) || written != 33 || blob[0] != 1)
        {
            return null;
        }

        SignerKey key = FromSeed(parts[2], blob.AsSpan(1));
        return $"{key.Verifier.Id:x8}" == parts[3] ? key : null;
    }

    /// <summary>The text form. A secret.</summary>
    public string Export() => $"PRIVATE+KEY+{Verifier.Name}+{Verifier.Id:x8}+{Convert.ToBase64String([1, .. _key.Export(KeyBlobFormat.RawPrivateKey)])}";

    /// <summary>The 64-byte Ed25519 signature over a message.</summary>
    public byte[] Sign(ReadOnlySpan<byte> message) => SignatureAlgorithm.Ed25519.Sign(_key, message);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private static KeyCreationParameters Exportable() => new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
}
