namespace Probity.Verifier;

/// <summary>A file that the auditor named on the command line: a regular one or a pipe, of which no more is read than such a file can have.</summary>
internal static class NamedFile
{
    /// <summary>Its bytes; null where there is none that can be read, or where it is longer.</summary>
    /// <param name="path">As it was named.</param>
    /// <param name="maxBytes">What such a file has at most.</param>
    public static byte[]? Read(string path, int maxBytes)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] bytes = new byte[maxBytes + 1];
            int read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return read > maxBytes ? null : bytes[..read];
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
