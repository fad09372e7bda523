using System.Runtime.InteropServices;

namespace Probity.Verifier;

/// <summary>What stands at a path.</summary>
internal enum FileKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A regular file.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link, wherever it leads.</summary>
    Link,

    /// <summary>A pipe, a device or a socket.</summary>
    Other,
}

/// <summary>Tells what stands at a path without opening it. .NET takes pipes and devices for files, so on Linux the system is asked.</summary>
internal static partial class FileKinds
{
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint TypeWanted = 1;
    private const int ModeAt = 28;
    private const int TypeMask = 0xF000;
    private const int NoSuchFile = 2;
    private const int NotAFolder = 20;

    /// <summary>What stands at a path; a link is not followed.</summary>
    /// <exception cref="IOException">The system does not say.</exception>
    public static FileKind Of(string path) => OperatingSystem.IsLinux() ? OfLinux(path) : OfElsewhere(path);

    /// <summary>In words.</summary>
    public static string NameOf(FileKind kind) => kind switch
    {
        FileKind.Regular => "a file",
        FileKind.Folder => "a folder",
        FileKind.Link => "a symbolic link",
        FileKind.Other => "a pipe, a device or a socket",
        _ => "nothing",
    };

    private static FileKind OfLinux(string path)
    {
        Span<byte> status = stackalloc byte[256];
        if (Statx(CurrentFolder, path, NoFollow, TypeWanted, ref MemoryMarshal.GetReference(status)) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            return error is NoSuchFile or NotAFolder ? FileKind.None : throw new IOException($"'{path}': {Marshal.GetPInvokeErrorMessage(error)}");
        }

        return (MemoryMarshal.Read<ushort>(status[ModeAt..]) & TypeMask) switch
        {
            0x8000 => FileKind.Regular,
            0x4000 => FileKind.Folder,
            0xA000 => FileKind.Link,
            _ => FileKind.Other,
        };
    }

    private static FileKind OfElsewhere(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is not null ? FileKind.Link : file.Exists ? FileKind.Regular : Directory.Exists(path) ? FileKind.Folder : FileKind.None;
    }

    /// <summary>statx(2): the same layout on every architecture, unlike stat(2).</summary>
    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte status);
}
