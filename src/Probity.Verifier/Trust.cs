using Probity.Ledger;

namespace Probity.Verifier;

/// <summary>What makes a verifier believe a checkpoint: a key it got from elsewhere than from whoever serves the log.</summary>
public abstract record Trust
{
    private Trust()
    {
    }

    /// <summary>What it comes to in one line, by which a folder of earlier verifications is told from another log's.</summary>
    public abstract string Name { get; }

    /// <summary>The log's own key, and nobody else's word.</summary>
    /// <param name="Verifier">The key; its name is the log's origin.</param>
    public sealed record LogKey(VerifierKey Verifier) : Trust
    {
        /// <inheritdoc/>
        public override string Name => Verifier.ToString();
    }
}
