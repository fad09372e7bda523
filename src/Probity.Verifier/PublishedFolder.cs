namespace Probity.Verifier;

/// <summary>A folder that "probity ledger export" wrote, or a copy of one.</summary>
/// <param name="folder">Where the checkpoint stands.</param>
public sealed class PublishedFolder(string folder) : IPublicFiles
{
    /// <inheritdoc/>
    public async Task<byte[]?> ReadAsync(string path, int maxBytes, CancellationToken cancelled)
    {
        var file = new FileInfo(Path.Combine(folder, path));
        if (!file.Exists)
        {
            return null;
        }

        if (file.Length > maxBytes)
        {
            throw new FindingException(Findings.TooLarge, $"'{file.FullName}' has {file.Length} bytes; such a file has at most {maxBytes}");
        }

        try
        {
            return await File.ReadAllBytesAsync(file.FullName, cancelled).ConfigureAwait(false);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new FindingException(Findings.Unreachable, $"'{file.FullName}' cannot be read: {trouble.Message}");
        }
    }
}
