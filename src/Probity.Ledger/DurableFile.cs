using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Probity.Ledger;

/// <summary>
/// Files that are on disk when the call returns. .NET's own flush swallows fsync's errors on Linux, so fsync is called here and its answer
/// looked at; elsewhere .NET's flush is all there is.
/// </summary>
internal static partial class DurableFile
{
    /// <summary>Writes a whole file under its name in one step: readers see the old content or the new, never a part.</summary>
    /// <exception cref="IOException">The disk did not confirm it.</exception>
    public static void Write(string path, string content) =>
        Write(path, content, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead, overwrite: true);

    /// <summary>The same for a secret: from its first byte on readable to this user alone, and never over one that is there.</summary>
    /// <exception cref="IOException">There is one already, or the disk did not confirm it.</exception>
    public static void WriteSecret(string path, string content) => Write(path, content, UnixFileMode.UserRead | UnixFileMode.UserWrite, overwrite: false);

    private static void Write(string path, string content, UnixFileMode mode, bool overwrite)
    {
        string fresh = path + ".new";
        File.Delete(fresh);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        using (var stream = new FileStream(fresh, options))
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(content));
            stream.Flush();
            Confirm(stream.SafeFileHandle, fresh);
        }

        MoveDurably(fresh, path, overwrite);
    }

    /// <summary>The folder is opened before the rename, so that no error between the two is lost.</summary>
    private static void MoveDurably(string fresh, string path, bool overwrite)
    {
        if (!OperatingSystem.IsLinux())
        {
            File.Move(fresh, path, overwrite);
            return;
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        int descriptor = OpenPath(folder, 0);
        if (descriptor < 0)
        {
            throw Unconfirmed(folder);
        }

        try
        {
            File.Move(fresh, path, overwrite);
            if (Fsync(descriptor) != 0)
            {
                throw Unconfirmed(folder);
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    /// <summary>
    /// Returns when what was handed to the system for a file is on disk. On Linux .NET's flush to disk must not run first: the kernel tells an error once, and .NET would
    /// swallow it.
    /// </summary>
    /// <exception cref="IOException">The disk did not confirm it.</exception>
    public static void Confirm(SafeFileHandle file, string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
        }
        else if (Fsync((int)file.DangerousGetHandle()) != 0)
        {
            throw Unconfirmed(path);
        }
    }

    private static IOException Unconfirmed(string path) => new($"the disk did not confirm '{path}' (error {Marshal.GetLastPInvokeError()})");

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenPath(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
