namespace Probity.Linking;

/// <summary>
/// A file that appears under its name only once it is whole: it is written beside it and moved. What cannot be written is found out when it is opened,
/// before any work is done for it. A device, such as /dev/stdout, is written straight.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private readonly string _path;
    private readonly string _written;
    private bool _whole;

    private OutputFile(string path, string written) => (_path, _written, Writer) = (path, written, new StreamWriter(written));

    /// <summary>Where its text goes; until <see cref="Complete"/>.</summary>
    public StreamWriter Writer { get; }

    /// <summary>Opens a file; null and why not, with what to do, where it cannot be written.</summary>
    public static OutputFile? Open(string path, out string problem)
    {
        problem = path.Trim().Length == 0 ? "the name of the file to write is empty"
            : Directory.Exists(path) ? $"'{path}' is a folder; name a file in it, such as '{Path.Combine(path, "clusters.csv")}'"
            : Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder) ? $"there is no folder '{folder}' for '{path}'; make it, or name another file"
            : "";
        if (problem.Length > 0)
        {
            return null;
        }

        bool device = Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal);
        string target = device ? path : LinkOutput.PathOf(path);
        try
        {
            return new OutputFile(target, device ? target : target + ".part");
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            problem = Told(path, trouble);
            return null;
        }
    }

    /// <summary>Puts the file in its place.</summary>
    /// <exception cref="IOException">The disk is full or broken; nothing is left of the file, and what stood in its place still does.</exception>
    public void Complete()
    {
        Writer.Dispose();
        if (_written != _path)
        {
            File.Move(_written, _path, overwrite: true);
        }

        _whole = true;
    }

    /// <summary>What is told of a file that could not be written.</summary>
    public static string Told(string path, Exception trouble) => $"'{path}' cannot be written ({trouble.Message.TrimEnd('.')}); free some space, give this user the right, or name another file";

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_whole)
        {
            return;
        }

        try
        {
            Writer.Dispose();
        }
        catch (IOException)
        {
            // what is thrown away need not be written out
        }

        if (_written != _path)
        {
            File.Delete(_written);
        }
    }
}
