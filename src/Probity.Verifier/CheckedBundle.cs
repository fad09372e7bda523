using Probity.Evidence;
using Probity.Ledger;

namespace Probity.Verifier;

/// <summary>One bundle of entries, each read and hashed, and held against its tile of leaf hashes. Made on any thread.</summary>
/// <param name="Index">Which bundle, from 0: its first entry is 256 × this.</param>
/// <param name="Bundle">The entries.</param>
/// <param name="Leaves">Their leaf hashes.</param>
internal sealed record CheckedBundle(long Index, EntryBundle Bundle, Digest[] Leaves)
{
    /// <summary>The root over the leaves where they are 256; unused for a partial bundle.</summary>
    public Digest Root { get; private init; }

    /// <summary>Whether any of them states a run or publishes a document; mostly none does.</summary>
    public bool StatesRunOrDocument { get; private init; }

    /// <summary>Whether any of them commits to a redactable field or redacts one.</summary>
    public bool HasRedactable { get; private init; }

    /// <summary>Reads and checks a bundle of a register.</summary>
    /// <exception cref="FindingException">Something does not fit.</exception>
    public static async Task<CheckedBundle> ReadAsync(PublishedTree tree, long index, int width, CancellationToken cancelled)
    {
        var path = new TilePath(null, index, width);
        EntryBundle bundle = Open(await tree.BundleAsync(path, cancelled).ConfigureAwait(false), path);
        byte[] hashes = await tree.HashesAsync(new TilePath(0, index, width), cancelled).ConfigureAwait(false);
        CheckedBundle read = Read(index, bundle, width);
        for (int place = 0; place < width; place++)
        {
            if (Digest.FromBytes(hashes.AsSpan(place * Digest.Length, Digest.Length)) != read.Leaves[place])
            {
                throw new FindingException(Findings.TileContent, $"entry {(index * TilePath.FullWidth) + place}: its bytes in {path} do not hash to what {new TilePath(0, index, width)} says; the entry or the hash was changed");
            }
        }

        return read;
    }

    /// <summary>Reads every entry of a bundle as a statement and hashes it.</summary>
    /// <param name="index">Which bundle.</param>
    /// <param name="bundle">Its entries.</param>
    /// <param name="width">How many of them count.</param>
    /// <exception cref="FindingException">One is no canonical statement.</exception>
    public static CheckedBundle Read(long index, EntryBundle bundle, int width)
    {
        var leaves = new Digest[width];
        bool redactable = false;
        bool states = false;
        for (int place = 0; place < width; place++)
        {
            long entry = (index * TilePath.FullWidth) + place;
            ReadOnlySpan<byte> bytes = bundle[place];
            if (!StatementForm.IsCanonical(bytes, out StatementKind kind) || kind is StatementKind.Run or StatementKind.Publication or StatementKind.CaseStep)
            {
                Statement statement = StatementOf(entry, bytes);
                redactable |= statement.Commitments.Count > 0 || Redaction.IsOne(statement);
                states |= statement.Kind is StatementKind.Run or StatementKind.Publication;
            }

            leaves[place] = MerkleTree.LeafHash(bytes);
        }

        Digest root = width == TilePath.FullWidth ? HashTiles.RootOf([.. leaves]) : default;
        return new CheckedBundle(index, bundle, leaves) { Root = root, HasRedactable = redactable, StatesRunOrDocument = states };
    }

    private static Statement StatementOf(long entry, ReadOnlySpan<byte> bytes) =>
        Statement.TryRead(bytes, out Statement? statement, out string problem) && statement.ToBytes().AsSpan().SequenceEqual(bytes)
            ? statement
            : throw new FindingException(Findings.EntryForm, $"entry {entry} is no canonical statement{(problem.Length > 0 ? ": " + problem : "")}");

    private static EntryBundle Open(byte[] bytes, TilePath path) => EntryBundle.TryRead(bytes, path.Width, out EntryBundle? bundle, out string problem)
        ? bundle
        : throw new FindingException(Findings.BundleForm, $"{path}: {problem}");
}
