using System.Security.Cryptography;

namespace Probity.Evidence;

/// <summary>A SHA-256 value (FIPS 180-4): exactly 32 bytes, compared by content.</summary>
public readonly struct Digest : IEquatable<Digest>, IComparable<Digest>
{
    /// <summary>Bytes in a digest.</summary>
    public const int Length = 32;

    private readonly UInt128 _high;
    private readonly UInt128 _low;

    private Digest(ReadOnlySpan<byte> bytes)
    {
        _high = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
        _low = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]);
    }

    /// <summary>The digest of some content.</summary>
    public static Digest Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[Length];
        SHA256.HashData(content, hash);
        return new Digest(hash);
    }

    /// <summary>The digest that these 32 bytes are.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public static Digest FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == Length
        ? new Digest(bytes)
        : throw new ArgumentException($"a digest has {Length} bytes, not {bytes.Length}", nameof(bytes));

    /// <summary>Reads 64 hexadecimal digits of either case; false for anything else.</summary>
    public static bool TryParse(string? hex, out Digest digest)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bool read = hex is { Length: 2 * Length }
            && Convert.FromHexString(hex, bytes, out _, out int written) == System.Buffers.OperationStatus.Done
            && written == Length;
        digest = read ? new Digest(bytes) : default;
        return read;
    }

    /// <summary>Writes the 32 bytes to the start of <paramref name="target"/>, which has room for them.</summary>
    public void CopyTo(Span<byte> target)
    {
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(target, _high);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(target[16..], _low);
    }

    /// <summary>The 32 bytes in a new array.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <inheritdoc/>
    public bool Equals(Digest other) => _high == other._high && _low == other._low;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Digest other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _low.GetHashCode();

    /// <summary>Order of the bytes, first byte first.</summary>
    public int CompareTo(Digest other) => _high != other._high ? _high.CompareTo(other._high) : _low.CompareTo(other._low);

    /// <summary>Same bytes.</summary>
    public static bool operator ==(Digest left, Digest right) => left.Equals(right);

    /// <summary>Other bytes.</summary>
    public static bool operator !=(Digest left, Digest right) => !left.Equals(right);

    /// <summary>Earlier in byte order.</summary>
    public static bool operator <(Digest left, Digest right) => left.CompareTo(right) < 0;

    /// <summary>Later in byte order.</summary>
    public static bool operator >(Digest left, Digest right) => left.CompareTo(right) > 0;

    /// <summary>Earlier in byte order, or the same.</summary>
    public static bool operator <=(Digest left, Digest right) => left.CompareTo(right) <= 0;

    /// <summary>Later in byte order, or the same.</summary>
    public static bool operator >=(Digest left, Digest right) => left.CompareTo(right) >= 0;
}
