using System.Buffers.Binary;
using System.Text;
using NSec.Cryptography;

namespace Probity.Ledger;

/// <summary>
/// A witness' key. It can sign nothing but cosignatures: each of its messages begins with "cosignature/v1", so that no log's note can be made with it.
/// Whoever holds it can testify in the witness' name.
/// </summary>
public sealed class CosignerKey : IDisposable
{
    private readonly Key _key;

    private CosignerKey((VerifierKey Verifier, Key Key) pair) => (Verifier, _key) = pair;

    /// <summary>The key that verifies the cosignatures.</summary>
    public VerifierKey Verifier { get; }

    /// <summary>A new key from the operating system's random source.</summary>
    public static CosignerKey Generate(string name) => new(KeyText.New(name, NoteKeyType.Cosigner));

    /// <summary>The key of a seed of 32 bytes.</summary>
    public static CosignerKey FromSeed(string name, ReadOnlySpan<byte> seed) => new(KeyText.OfSeed(name, NoteKeyType.Cosigner, seed));

    /// <summary>Reads "PRIVATE+KEY+name+hex8+base64(0x04 ‖ seed)"; null for any other form, a log's key among them.</summary>
    public static CosignerKey? Parse(string text) => KeyText.ReadSecret(text, NoteKeyType.Cosigner) is { } pair ? new CosignerKey(pair) : null;

    /// <summary>The text form. A secret.</summary>
    public string Export() => KeyText.WriteSecret(Verifier, _key);

    /// <summary>Testifies that, as of a time, this is the largest tree seen of the checkpoint's log and that it only adds to the ones seen before.</summary>
    /// <param name="text">The checkpoint's note text, with its last line feed.</param>
    /// <param name="time">Seconds since 1970-01-01 UTC, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public NoteSignature Cosign(string text, long time)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(time);
        byte[] signature = new byte[Cosignature.Length];
        BinaryPrimitives.WriteInt64BigEndian(signature, time);
        SignatureAlgorithm.Ed25519.Sign(_key, Cosignature.MessageOf(Encoding.UTF8.GetBytes(text), time)).CopyTo(signature, Cosignature.TimeLength);
        return new NoteSignature(Verifier.Name, Verifier.Id, [.. signature]);
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
