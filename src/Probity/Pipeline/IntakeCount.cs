using Probity.Evidence;
using Probity.Ledger;
using Probity.Sources;

namespace Probity.Pipeline;

/// <summary>What an intake read and what became of it. Reading and appending count different fields, one thread each.</summary>
internal sealed class IntakeCount
{
    private const int SamplesKept = 10;
    private readonly Dictionary<string, long> _byCode = new(StringComparer.Ordinal);
    private readonly List<Rejection> _samples = [];

    /// <summary>Records read; rejections of whole files are none. Owned by the reading thread.</summary>
    public long Records { get; private set; }

    /// <summary>Records that did not become statements. Owned by the reading thread.</summary>
    public long RejectedRecords { get; private set; }

    /// <summary>Whether a file or address could not be read to its end. Owned by the reading thread.</summary>
    public bool Incomplete { get; private set; }

    /// <summary>Statements given to the ledger. Owned by the appending thread.</summary>
    public long Statements { get; private set; }

    /// <summary>Statements that were news. Owned by the appending thread.</summary>
    public long Appended { get; private set; }

    /// <summary>Rejections by code. Owned by the reading thread.</summary>
    public IReadOnlyDictionary<string, long> ByCode => _byCode;

    /// <summary>The first rejections. Owned by the reading thread.</summary>
    public IReadOnlyList<Rejection> Samples => _samples;

    /// <summary>Counts what was read.</summary>
    public void Add(SourceRecord record)
    {
        bool isFile = record.IsFile;
        Records += isFile ? 0 : 1;
        RejectedRecords += !isFile && record.Rejections.Length > 0 ? 1 : 0;
        Incomplete |= isFile && record.Rejections.Length > 0;
        foreach (Rejection rejection in record.Rejections)
        {
            _byCode[rejection.Code] = _byCode.GetValueOrDefault(rejection.Code) + 1;
            if (_samples.Count < SamplesKept)
            {
                _samples.Add(rejection);
            }
        }
    }

    /// <summary>Counts what was appended.</summary>
    public void Add(EntryBatch batch, AppendResult result)
    {
        Statements += batch.Count;
        Appended += result.Appended;
    }
}
