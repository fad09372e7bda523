using System.Collections.Concurrent;

namespace Probity.Verifier.Tests;

/// <summary>Published files that remember what was asked for; some may be made not to arrive.</summary>
internal sealed class RememberedFiles(IPublicFiles files) : IPublicFiles
{
    private readonly ConcurrentQueue<string> _asked = new();

    /// <summary>A file that cannot be had.</summary>
    public string? Refused { get; set; }

    /// <summary>What is answered the first time that the checkpoint is asked for; later it is the file.</summary>
    public byte[]? FirstCheckpoint { get; set; }

    public IEnumerable<string> Asked => _asked;

    public Task<byte[]?> ReadAsync(string path, int maxBytes, CancellationToken cancelled)
    {
        _asked.Enqueue(path);
        if (path == "checkpoint" && FirstCheckpoint is { } first)
        {
            FirstCheckpoint = null;
            return Task.FromResult<byte[]?>(first);
        }

        return path == Refused ? throw new FindingException(Findings.Unreachable, path) : files.ReadAsync(path, maxBytes, cancelled);
    }
}
