using Microsoft.Win32.SafeHandles;
using Probity.Ledger;

namespace Probity.Verifier;

/// <summary>The entries that an auditor has read, in one file, each with its length before it as in a bundle. Owned by one process at a time, which it locks out others from.</summary>
internal sealed class KeptEntries : IDisposable
{
    /// <summary>Bytes asked for at first for an entry; where a bundle has more, more are asked for.</summary>
    private const int UsualEntryBytes = 512;

    private readonly string _path;
    private readonly SafeFileHandle _file;

    private KeptEntries(string path, SafeFileHandle file) => (_path, _file) = (path, file);

    /// <summary>Bytes in the file.</summary>
    public long Length => RandomAccess.GetLength(_file);

    /// <summary>Opens the file; makes it where there is none.</summary>
    /// <exception cref="IOException">Another process uses it, or it cannot be opened.</exception>
    public static KeptEntries Open(string path) => new(path, File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));

    /// <summary>Writes the entries of a bundle with their lengths.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Write(ReadOnlySpan<byte> bytes, long at) => RandomAccess.Write(_file, bytes, at);

    /// <summary>Returns when what was written is on disk.</summary>
    /// <exception cref="IOException">The disk did not confirm it.</exception>
    public void Confirm() => DurableFile.Confirm(_file, _path);

    /// <summary>Some entries; null where the file does not hold them.</summary>
    /// <param name="at">The byte at which the first begins.</param>
    /// <param name="count">How many, 1 to 256.</param>
    /// <exception cref="IOException">The disk refuses.</exception>
    public EntryBundle? Read(long at, int count)
    {
        for (int wanted = count * UsualEntryBytes; ; wanted = Math.Min(4 * wanted, EntryBundle.MaxBytes))
        {
            byte[] bytes = new byte[wanted];
            int read = 0;
            for (int more; read < wanted && (more = RandomAccess.Read(_file, bytes.AsSpan(read), at + read)) > 0;)
            {
                read += more;
            }

            if (EntryBundle.TryReadFirst(bytes, read, count, out EntryBundle? bundle))
            {
                return bundle;
            }

            if (read < wanted || wanted == EntryBundle.MaxBytes)
            {
                return null;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
