using System.Collections.Immutable;

namespace Probity.Ledger;

/// <summary>Which witnesses together are enough (C2SP tlog-policy, "quorum" and "group").</summary>
public abstract record Quorum
{
    private Quorum()
    {
    }

    /// <summary>Whether these witnesses are enough.</summary>
    /// <param name="hasCosigned">Whether a witness has cosigned.</param>
    public abstract bool IsMet(Func<PolicyWitness, bool> hasCosigned);

    /// <summary>No witness is needed.</summary>
    public sealed record None : Quorum
    {
        /// <inheritdoc/>
        public override bool IsMet(Func<PolicyWitness, bool> hasCosigned) => true;

        /// <inheritdoc/>
        public override string ToString() => "no witness";
    }

    /// <summary>This witness.</summary>
    /// <param name="Witness">Which.</param>
    public sealed record One(PolicyWitness Witness) : Quorum
    {
        /// <inheritdoc/>
        public override bool IsMet(Func<PolicyWitness, bool> hasCosigned) => hasCosigned(Witness);

        /// <inheritdoc/>
        public override string ToString() => Witness.Name;
    }

    /// <summary>At least so many of these.</summary>
    /// <param name="Name">The group's name in its policy.</param>
    /// <param name="Threshold">1 to the number of members.</param>
    /// <param name="Members">Witnesses or groups, in the order of the file; at least one.</param>
    public sealed record Group(string Name, int Threshold, ImmutableArray<Quorum> Members) : Quorum
    {
        /// <inheritdoc/>
        public override bool IsMet(Func<PolicyWitness, bool> hasCosigned) => Members.Count(one => one.IsMet(hasCosigned)) >= Threshold;

        /// <inheritdoc/>
        public override string ToString() => $"{Threshold} of ({string.Join(", ", Members)})";
    }
}
