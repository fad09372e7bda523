using System.Buffers;
using System.Buffers.Binary;
using Probity.Evidence;

namespace Probity.Ledger;

/// <summary>
/// Statements made ready to be appended together: their bytes one behind the other, their hashes, and what each is about. Made on any thread, which keeps the writing
/// thread free for the disk, and used by one thread at a time.
/// </summary>
public sealed class EntryBatch
{
    /// <summary>The byte that a leaf is hashed behind (RFC 6962, section 2.1); each entry's bytes stand behind their own.</summary>
    private const byte LeafPrefix = 0;

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<(int Start, int Length, ulong Slot, Digest Leaf, bool IsRedaction)> _entries = [];
    private Dictionary<int, Statement>? _unsealed;

    /// <summary>How many statements there are.</summary>
    public int Count => _entries.Count;

    /// <summary>Adds a statement behind the others.</summary>
    public void Add(Statement statement)
    {
        if (statement.Redactable.Count > 0)
        {
            (_unsealed ??= []).Add(_entries.Count, statement);
            _entries.Add((0, 0, statement.Slot.Key(), default, false));
            return;
        }

        _entries.Add(Written(statement));
    }

    /// <summary>Empties the batch, which keeps its memory for the next.</summary>
    public void Clear()
    {
        _bytes.ResetWrittenCount();
        _entries.Clear();
        _unsealed = null;
    }

    /// <summary>The statement at a place whose redactable texts wait for their commitments, which only the writer can give; null where it has its bytes.</summary>
    internal Statement? UnsealedAt(int place) => _unsealed?.GetValueOrDefault(place);

    /// <summary>Writes out a statement that has its commitments now.</summary>
    internal void Seal(int place, Statement statement) => _entries[place] = Written(statement);

    internal ulong SlotOf(int place) => _entries[place].Slot;

    /// <summary>An entry's bytes; valid as long as nothing is added.</summary>
    internal ReadOnlySpan<byte> BodyOf(int place) => _bytes.WrittenSpan.Slice(_entries[place].Start + 1, _entries[place].Length - 1);

    internal Digest LeafOf(int place) => _entries[place].Leaf;

    /// <summary>The first 8 bytes of an entry's leaf hash.</summary>
    internal ulong Leaf8Of(int place)
    {
        Span<byte> bytes = stackalloc byte[Digest.Length];
        LeafOf(place).CopyTo(bytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    /// <summary>Whether a statement is a redaction, well formed or not.</summary>
    internal bool IsRedaction(int place) => _entries[place].IsRedaction;

    private (int Start, int Length, ulong Slot, Digest Leaf, bool IsRedaction) Written(Statement statement)
    {
        int start = _bytes.WrittenCount;
        _bytes.Write([LeafPrefix]);
        statement.WriteTo(_bytes);
        return (start, _bytes.WrittenCount - start, statement.Slot.Key(), Digest.Of(_bytes.WrittenSpan[start..]), Redaction.IsOne(statement));
    }
}
