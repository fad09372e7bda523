namespace Probity.Ledger.Witnessing;

/// <summary>What asking a witness came to.</summary>
public abstract record WitnessReport
{
    private WitnessReport(PolicyWitness witness) => Witness = witness;

    /// <summary>Which witness.</summary>
    public PolicyWitness Witness { get; }

    /// <summary>The answer in words, without the witness' name.</summary>
    public abstract string Words { get; }

    /// <summary>It cosigned, and the cosignature verifies.</summary>
    public sealed record Cosigned(PolicyWitness Asked, Cosignature Given) : WitnessReport(Asked)
    {
        /// <inheritdoc/>
        public override string Words => "cosigned";
    }

    /// <summary>It answered, and not with a cosignature.</summary>
    /// <param name="Asked">Which witness.</param>
    /// <param name="Status">The HTTP status.</param>
    /// <param name="Reason">What that means and what to do.</param>
    public sealed record Refused(PolicyWitness Asked, int Status, string Reason) : WitnessReport(Asked)
    {
        /// <inheritdoc/>
        public override string Words => $"answered {Status}: {Reason}";
    }

    /// <summary>It gave no answer in time, or the policy has no address for it.</summary>
    /// <param name="Asked">Which witness.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Unreached(PolicyWitness Asked, string Reason) : WitnessReport(Asked)
    {
        /// <inheritdoc/>
        public override string Words => $"gave no answer: {Reason}";
    }
}
