using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Probity.Evidence;

namespace Probity.Ledger.Witnessing;

/// <summary>What a log sends to a witness (C2SP tlog-witness, add-checkpoint): its new checkpoint, and the proof that it only adds to an earlier one.</summary>
/// <param name="OldSize">The size of the checkpoint that the witness is thought to have cosigned last; 0 for none.</param>
/// <param name="Proof">The consistency proof from that size (RFC 6962, section 2.1.2); at most 63 hashes, none from size 0.</param>
/// <param name="Checkpoint">The signed note.</param>
public sealed record AddCheckpoint(long OldSize, ImmutableArray<Digest> Proof, string Checkpoint)
{
    /// <summary>The longest request that is read, in bytes: room for 63 hashes and 16 signatures of any kind in use.</summary>
    public const int MaxBytes = 65_536;

    /// <summary>The most hashes a proof may have.</summary>
    public const int MaxHashes = 63;

    private const string OldPrefix = "old ";
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads a request; null where it is not written exactly as the specification writes it, or too long.</summary>
    public static AddCheckpoint? Parse(ReadOnlySpan<byte> body)
    {
        if (body.Length > MaxBytes || ReadText(body) is not { } text || text.IndexOf("\n\n", StringComparison.Ordinal) is not (> 0 and var split))
        {
            return null;
        }

        string[] lines = text[..split].Split('\n');
        if (lines.Length > MaxHashes + 1 || !lines[0].StartsWith(OldPrefix, StringComparison.Ordinal) || WireText.ReadSize(lines[0][OldPrefix.Length..]) is not { } old)
        {
            return null;
        }

        Digest?[] proof = [.. lines[1..].Select(WireText.ReadHash)];
        return proof.All(hash => hash is not null) ? new AddCheckpoint(old, [.. proof.OfType<Digest>()], text[(split + 2)..]) : null;
    }

    /// <summary>The request's body.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{OldPrefix}{OldSize}\n");
        foreach (Digest hash in Proof)
        {
            text.Append(WireText.WriteHash(hash)).Append('\n');
        }

        return text.Append('\n').Append(Checkpoint).ToString();
    }

    private static string? ReadText(ReadOnlySpan<byte> body)
    {
        try
        {
            return Strict.GetString(body);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
