using NSec.Cryptography;

namespace Probity.Ledger;

/// <summary>A log's key, which signs notes. Whoever holds it can sign in the log's name.</summary>
public sealed class SignerKey : IDisposable
{
    private readonly Key _key;

    private SignerKey((VerifierKey Verifier, Key Key) pair) => (Verifier, _key) = pair;

    /// <summary>The key that verifies what this one signs.</summary>
    public VerifierKey Verifier { get; }

    /// <summary>A new key from the operating system's random source.</summary>
    public static SignerKey Generate(string name) => new(KeyText.New(name, NoteKeyType.Log));

    /// <summary>The key of a seed of 32 bytes.</summary>
    public static SignerKey FromSeed(string name, ReadOnlySpan<byte> seed) => new(KeyText.OfSeed(name, NoteKeyType.Log, seed));

    /// <summary>Reads "PRIVATE+KEY+name+hex8+base64(0x01 ‖ seed)"; null for any other form, a witness' key among them.</summary>
    public static SignerKey? Parse(string text) => KeyText.ReadSecret(text, NoteKeyType.Log) is { } pair ? new SignerKey(pair) : null;

    /// <summary>The text form. A secret.</summary>
    public string Export() => KeyText.WriteSecret(Verifier, _key);

    /// <summary>The 64-byte Ed25519 signature over a message.</summary>
    public byte[] Sign(ReadOnlySpan<byte> message) => SignatureAlgorithm.Ed25519.Sign(_key, message);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
