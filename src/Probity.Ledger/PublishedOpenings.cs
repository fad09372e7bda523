using Probity.Evidence;

namespace Probity.Ledger;

/// <summary>The openings of redactable fields as they are published (formats/redaction.md): those of entries that the last checkpoint covers. What is redacted is not among them.</summary>
/// <param name="log">The log.</param>
public sealed class PublishedOpenings(TransparencyLog log)
{
    private const string Folder = "openings";
    private const string Prefix = "tile/entries/";
    private const string Unfinished = ".part";

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

    /// <summary>Writes the openings as files that any web server can serve, and removes earlier ones that are no longer published. Files that are no bundles of openings stay.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="size">The size that a checkpoint covers.</param>
    /// <exception cref="IOException">A file cannot be written or removed.</exception>
    public void Export(string folder, long size)
    {
        var published = new HashSet<string>(StringComparer.Ordinal);
        foreach (long bundle in log.OpeningBundles().Where(bundle => bundle >= 0))
        {
            byte[] lines = LinesOf(bundle, size);
            if (lines.Length > 0)
            {
                string file = Path.Combine(folder, AddressOf(bundle));
                published.Add(AddressOf(bundle));
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllBytes(file + Unfinished, lines);
                File.Move(file + Unfinished, file, overwrite: true);
            }
        }

        string own = Path.Combine(folder, Folder);
        foreach (string file in Directory.Exists(own) ? Directory.GetFiles(own, "*", SearchOption.AllDirectories) : [])
        {
            string address = Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');
            if (IsBundle(address) && !published.Contains(address))
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>Whether an address is one that openings are written at, or was being written when an export was stopped.</summary>
    private static bool IsBundle(string address) =>
        TilePath.TryParse(Prefix + (address.EndsWith(Unfinished, StringComparison.Ordinal) ? address[..^Unfinished.Length] : address)[(Folder.Length + 1)..], out TilePath path) && path.IsFull;

    /// <summary>Where the openings of 256 entries stand: "openings/" and the number as in the address of the entries themselves.</summary>
    /// <param name="bundle">Which 256, from 0.</param>
    public static string AddressOf(long bundle) => $"{Folder}/{new TilePath(null, bundle, TilePath.FullWidth).ToString()[Prefix.Length..]}";

    private byte[] LinesOf(long bundle, long size) =>
        OpeningLines.Write(log.Openings(bundle * TilePath.FullWidth, Math.Min(size, (bundle + 1) * TilePath.FullWidth)));
}
