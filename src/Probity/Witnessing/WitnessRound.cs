using Probity.Ledger;
using Probity.Ledger.Witnessing;

namespace Probity.Witnessing;

/// <summary>Asking a log's witnesses over the network, as every command does that signs.</summary>
internal static class WitnessRound
{
    /// <summary>Has the last signed checkpoint cosigned, and published once the cosignatures are enough; null where the log asks no witness.</summary>
    /// <exception cref="LedgerRefusedException">The log was never signed, or its policy cannot be read.</exception>
    public static RoundOutcome? Ask(TransparencyLog log, CancellationToken cancelled)
    {
        using var client = new WitnessClient(WitnessClient.UsualPatience);
        return new CosigningRound(log, client).Run(cancelled).GetAwaiter().GetResult();
    }
}
