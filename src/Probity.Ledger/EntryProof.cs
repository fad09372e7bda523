using System.Globalization;
using System.Text;
using Probity.Evidence;

namespace Probity.Ledger;

/// <summary>The proof that an entry stands under a signed checkpoint, as one file to hand on (C2SP tlog-proof v1).</summary>
/// <param name="Index">Which entry.</param>
/// <param name="Path">The audit path from the leaf up (RFC 6962, section 2.1.1).</param>
/// <param name="Checkpoint">The signed note.</param>
public sealed record EntryProof(long Index, IReadOnlyList<Digest> Path, string Checkpoint)
{
    private const string Header = "c2sp.org/tlog-proof@v1";

    /// <summary>The most hashes a path can have: a level each.</summary>
    private const int MaxPath = 63;

    /// <summary>The proof of an entry under the published checkpoint; null where none covers it.</summary>
    public static EntryProof? Of(TransparencyLog log, long index) =>
        log.Published() is { } signed && index >= 0 && index < signed.Size
            ? new EntryProof(index, log.ProveInclusion(index, signed.Size), signed.Note)
            : null;

    /// <summary>Reads a file's text; a line of extra data is passed over. Null where it is no proof.</summary>
    public static EntryProof? Parse(string text)
    {
        int end = text.IndexOf("\n\n", StringComparison.Ordinal);
        string[] lines = end < 0 ? [] : text[..end].Split('\n');
        int at = lines.Length > 1 && lines[1].StartsWith("extra ", StringComparison.Ordinal) ? 2 : 1;
        if (lines.Length <= at || lines[0] != Header || lines.Length - at - 1 > MaxPath || !lines[at].StartsWith("index ", StringComparison.Ordinal))
        {
            return null;
        }

        Digest?[] path = [.. lines[(at + 1)..].Select(WireText.ReadHash)];
        return WireText.ReadSize(lines[at]["index ".Length..]) is { } index && path.All(hash => hash is not null)
            ? new EntryProof(index, [.. path.OfType<Digest>()], text[(end + 2)..])
            : null;
    }

    /// <summary>The file's text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Header).Append('\n').Append(CultureInfo.InvariantCulture, $"index {Index}\n");
        foreach (Digest hash in Path)
        {
            text.Append(WireText.WriteHash(hash)).Append('\n');
        }

        return text.Append('\n').Append(Checkpoint).ToString();
    }
}
