namespace Probity.Tests.Support;

/// <summary>A folder of a test's own, gone when the test ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>Where it is.</summary>
    public string FullName { get; } = Directory.CreateTempSubdirectory("probity-test-").FullName;

    /// <summary>A path inside it.</summary>
    public string this[string relative] => Path.Combine(FullName, relative);

    /// <summary>Writes a file into it and returns its path.</summary>
    public string Write(string relative, string content)
    {
        string path = this[relative];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
