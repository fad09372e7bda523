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

    /// <summary>The proof of an entry under the published checkpoint; null where none covers it.</summary>
    public static EntryProof? Of(TransparencyLog log, long index) =>
        log.Published() is { } signed && index >= 0 && index < signed.Size
            ? new EntryProof(index, log.ProveInclusion(index, signed.Size), signed.Note)
            : null;

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
