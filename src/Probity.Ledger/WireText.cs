using System.Globalization;
using Probity.Evidence;

namespace Probity.Ledger;

/// <summary>Sizes, hashes and bytes as they stand in checkpoints, proofs, requests and keys. Each value has one way to be written, and any other is refused.</summary>
public static class WireText
{
    /// <summary>Decimal digits without a leading zero, at most 2^63 − 1; null for anything else.</summary>
    public static long? ReadSize(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long size) && size.ToString(CultureInfo.InvariantCulture) == text ? size : null;

    /// <summary>A hash of 32 bytes in base64; null for anything else.</summary>
    public static Digest? ReadHash(string text) => ReadBase64(text) is { Length: Digest.Length } hash ? Digest.FromBytes(hash) : null;

    /// <summary>A hash in base64.</summary>
    public static string WriteHash(Digest hash) => Convert.ToBase64String(hash.ToBytes());

    /// <summary>Base64 with its padding and nothing else (RFC 4648, section 4; unused bits are zero); null for anything else.</summary>
    public static byte[]? ReadBase64(string text)
    {
        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int written) && Convert.ToBase64String(bytes.AsSpan(0, written)) == text ? bytes[..written] : null;
    }
}
