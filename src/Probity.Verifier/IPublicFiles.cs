namespace Probity.Verifier;

/// <summary>What a register publishes, wherever it is kept: the only thing a verification reads of it.</summary>
public interface IPublicFiles
{
    /// <summary>The bytes of a file; null where the register has none of that name.</summary>
    /// <param name="path">Such as "checkpoint" or "tile/0/000".</param>
    /// <param name="maxBytes">The most it may have; reading stops there.</param>
    /// <param name="cancelled">Stops reading.</param>
    /// <exception cref="FindingException">It cannot be had, or is longer.</exception>
    Task<byte[]?> ReadAsync(string path, int maxBytes, CancellationToken cancelled);
}
