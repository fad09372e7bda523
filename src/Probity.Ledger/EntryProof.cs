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

        string number = lines[at]["index ".Length..];
        bool read = long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long index) && index.ToString(CultureInfo.InvariantCulture) == number;
        var path = new List<Digest>();
        foreach (string line in lines.AsSpan(at + 1))
        {
            byte[] hash = new byte[Digest.Length + 2];
            if (!Convert.TryFromBase64String(line, hash, out int written) || written != Digest.Length || Convert.ToBase64String(hash.AsSpan(0, written)) != line)
            {
                return null;
            }

            path.Add(Digest.FromBytes(hash.AsSpan(0, written)));
        }

        return read ? new EntryProof(index, path, text[(end + 2)..]) : null;
    }

    /// <summary>The file's text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Header).Append('\n').Append(CultureInfo.InvariantCulture, $"index {Index}\n");
        foreach (Digest hash in Path)
        {
            text.Append(Convert.ToBase64String(hash.ToBytes())).Append('\n');
        }

        return text.Append('\n').Append(Checkpoint).ToString();
    }
}
