using System.Globalization;
using Probity.Evidence;
using Probity.Linkage;
using Probity.Register;

namespace Probity.Pipeline;

/// <summary>
/// The evidence between any two records under the weights of the last linkage, also of a pair that its report does not list. All records are compared at
/// the first question after each run.
/// </summary>
/// <param name="reader">The register.</param>
internal sealed class PairEvidence(RegisterReader reader)
{
    /// <summary>Records up to which a page may wait for all of them to be compared: some seconds.</summary>
    private const int MostRecords = 100_000;

    private readonly Lock _making = new();
    private (AsOf At, Relinking? Linked)? _made;

    /// <summary>The evidence, or else why there is none, as a sentence.</summary>
    public (LinkedPair? Pair, string WhyNone) Of(JudgedRecord one, JudgedRecord other)
    {
        if (one.Subject != other.Subject)
        {
            return (null, $"One is of kind {KindNames.Of(one.Subject)}, the other of kind {KindNames.Of(other.Subject)}: records of different kinds are never compared.");
        }

        if (reader.Linkage.LastRun(reader.Current) is not { } stated)
        {
            return (null, "This register does not link records.");
        }

        if ((int)stated.Report["records"]! is > MostRecords and var records)
        {
            return (null, string.Create(CultureInfo.InvariantCulture, $"This register has {records:N0} records; of pairs that the last run did not list, the evidence is computed here up to {MostRecords:N0}."));
        }

        return Now()?.Explain(one.Record, other.Record) is { } pair ? (pair, "") : (null, "The last linkage weighed evidence by other weights than this program learns from these records; the next run that brings something new learns them anew.");
    }

    private Relinking? Now()
    {
        AsOf at = reader.Current;
        lock (_making)
        {
            _made = _made is { } made && made.At == at ? made : (at, Make(at));
            return _made.Value.Linked;
        }
    }

    private Relinking? Make(AsOf at)
    {
        LedgerRecords ledger = LedgerRecords.Read(reader.Log);
        if (ledger.Last is not { } last || reader.Linkage.Specification(at) is not { } specification)
        {
            return null;
        }

        Relinking linked = Relinking.Of(new LinkageQuestion(specification, last.Specification, RegisterLinking.Identities(reader.Log, ledger.Latest), ledger.History.Judgements, ledger.History));
        return linked.Model.Digest == last.Model ? linked : null;
    }
}
