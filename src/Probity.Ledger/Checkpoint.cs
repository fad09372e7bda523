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
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{WireText.WriteHash(Root)}\n");

    /// <summary>Reads a note text; extension lines are passed over; null where it is no checkpoint.</summary>
    public static Checkpoint? Parse(string text)
    {
        string[] lines = text.Split('\n');
        if (lines.Length < 4 || lines[^1].Length > 0 || lines[0].Length == 0 || lines[3..^1].Any(line => line.Length == 0))
        {
            return null;
        }

        return WireText.ReadSize(lines[1]) is { } size && WireText.ReadHash(lines[2]) is { } root ? new Checkpoint(lines[0], size, root) : null;
    }
}

/// <summary>A checkpoint that was signed.</summary>
/// <param name="Size">How many entries.</param>
/// <param name="Root">The root over them.</param>
/// <param name="At">When it was signed, by the signer's clock.</param>
/// <param name="Note">The signed note, as served.</param>
public sealed record SignedCheckpoint(long Size, Digest Root, DateTimeOffset At, string Note);
