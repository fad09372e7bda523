using Probity.Ledger;

namespace Probity.Verifier;

/// <summary>What makes a verifier believe a checkpoint: a key it got from elsewhere than from whoever serves the log.</summary>
public abstract record Trust
{
    private Trust()
    {
    }

    /// <summary>The log's key or keys in one line, by which a folder of earlier verifications is told from another log's; which witnesses are asked for may change.</summary>
    public abstract string Name { get; }

    /// <summary>The log's own key, and nobody else's word.</summary>
    /// <param name="Verifier">The key; its name is the log's origin.</param>
    public sealed record LogKey(VerifierKey Verifier) : Trust
    {
        /// <inheritdoc/>
        public override string Name => Verifier.ToString();
    }

    /// <summary>The log's key and enough witnesses: neither the log nor any one witness can show another history.</summary>
    /// <param name="Rules">The policy; it names at least one log.</param>
    public sealed record Policy(TlogPolicy Rules) : Trust
    {
        /// <inheritdoc/>
        public override string Name => string.Join(' ', Rules.Logs.Select(log => log.Key.ToString()));
    }
}
