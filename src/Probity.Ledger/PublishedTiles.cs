using System.Buffers.Binary;
using Probity.Evidence;

namespace Probity.Ledger;

/// <summary>What a log publishes after C2SP tlog-tiles: all that its published checkpoint covers, and nothing beyond it.</summary>
/// <param name="log">The log.</param>
public sealed class PublishedTiles(TransparencyLog log)
{
    /// <summary>The published checkpoint, with the cosignatures of its witnesses; null before the first.</summary>
    public SignedCheckpoint? Checkpoint => log.Published();

    /// <summary>The bytes of a tile of a tree of a size.</summary>
    /// <param name="path">Which tile.</param>
    /// <param name="size">The size that a checkpoint covers.</param>
    /// <returns>
    /// 32 bytes a hash; for entries two bytes of length, most significant first, before each. Null where a tree of that size has no such tile.
    /// </returns>
    public byte[]? Find(TilePath path, long size)
    {
        if (!path.IsIn(size))
        {
            return null;
        }

        return path.Level is { } level
            ? log.FindTile(level, path.Index) is { } hashes && hashes.Length >= path.Width * Digest.Length ? hashes[..(path.Width * Digest.Length)] : throw Damaged(path)
            : Bundle(path);
    }

    /// <summary>Writes checkpoint, tiles and openings as files that any web server can serve; the checkpoint last, so that a copy never promises more than it has.</summary>
    /// <param name="folder">Where to; made where it is absent. Tiles that are there already are not written again.</param>
    /// <param name="beside">Further files that belong to a log of the size given, each by its path; written before the checkpoint.</param>
    /// <param name="progress">Told how far it is, 0 to 1.</param>
    /// <param name="cancelled">Stops between two tiles.</param>
    /// <returns>The checkpoint that the files are of; null, with nothing written, where there is none yet.</returns>
    /// <exception cref="LedgerRefusedException">The folder holds another log, or a later state of this one; nothing was written.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public SignedCheckpoint? Export(string folder, Func<long, IEnumerable<(string Path, byte[] Content)>> beside, Action<double> progress, CancellationToken cancelled)
    {
        if (Checkpoint is not { } signed)
        {
            return null;
        }

        RefuseAnother(folder, signed);
        long written = 0;
        foreach (TilePath path in TilePath.Of(signed.Size))
        {
            cancelled.ThrowIfCancellationRequested();
            WriteUnlessThere(Path.Combine(folder, path.ToString()), Find(path, signed.Size)!);
            written += path.Level is null ? path.Width : 0;
            progress(written / (double)signed.Size);
        }

        foreach ((string path, byte[] content) in beside(signed.Size))
        {
            WriteUnlessThere(Path.Combine(folder, path), content);
        }

        new PublishedOpenings(log).Export(folder, signed.Size);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "checkpoint.part"), signed.Note);
        File.Move(Path.Combine(folder, "checkpoint.part"), Path.Combine(folder, "checkpoint"), overwrite: true);
        return signed;
    }

    /// <summary>A copy must go on as it began: the checkpoint that is there has to be one of this log's own.</summary>
    private void RefuseAnother(string folder, SignedCheckpoint signed)
    {
        string file = Path.Combine(folder, "checkpoint");
        if (!File.Exists(file))
        {
            return;
        }

        SignedCheckpoint? there = LogKeys.ReadSigned(File.ReadAllText(file), signed.At);
        bool isOwn = there is not null && there.Note.Split('\n')[0] == signed.Note.Split('\n')[0] && there.Size <= signed.Size && log.RootAt(there.Size) == there.Root;
        if (!isOwn)
        {
            throw new LedgerRefusedException(LedgerRefusals.OtherOrigin, $"'{folder}' holds another log, or a later state of this one; nothing was written. Name another folder");
        }
    }

    private static void WriteUnlessThere(string file, byte[] content)
    {
        if (!File.Exists(file) || !content.AsSpan().SequenceEqual(File.ReadAllBytes(file)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file + ".part", content);
            File.Move(file + ".part", file, overwrite: true);
        }
    }

    private byte[] Bundle(TilePath path)
    {
        using var bundle = new MemoryStream();
        Span<byte> length = stackalloc byte[2];
        long first = path.Index * TilePath.FullWidth;
        int entries = 0;
        foreach ((long _, byte[] body) in log.ReadRangeBytes(first, first + path.Width))
        {
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)body.Length);
            bundle.Write(length);
            bundle.Write(body);
            entries++;
        }

        return entries == path.Width ? bundle.ToArray() : throw Damaged(path);
    }

    private static LedgerRefusedException Damaged(TilePath path) =>
        new(LedgerRefusals.Corrupt, $"the ledger does not hold all of {path}, which its checkpoint covers; restore it from a backup and run 'probity verify'");
}
