using System.Runtime.InteropServices;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Linkage;
using Probity.Register;

namespace Probity.Pipeline;

/// <summary>Where a ledger's identities stand, what was concluded of them, and what is new since the last linkage.</summary>
internal sealed class LedgerRecords
{
    private readonly Dictionary<RecordId, Places> _places = [];
    private readonly HashSet<RecordId> _changed = [];

    private LedgerRecords()
    {
    }

    /// <summary>What was concluded and judged.</summary>
    public LinkageHistory History { get; } = new();

    /// <summary>The last linkage; null before the first.</summary>
    public LastLinkage? Last { get; private set; }

    /// <summary>SHA-256 of the weights last published; null before the first.</summary>
    public Digest? Model { get; private set; }

    /// <summary>Records judged since the last linkage.</summary>
    public HashSet<RecordId> Judged { get; } = [];

    /// <summary>Whether a record or a judgement came or changed since the last linkage.</summary>
    public bool HasNews => _changed.Count > 0 || Judged.Count > 0;

    /// <summary>The latest identity of each record.</summary>
    public IEnumerable<long> Latest => _places.Values.Select(places => places.Latest);

    /// <summary>Records that the last linkage did not know.</summary>
    public HashSet<RecordId> New => [.. _changed.Where(record => _places[record].Former < 0)];

    /// <summary>Of records that changed since the last linkage, the identity that it knew.</summary>
    public IEnumerable<long> Former => _changed.Select(record => _places[record].Former).Where(index => index >= 0);

    /// <summary>The records of a source as the ledger knows them.</summary>
    public IReadOnlyList<IdentityRecord> IdentitiesOf(string source, TransparencyLog log) =>
        [.. _places.Where(one => one.Key.Source == source).Select(one => one.Value.Latest).Order().Chunk(4_096).SelectMany(some => log.ReadMany(some))
            .Select(entry => new IdentityRecord(entry.Statement.About, entry.Statement.Subject!.Value, entry.Statement.Body))];

    /// <summary>The entry in which a record was first seen.</summary>
    public long FirstSeen(RecordId record) => _places[record].First;

    /// <summary>Reads a ledger.</summary>
    public static LedgerRecords Read(TransparencyLog log)
    {
        var records = new LedgerRecords();
        var concluded = new List<long>();
        var identities = new List<(RecordId Record, long Index)>();
        Statement? model = null;
        foreach ((long index, StatementHead head) in log.ReadHeads(0, log.Size))
        {
            switch (head.Kind)
            {
                case StatementKind.Identity:
                    identities.Add((head.About, index));
                    break;
                case StatementKind.Linkage or StatementKind.Judgement:
                    concluded.Add(index);
                    break;
                case StatementKind.Publication when head.About.Record == RegisterLinking.ModelType:
                    model = log.Read(index).Statement;
                    break;
            }
        }

        foreach (Entry entry in concluded.Chunk(4_096).SelectMany(some => log.ReadMany(some)))
        {
            records.History.Add(entry);
            records.Last = LastLinkage.Of(entry.Statement) ?? records.Last;
        }

        records.Take(identities);
        records.Model = model is null ? null : Publication.DocumentOf(model);
        return records;
    }

    private void Take(List<(RecordId Record, long Index)> identities)
    {
        long linked = Last?.Size ?? 0;
        foreach ((RecordId record, long index) in identities)
        {
            ref Places places = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, record, out bool known);
            places = known ? places with { Latest = index } : new Places(index, index, -1);
            if (index < linked)
            {
                places = places with { Former = index };
            }
            else
            {
                _changed.Add(record);
            }
        }

        foreach (RecordJudgement judgement in History.Judgements.Where(one => one.Order >= linked))
        {
            Judged.Add(judgement.One);
            Judged.Add(judgement.Other);
        }
    }

    /// <summary>Where a record's first and latest identities stand, and the latest that the last linkage knew (−1 where none).</summary>
    private readonly record struct Places(long First, long Latest, long Former);
}
