using System.Globalization;
using Probity.Evidence;

namespace Probity.Ledger;

/// <summary>What a log promises: so many entries, under this root (C2SP tlog-checkpoint v1.0.0).</summary>
/// <param name="Origin">The log's name.</param>
/// <param name="Size">How many entries.</param>
/// <param name="Root">The RFC 6962 root over them.</param>
public sealed record Checkpoint(string Origin, long Size, Digest Root)
{
    /// <summary>The note text: origin, size and root in base64, a line each.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root.ToBytes())}\n");

    /// <summary>Reads a note text; extension lines are passed over; null where it is no checkpoint.</summary>
    public static Checkpoint? Parse(string text)
    {
        string[] lines = text.Split('\n');
        if (lines.Length < 4 || lines[^1].Length > 0 || lines[0].Length == 0 || lines[3..^1].Any(line => line.Length == 0))
        {
            return null;
        }

        byte[] root = new byte[Digest.Length + 2];
        bool read = long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out long size)
            && size.ToString(CultureInfo.InvariantCulture) == lines[1]
            && Convert.TryFromBase64String(lines[2], root, out int written)
            && written == Digest.Length
            && Convert.ToBase64String(root.AsSpan(0, Digest.Length)) == lines[2];
        return read ? new Checkpoint(lines[0], size, Digest.FromBytes(root.AsSpan(0, Digest.Length))) : null;
    }
}

/// <summary>A checkpoint that was signed.</summary>
/// <param name="Size">How many entries.</param>
/// <param name="Root">The root over them.</param>
/// <param name="At">When it was signed, by the signer's clock.</param>
/// <param name="Note">The signed note, as served.</param>
public sealed record SignedCheckpoint(long Size, Digest Root, DateTimeOffset At, string Note);
