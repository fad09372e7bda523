using Probity.Evidence;

namespace Probity.Ledger;

/// <summary>The openings of redactable fields as they are published (formats/redaction.md): those of entries that the last checkpoint covers. What is redacted is not among them.</summary>
/// <param name="log">The log.</param>
public sealed class PublishedOpenings(TransparencyLog log)
{
    private const string Folder = "openings";
    private const string Prefix = "tile/entries/";

    /// <summary>The lines of openings at an address; null where it has none, or is no such address.</summary>
    /// <param name="address">Such as "openings/x001/234".</param>
    /// <param name="size">The size that a checkpoint covers.</param>
    public byte[]? Find(string address, long size)
    {
        if (!address.StartsWith(Folder + "/", StringComparison.Ordinal) || !TilePath.TryParse(Prefix + address[(Folder.Length + 1)..], out TilePath path) || !path.IsFull || path.Index > long.MaxValue / TilePath.FullWidth / 2)
        {
            return null;
        }

        byte[] lines = LinesOf(path.Index, size);
        return lines.Length == 0 ? null : lines;
    }

    /// <summary>Writes the openings as files that any web server can serve, and removes those that are no longer published.</summary>
    /// <param name="folder">Where to; "openings" in it is made and kept as a whole.</param>
    /// <param name="size">The size that a checkpoint covers.</param>
    /// <exception cref="IOException">A file cannot be written or removed.</exception>
    public void Export(string folder, long size)
    {
        var published = new HashSet<string>(StringComparer.Ordinal);
        foreach (long bundle in log.OpeningBundles(size))
        {
            string file = Path.Combine(folder, AddressOf(bundle));
            published.Add(Path.GetFullPath(file));
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file + ".part", LinesOf(bundle, size));
            File.Move(file + ".part", file, overwrite: true);
        }

        string own = Path.Combine(folder, Folder);
        foreach (string stale in Directory.Exists(own) ? Directory.GetFiles(own, "*", SearchOption.AllDirectories).Where(file => !published.Contains(Path.GetFullPath(file))) : [])
        {
            File.Delete(stale);
        }
    }

    private static string AddressOf(long bundle) => $"{Folder}/{new TilePath(null, bundle, TilePath.FullWidth).ToString()[Prefix.Length..]}";

    private byte[] LinesOf(long bundle, long size) =>
        OpeningLines.Write(log.Openings(bundle * TilePath.FullWidth, Math.Min(size, (bundle + 1) * TilePath.FullWidth)));
}
