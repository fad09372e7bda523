using System.Collections.Immutable;

namespace Probity.Ledger;

/// <summary>What holding a checkpoint against a policy came to.</summary>
/// <param name="Checkpoint">What it says; null where it is no checkpoint of a log that the policy accepts.</param>
/// <param name="Cosigned">Witnesses of the policy whose cosignature it carries.</param>
/// <param name="Missing">The policy's other witnesses.</param>
/// <param name="Reason">Why it is not to be believed; null where it is.</param>
public sealed record PolicyVerdict(Checkpoint? Checkpoint, ImmutableArray<PolicyWitness> Cosigned, ImmutableArray<PolicyWitness> Missing, string? Reason)
{
    /// <summary>Whether the checkpoint is to be believed.</summary>
    public bool IsSatisfied => Reason is null;

    internal static PolicyVerdict Refuse(string reason) => new(null, [], [], reason);
}
