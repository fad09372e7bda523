using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Probity.Rating.Model;

namespace Probity.Rating.Columns;

/// <summary>
/// The statements of one evidence type, sorted by organisation, then day (those without one first), then place in the ledger. Of each slot
/// only the latest statement stands here. Statements that an engine must set aside as unreadable keep their row: they can still have expired.
/// </summary>
internal sealed record EvidenceColumns(EvidenceType Type)
{
    /// <summary>The number that stands for no day.</summary>
    public const int NoDay = -1;

    /// <summary>For each organisation its first row, and one more behind the last: 32-bit numbers.</summary>
    public required ReadOnlyMemory<byte> Starts { get; init; }

    /// <summary>Day numbers; <see cref="NoDay"/> for none.</summary>
    public required PackedNumbers Days { get; init; }

    /// <summary>Ledger indexes.</summary>
    public required PackedNumbers Sequence { get; init; }

    /// <summary>1 where the statement is readable by the methodology, 0 where it must be set aside.</summary>
    public required PackedNumbers Readable { get; init; }

    /// <summary>The source's own names for the facts.</summary>
    public required FieldColumn Items { get; init; }

    /// <summary>The fields in the order of the type's declaration.</summary>
    public required ImmutableArray<FieldColumn> Fields { get; init; }

    /// <summary>First rows by organisation, and the number of rows behind them.</summary>
    public ReadOnlySpan<int> FirstRows => MemoryMarshal.Cast<byte, int>(Starts.Span);

    /// <summary>How many rows.</summary>
    public int Rows => Days.Count;
}
