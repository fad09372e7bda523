using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;

namespace Probity.Verifier;

/// <summary>
/// A folder that "probity ledger export" wrote, or a copy of one. Whoever made the copy may be hostile: only regular files are read, through no link, and no more bytes than
/// such a file can have.
/// </summary>
/// <param name="folder">Where the checkpoint stands; itself it may be a link.</param>
public sealed class PublishedFolder(string folder) : IPublicFiles
{
    /// <summary>Folders beneath the first that were found to be folders; thousands of files stand in each.</summary>
    private readonly ConcurrentDictionary<string, bool> _folders = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<byte[]?> ReadAsync(string path, int maxBytes, CancellationToken cancelled)
    {
        cancelled.ThrowIfCancellationRequested();
        string file = Path.GetFullPath(Path.Combine(folder, path));
        try
        {
            return Task.FromResult(IsThere(path) ? BytesOf(file, maxBytes) : null);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new FindingException(Findings.Unreachable, $"'{file}' cannot be read: {trouble.Message}");
        }
    }

    private static byte[] BytesOf(string file, int maxBytes)
    {
        using SafeFileHandle handle = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        long length = RandomAccess.GetLength(handle);
        if (length > maxBytes)
        {
            throw new FindingException(Findings.TooLarge, $"'{file}' has {length} bytes; such a file has at most {maxBytes}");
        }

        byte[] bytes = new byte[length];
        int read = 0;
        for (int more; read < bytes.Length && (more = RandomAccess.Read(handle, bytes.AsSpan(read), read)) > 0;)
        {
            read += more;
        }

        return read == bytes.Length ? bytes : bytes[..read];
    }

    /// <summary>Whether a regular file is there, beneath folders that are folders.</summary>
    /// <exception cref="FindingException">A link, a pipe, a device or a socket stands in the way: opening one may wait for ever, or read what is not of the register.</exception>
    private bool IsThere(string path)
    {
        string[] parts = path.Split('/');
        string at = folder;
        for (int depth = 0; depth < parts.Length; depth++)
        {
            at = Path.Combine(at, parts[depth]);
            bool isLast = depth == parts.Length - 1;
            if (!isLast && _folders.ContainsKey(at))
            {
                continue;
            }

            FileKind kind = FileKinds.Of(at);
            if (kind == FileKind.None)
            {
                return false;
            }

            if (kind != (isLast ? FileKind.Regular : FileKind.Folder))
            {
                throw new FindingException(Findings.NotRegular, $"'{at}' is {FileKinds.NameOf(kind)}; a published register is regular files in folders, and nothing else is read");
            }

            _ = isLast || _folders.TryAdd(at, true);
        }

        return true;
    }
}
