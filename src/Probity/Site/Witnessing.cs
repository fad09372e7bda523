using System.Collections.Immutable;
using Probity.Ledger;

namespace Probity.Site;

/// <summary>Who of a policy's witnesses cosigned a checkpoint that is shown.</summary>
/// <param name="Witnesses">All that the policy names, in its order.</param>
/// <param name="Quorum">How many of which are enough, in words.</param>
public sealed record Witnessing(ImmutableArray<(PolicyWitness Witness, bool HasCosigned)> Witnesses, string Quorum)
{
    /// <summary>What a log's policy says of a checkpoint; null where it has none.</summary>
    /// <exception cref="LedgerRefusedException">The policy cannot be read.</exception>
    public static Witnessing? Of(TransparencyLog log, SignedCheckpoint checkpoint)
    {
        if (log.Policy() is not { } policy)
        {
            return null;
        }

        ImmutableArray<PolicyWitness> cosigned = policy.Judge(SignedNote.Parse(checkpoint.Note)!, log.Key).Cosigned;
        return new Witnessing([.. policy.Witnesses.Select(one => (one, cosigned.Contains(one)))], policy.Quorum.ToString()!);
    }
}
