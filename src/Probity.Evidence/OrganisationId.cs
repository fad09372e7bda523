using System.Buffers;
using System.Text;

namespace Probity.Evidence;

/// <summary>
/// An organisation's own identifier: "o" and 16 digits of Crockford base 32, from the first 80 bits of
/// SHA-256("probity/organisation/v1" ‖ 0x0A ‖ source ‖ 0x0A ‖ record) of the first record that made it. It is minted once: a source that
/// renumbers its records does not move it, and after a merge it redirects.
/// </summary>
public readonly record struct OrganisationId : IComparable<OrganisationId>
{
    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";
    /// <summary>Characters of every identifier, all of them ASCII.</summary>
    public const int Length = 17;

    private static readonly SearchValues<char> AllDigits = SearchValues.Create(Digits);
    private readonly string? _text;

    private OrganisationId(string text) => _text = text;

    /// <summary>The identifier that a new organisation gets from its first record.</summary>
    public static OrganisationId FirstSeenAs(RecordId record)
    {
        Span<byte> hash = stackalloc byte[Digest.Length];
        Digest.Of(Encoding.UTF8.GetBytes($"probity/organisation/v1\n{record.Source}\n{record.Record}")).CopyTo(hash);
        Span<char> text = stackalloc char[Length];
        text[0] = 'o';
        UInt128 bits = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
        for (int i = 1; i < Length; i++)
        {
            text[i] = Digits[(int)(bits >> 123)];
            bits <<= 5;
        }

        return new OrganisationId(text.ToString());
    }

    /// <summary>Reads an identifier; false where it has another form.</summary>
    public static bool TryParse(string? text, out OrganisationId id)
    {
        bool read = text is { Length: Length } && text[0] == 'o' && text.AsSpan(1).IndexOfAnyExcept(AllDigits) < 0;
        id = read ? new OrganisationId(text!) : default;
        return read;
    }

    /// <inheritdoc/>
    public int CompareTo(OrganisationId other) => string.CompareOrdinal(_text, other._text);

    /// <summary>17 characters; empty for the default value.</summary>
    public override string ToString() => _text ?? "";

    /// <summary>Earlier in order.</summary>
    public static bool operator <(OrganisationId left, OrganisationId right) => left.CompareTo(right) < 0;

    /// <summary>Later in order.</summary>
    public static bool operator >(OrganisationId left, OrganisationId right) => left.CompareTo(right) > 0;

    /// <summary>Earlier in order, or the same.</summary>
    public static bool operator <=(OrganisationId left, OrganisationId right) => left.CompareTo(right) <= 0;

    /// <summary>Later in order, or the same.</summary>
    public static bool operator >=(OrganisationId left, OrganisationId right) => left.CompareTo(right) >= 0;
}
