using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Probity.Ledger;

/// <summary>
/// A witness' word on a checkpoint, verified: that at this time it was the largest tree the witness had seen of the log, and that it only added to the
/// earlier ones (C2SP tlog-cosignature, Ed25519).
/// </summary>
/// <param name="Witness">Whose.</param>
/// <param name="Time">When, by the witness' clock: seconds since 1970-01-01 UTC.</param>
/// <param name="Line">The signature line that says so.</param>
public sealed record Cosignature(VerifierKey Witness, long Time, NoteSignature Line)
{
    internal const int Ed25519Length = 64;
    internal const int TimeLength = 8;
    internal const int Length = TimeLength + Ed25519Length;

    /// <summary>The latest cosignature of a witness on a note; null where it carries none, or one that claims to be the witness' and is not.</summary>
    public static Cosignature? Find(SignedNote note, VerifierKey witness)
    {
        if (witness.Type != NoteKeyType.Cosigner || note.Verify(witness) != NoteVerdict.Valid)
        {
            return null;
        }

        Cosignature? latest = null;
        foreach (NoteSignature line in note.Signatures.Where(one => one.IsOf(witness)))
        {
            if (TryReadTime(line.Signature.AsSpan(), out long time) && (latest is null || time > latest.Time))
            {
                latest = new Cosignature(witness, time, line);
            }
        }

        return latest;
    }

    /// <summary>The time in a cosignature; false where it is none or the time is beyond 2^63 − 1.</summary>
    internal static bool TryReadTime(ReadOnlySpan<byte> signature, out long time)
    {
        time = signature.Length == Length ? BinaryPrimitives.ReadInt64BigEndian(signature) : -1;
        return time >= 0;
    }

    /// <summary>What is signed: "cosignature/v1", the time, and the note's text.</summary>
    internal static byte[] MessageOf(ReadOnlySpan<byte> text, long time) =>
        [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {time}\n")), .. text];
}
