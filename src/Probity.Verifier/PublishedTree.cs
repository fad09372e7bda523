using Probity.Evidence;
using Probity.Ledger;

namespace Probity.Verifier;

/// <summary>A register's tiles (C2SP tlog-tiles), each of the length that it must have. Safe for many threads.</summary>
/// <param name="files">Where they are.</param>
internal sealed class PublishedTree(IPublicFiles files)
{
    /// <summary>The hashes of a tile: 32 bytes each, as many as its width.</summary>
    /// <exception cref="FindingException">It is not there or of another length.</exception>
    public async Task<byte[]> HashesAsync(TilePath path, CancellationToken cancelled)
    {
        (byte[] bytes, TilePath found) = await FindAsync(path, TilePath.FullWidth * Digest.Length, cancelled).ConfigureAwait(false);
        return bytes.Length == found.Width * Digest.Length
            ? bytes[..(path.Width * Digest.Length)]
            : throw new FindingException(Findings.TileForm, $"{found} has {bytes.Length} bytes; {found.Width} hashes have {found.Width * Digest.Length}");
    }

    /// <summary>The bytes of a bundle, cut to the entries that its width asks for.</summary>
    /// <exception cref="FindingException">It is not there or longer than a bundle can be.</exception>
    public async Task<byte[]> BundleAsync(TilePath path, CancellationToken cancelled)
    {
        (byte[] bytes, TilePath found) = await FindAsync(path, EntryBundle.MaxBytes, cancelled).ConfigureAwait(false);
        if (found == path)
        {
            return bytes;
        }

        return EntryBundle.TryRead(bytes, found.Width, out EntryBundle? whole, out string problem)
            ? whole.BytesOf(path.Width).ToArray()
            : throw new FindingException(Findings.BundleForm, $"{found}: {problem}");
    }

    /// <summary>A partial tile may have been deleted since the full one is there (C2SP tlog-tiles, partial tiles).</summary>
    private async Task<(byte[] Bytes, TilePath Found)> FindAsync(TilePath path, int maxBytes, CancellationToken cancelled)
    {
        if (await files.ReadAsync(path.ToString(), maxBytes, cancelled).ConfigureAwait(false) is { } bytes)
        {
            return (bytes, path);
        }

        TilePath full = path with { Width = TilePath.FullWidth };
        byte[]? whole = path.IsFull ? null : await files.ReadAsync(full.ToString(), maxBytes, cancelled).ConfigureAwait(false);
        return whole is null
            ? throw new FindingException(Findings.Missing, $"{path} is not there, though the checkpoint covers it")
            : (whole, full);
    }
}
