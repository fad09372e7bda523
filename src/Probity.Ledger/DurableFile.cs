using System.Runtime.InteropServices;

namespace Probity.Ledger;

/// <summary>
/// Files that are on disk when the call returns. .NET's own flush swallows fsync's errors on Linux, so fsync is called here and its answer
/// looked at; elsewhere .NET's flush is all there is.
/// </summary>
internal static partial class DurableFile
{
    /// <summary>Writes a whole file under its name in one step: readers see the old content or the new, never a part.</summary>
    /// <exception cref="IOException">The disk did not confirm it.</exception>
    public static void Write(string path, string content)
    {
        string fresh = path + ".new";
        using (var stream = new FileStream(fresh, FileMode.Create, FileAccess.Write))
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(content));
            stream.Flush(flushToDisk: true);
            Confirm(stream.SafeFileHandle, fresh);
        }

        File.Move(fresh, path, overwrite: true);
        ConfirmFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    private static void ConfirmFolder(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        int descriptor = OpenPath(folder, 0);
        bool done = descriptor >= 0 && Fsync(descriptor) == 0;
        if (descriptor >= 0)
        {
            _ = Close(descriptor);
        }

        if (!done)
        {
            throw new IOException($"the disk did not confirm the folder '{folder}' (error {Marshal.GetLastPInvokeError()})");
        }
    }

    private static void Confirm(SafeHandle handle, string path)
    {
        if (OperatingSystem.IsLinux() && Fsync((int)handle.DangerousGetHandle()) != 0)
        {
            throw new IOException($"the disk did not confirm '{path}' (error {Marshal.GetLastPInvokeError()})");
        }
    }

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
