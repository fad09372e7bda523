using System.Globalization;

namespace Probity.Ledger;

/// <summary>
/// The address of a tile after C2SP tlog-tiles: "tile/0/x001/234.p/17" for hashes, "tile/entries/000" for entries. A tile holds 256 hashes or entries, a
/// partial one the first of them.
/// </summary>
/// <param name="Level">0 to 63 for a tile of hashes; null for a bundle of entries.</param>
/// <param name="Index">Which tile of its level, from 0.</param>
/// <param name="Width">How many hashes or entries it holds: 256 for a full one, 1 to 255 for a partial one.</param>
public readonly record struct TilePath(int? Level, long Index, int Width)
{
    /// <summary>Hashes or entries in a full tile.</summary>
    public const int FullWidth = 256;

    private const int HeightOfTile = 8;
    private const int MaxLevel = 63;
    private const int MaxGroups = 6;

    /// <summary>Whether it is full: then it never changes and never gets another address.</summary>
    public bool IsFull => Width == FullWidth;

    /// <summary>Reads an address; false for whatever is not written exactly as the specification writes it.</summary>
    /// <param name="text">Such as "tile/0/x001/234.p/17".</param>
    /// <param name="path">What it names.</param>
    public static bool TryParse(string text, out TilePath path)
    {
        path = default;
        string[] parts = text.Split('/');
        if (parts.Length < 3 || parts.Length > MaxGroups + 3 || parts[0] != "tile")
        {
            return false;
        }

        int? level = parts[1] != "entries" && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int read) ? read : null;
        bool isPartial = parts[^2].EndsWith(".p", StringComparison.Ordinal);
        int width = FullWidth;
        if (isPartial && !int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out width))
        {
            return false;
        }

        IEnumerable<string> groups = parts[2..(isPartial ? ^1 : ^0)].Select(part => part.EndsWith(".p", StringComparison.Ordinal) ? part[..^2] : part);
        if (!TryRead([.. groups], out long index) || level > MaxLevel || width is < 1 or > FullWidth || (isPartial && width == FullWidth))
        {
            return false;
        }

        path = new TilePath(level, index, width);
        return path.ToString() == text;
    }

    /// <summary>Every tile of a tree: hashes from the leaves up, each level from the left, then the entries.</summary>
    /// <param name="size">Entries in the tree.</param>
    public static IEnumerable<TilePath> Of(long size)
    {
        for (int level = 0; size >> (HeightOfTile * level) > 0; level++)
        {
            foreach (TilePath path in Row(level, size >> (HeightOfTile * level)))
            {
                yield return path;
            }
        }

        foreach (TilePath path in Row(null, size))
        {
            yield return path;
        }
    }

    /// <summary>Whether a tree of a size has this tile.</summary>
    public bool IsIn(long size)
    {
        int height = HeightOfTile * (Level ?? 0);
        long hashes = height > MaxLevel ? 0 : size >> height;
        return Index < hashes / FullWidth || (Index == hashes / FullWidth && Width <= hashes % FullWidth);
    }

    /// <summary>The address, without a slash before it.</summary>
    public override string ToString()
    {
        string index = (Index % 1000).ToString("000", CultureInfo.InvariantCulture);
        for (long rest = Index / 1000; rest > 0; rest /= 1000)
        {
            index = string.Create(CultureInfo.InvariantCulture, $"x{rest % 1000:000}/{index}");
        }

        string level = Level?.ToString(CultureInfo.InvariantCulture) ?? "entries";
        return IsFull ? $"tile/{level}/{index}" : string.Create(CultureInfo.InvariantCulture, $"tile/{level}/{index}.p/{Width}");
    }

    private static IEnumerable<TilePath> Row(int? level, long count)
    {
        for (long index = 0; index < count / FullWidth; index++)
        {
            yield return new TilePath(level, index, FullWidth);
        }

        if (count % FullWidth > 0)
        {
            yield return new TilePath(level, count / FullWidth, (int)(count % FullWidth));
        }
    }

    private static bool TryRead(string[] groups, out long index)
    {
        index = 0;
        if (groups.Length is 0 or > MaxGroups)
        {
            return false;
        }

        foreach (string group in groups)
        {
            if (!int.TryParse(group.StartsWith('x') ? group.AsSpan(1) : group, NumberStyles.None, CultureInfo.InvariantCulture, out int digits) || digits > 999)
            {
                return false;
            }

            index = (index * 1000) + digits;
        }

        return true;
    }
}
