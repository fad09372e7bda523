using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Probity.Ledger;

/// <summary>What a key of a signed note signs. The number is the type byte of C2SP signed-note; no other type is read.</summary>
public enum NoteKeyType
{
    /// <summary>A log's key: Ed25519 over the note's text.</summary>
    Log = 1,

    /// <summary>A witness' key: Ed25519 over a time and the note's text (C2SP tlog-cosignature, cosignature/v1).</summary>
    Cosigner = 4,
}

/// <summary>A key that verifies signatures of notes: "name+hex8(key id)+base64(type ‖ public key)" (C2SP signed-note, "vkey").</summary>
public sealed class VerifierKey
{
    private readonly PublicKey _key;

    internal VerifierKey(string name, NoteKeyType type, PublicKey key)
    {
        Name = name;
        Type = type;
        _key = key;
        PublicKey = [.. key.Export(KeyBlobFormat.RawPublicKey)];
        Id = IdOf(name, type, PublicKey.AsSpan());
    }

    /// <summary>Whose key it is: for a log its origin.</summary>
    public string Name { get; }

    /// <summary>What it signs.</summary>
    public NoteKeyType Type { get; }

    /// <summary>The 32 bytes of the Ed25519 public key (RFC 8032).</summary>
    public ImmutableArray<byte> PublicKey { get; }

    /// <summary>The first four bytes, big-endian, of SHA-256(name ‖ 0x0A ‖ type ‖ public key).</summary>
    public uint Id { get; }

    /// <summary>Reads the text form; null for any other type of key, a key id that is not its own, or any other form.</summary>
    public static VerifierKey? Parse(string text)
    {
        string[] parts = text.Split('+', 3);
        if (parts.Length != 3 || !SignedNote.IsName(parts[0]) || parts[1].Length != 8
            || !uint.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint id)
            || !KeyText.TryRead(parts[2], out NoteKeyType type, out byte[] bytes)
            || !NSec.Cryptography.PublicKey.TryImport(SignatureAlgorithm.Ed25519, bytes, KeyBlobFormat.RawPublicKey, out PublicKey? key))
        {
            return null;
        }

        var verifier = new VerifierKey(parts[0], type, key!);
        return verifier.Id == id ? verifier : null;
    }

    /// <summary>Whether a signature of a note is this key's.</summary>
    /// <param name="text">The note's text in UTF-8, with its last line feed.</param>
    /// <param name="signature">What stands behind the key id: 64 bytes of a log's key; of a witness' 8 bytes of time and 64 bytes.</param>
    public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) => Type == NoteKeyType.Log
        ? signature.Length == Cosignature.Ed25519Length && SignatureAlgorithm.Ed25519.Verify(_key, text, signature)
        : Cosignature.TryReadTime(signature, out long time)
            && SignatureAlgorithm.Ed25519.Verify(_key, Cosignature.MessageOf(text, time), signature[Cosignature.TimeLength..]);

    /// <summary>The text form.</summary>
    public override string ToString() => $"{Name}+{Id:x8}+{KeyText.Write(Type, PublicKey.AsSpan())}";

    private static uint IdOf(string name, NoteKeyType type, ReadOnlySpan<byte> key)
    {
        byte[] hash = SHA256.HashData([.. Encoding.UTF8.GetBytes(name), 0x0A, (byte)type, .. key]);
        return BinaryPrimitives.ReadUInt32BigEndian(hash);
    }
}
