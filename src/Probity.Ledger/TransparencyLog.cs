using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Probity.Evidence;
using Probity.Ledger.Witnessing;

namespace Probity.Ledger;

/// <summary>
/// The append-only log of statements in a data folder. One process writes at a time; any number read beside it. Reading is safe for many threads,
/// and so are appending and signing, which take turns.
/// </summary>
public sealed class TransparencyLog : IDisposable
{
    private readonly string _folder;
    private readonly LogWriter? _writer;
    private readonly ConcurrentBag<SqliteLogStore> _idle = [];
    private readonly ShownOpenings _shown;

    private TransparencyLog(string folder, LogWriter? writer)
    {
        (_folder, _writer) = (folder, writer);
        _shown = new ShownOpenings(this);
    }

    /// <summary>Opens a log for writing; makes it, with a key of its own, where there is none.</summary>
    /// <exception cref="LedgerRefusedException">It is in use, newer, damaged, older than its own last checkpoint, of another origin, or the disk refuses.</exception>
    public static TransparencyLog Open(string folder, LogOptions options)
    {
        LogWriter writer = LogWriter.Open(folder, options);
        return new TransparencyLog(folder, writer);
    }

    /// <summary>Makes the key of a log that is to come, so that its verifier key can be handed out before the first entry.</summary>
    /// <param name="folder">The data folder; made where it is absent.</param>
    /// <param name="origin">The log's name.</param>
    /// <exception cref="LedgerRefusedException">There is a key already; nothing was changed.</exception>
    public static VerifierKey CreateKey(string folder, string origin) => LogKeys.Create(folder, origin);

    /// <summary>The verifier key of the log in a folder, whether or not it has entries.</summary>
    /// <exception cref="LedgerRefusedException">There is none.</exception>
    public static VerifierKey KeyIn(string folder) => LogKeys.Verifier(folder)
        ?? throw new LedgerRefusedException(LedgerRefusals.Missing, $"'{LogKeys.VerifierPath(folder)}' holds no verifier key; make one with 'probity ledger key new REGISTER --data {folder}', or end a run");

    /// <summary>Opens a log for reading, beside a writer or alone.</summary>
    /// <exception cref="LedgerRefusedException">There is none, it is newer, or it cannot be read.</exception>
    public static TransparencyLog OpenForReading(string folder)
    {
        if (!File.Exists(Path.Combine(folder, SqliteLogStore.FileName)))
        {
            throw LedgerRefusedException.Missing(folder);
        }

        var log = new TransparencyLog(folder, null);
        log.Ask(static store => store.CountEntries());
        return log;
    }

    /// <summary>Opens a log for reading, in order to show others what is in it: one that does not extend its last signed checkpoint, such as a restored backup, is refused.</summary>
    /// <exception cref="LedgerRefusedException">There is none, it is newer, cannot be read, or is older than its own last checkpoint.</exception>
    public static TransparencyLog OpenToPublish(string folder)
    {
        TransparencyLog log = OpenForReading(folder);
        TransparencyLog? refused = log;
        try
        {
            SignedCheckpoint? signed = log.SignedApart();
            log.Ask(store =>
            {
                SignedPromise.Require(folder, signed, store);
                return true;
            });
            refused = null;
            return log;
        }
        finally
        {
            refused?.Dispose();
        }
    }

    /// <summary>How many entries are on disk.</summary>
    public long Size => Ask(static store => store.CountEntries());

    /// <summary>The key that verifies the log's checkpoints.</summary>
    public VerifierKey Key => KeyIn(_folder);

    /// <summary>Appends statements that are news, in their order; durable and all together when this returns.</summary>
    /// <exception cref="LedgerRefusedException">The disk refused; none of them was appended.</exception>
    /// <exception cref="InvalidOperationException">The log was opened for reading.</exception>
    public AppendResult Append(IReadOnlyList<Statement> statements)
    {
        var batch = new EntryBatch();
        foreach (Statement statement in statements)
        {
            batch.Add(statement);
        }

        return Append(batch);
    }

    /// <summary>Appends a batch's statements that are news, in their order; durable and all together when this returns.</summary>
    /// <exception cref="LedgerRefusedException">The disk refused; none of them was appended.</exception>
    /// <exception cref="InvalidOperationException">The log was opened for reading.</exception>
    public AppendResult Append(EntryBatch batch) => Writer.Append([batch])[0];

    /// <summary>
    /// Appends a batch's statements that are news together with what others ask to append at the same moment: one transaction and one confirmation by the disk
    /// for all of them, in the order in which they arrived. For many writers; safe for many threads. The batch belongs to the log until the answer.
    /// </summary>
    /// <returns>Answered when the statements are on disk. Fails with <see cref="LedgerRefusedException"/> where the disk refused: none of them was appended.</returns>
    /// <exception cref="LedgerRefusedException">More appends wait than may (<see cref="LedgerRefusals.Busy"/>).</exception>
    /// <exception cref="InvalidOperationException">The log was opened for reading, or is closed.</exception>
    public Task<AppendResult> AppendAsync(EntryBatch batch) => Writer.Enqueue(batch);

    /// <summary>
    /// Redacts fields of an entry, and of every entry of its slot: appends the statement, then erases values and salts (formats/redaction.md). Both are on disk when this returns; where the
    /// erasure fails, it is completed when the log is next opened for writing.
    /// </summary>
    /// <returns>The entry of the redaction.</returns>
    /// <exception cref="LedgerRefusedException">
    /// It rests on one role alone (guard-rail G18), says nothing whole, the entry commits to no such field, all of them are redacted already, nothing could be signed afterwards, or the disk
    /// refused; unless it was the disk, nothing was changed.
    /// </exception>
    public long Redact(Redaction redaction, Provenance stated, DateOnly on)
    {
        Statement statement = redaction.ToStatement(stated, on);
        _shown.RequireRedactable(redaction, statement);
        return Writer.Redact(statement);
    }

    /// <summary>
    /// The openings of redactable fields of entries from … to − 1, in the order of entries and fields. What the ledger says was redacted is not among them, whatever is kept of it.
    /// </summary>
    public IReadOnlyList<(long Index, Opening Opening)> Openings(long from, long to) => _shown.Read(from, to);

    /// <summary>The entries that are redactions, well formed or not, in their order.</summary>
    public IReadOnlyList<long> Redactions() => Ask(static store => store.Redactions());

    /// <summary>What there is to say of each redactable field of an entry, in the order of their names; empty where it has none.</summary>
    public IReadOnlyList<FieldState> FieldsOf(Entry entry) => _shown.StatesOf(entry);

    /// <summary>All that is kept of redactable fields of entries from … to − 1, in the order of entries and fields, also what should have been erased.</summary>
    internal IReadOnlyList<KeptOpening> KeptOpenings(long from, long to) => AskOpenings(store => store.Read(from, to));

    /// <summary>In which runs of 256 entries anything is kept of redactable fields, in their order.</summary>
    internal IReadOnlyList<long> OpeningBundles() => AskOpenings(static store => store.Bundles());

    /// <summary>Keeps a document beside the log under its SHA-256.</summary>
    public Digest PutDocument(byte[] document) => Writer.PutDocument(document);

    /// <summary>Begins what <see cref="Sign"/> takes longest for, on another thread: reading back the entries now on disk. Other work can be done meanwhile.</summary>
    public void PrepareToSign() => Writer.BeginReadingBack();

    /// <summary>
    /// Signs all entries. The root is computed a second time from the entries read back; one that differs is never signed. Where the last checkpoint
    /// already covers all entries, that one is answered.
    /// </summary>
    public SignedCheckpoint Sign(DateTimeOffset at) => Writer.Sign(at, this);

    /// <summary>A document kept under its SHA-256; null where there is none.</summary>
    public byte[]? FindDocument(Digest hash) => Ask(store => store.FindDocument(hash));

    /// <summary>An entry.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no entry of that number.</exception>
    public Entry Read(long index) => EntryOf(index, ReadBytes(index));

    /// <summary>An entry's exact bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no entry of that number.</exception>
    public byte[] ReadBytes(long index) => Ask(store => store.FindEntry(index)) ?? throw new ArgumentOutOfRangeException(nameof(index), index, "there is no such entry");

    /// <summary>The entries of some numbers, in the order asked for. Numbers that ascend and stand close together are read in one sweep.</summary>
    /// <exception cref="LedgerRefusedException">One of them is missing or no statement.</exception>
    public IReadOnlyList<Entry> ReadMany(IReadOnlyList<long> indexes) => Ask(store =>
    {
        var entries = new Entry[indexes.Count];
        if (StandClose(indexes))
        {
            int found = 0;
            foreach (Entry? entry in store.Entries(indexes[0], indexes[^1] + 1, (index, body) => indexes[found] == index ? EntryOf(index, body) : (Entry?)null))
            {
                if (entry is { } one)
                {
                    entries[found++] = one;
                }
            }

            return found == entries.Length ? entries : throw Missing(indexes[found]);
        }

        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = EntryOf(indexes[i], store.FindEntry(indexes[i]) ?? throw Missing(indexes[i]));
        }

        return entries;
    });

    /// <summary>The heads of entries from … to − 1, streamed in order: what they are and which record they are about.</summary>
    /// <exception cref="LedgerRefusedException">One of them is no statement.</exception>
    public IEnumerable<(long Index, StatementHead Head)> ReadHeads(long from, long to) => Sweep(from, to, static (index, body) =>
        StatementHead.TryRead(body, out StatementHead head, out string problem)
            ? (index, head)
            : throw new LedgerRefusedException(LedgerRefusals.Corrupt, $"entry {index} is no statement: {problem}"));

    /// <summary>Entries from … to − 1, streamed in order.</summary>
    public IEnumerable<Entry> ReadRange(long from, long to) => Sweep(from, to, static (index, body) => EntryOf(index, body));

    /// <summary>The exact bytes of entries from … to − 1, streamed in order.</summary>
    public IEnumerable<(long Index, byte[] Body)> ReadRangeBytes(long from, long to) => Sweep(from, to, static (index, body) => (index, body.ToArray()));

    /// <summary>The RFC 6962 root over all entries on disk.</summary>
    public Digest Root() => RootAt(Size);

    /// <summary>The RFC 6962 root over the first entries.</summary>
    public Digest RootAt(long size) => Ask(store => MerkleTree.RangeHash(0, size, PerfectIn(store)));

    /// <summary>The audit path of an entry in the tree of a size.</summary>
    public IReadOnlyList<Digest> ProveInclusion(long index, long size) => Ask(store => MerkleTree.InclusionProof(index, size, PerfectIn(store)));

    /// <summary>The proof that the tree of the second size only adds to that of the first.</summary>
    public IReadOnlyList<Digest> ProveConsistency(long first, long second) => Ask(store => MerkleTree.ConsistencyProof(first, second, PerfectIn(store)));

    /// <summary>Every signed checkpoint, oldest first; empty before the first.</summary>
    public IReadOnlyList<SignedCheckpoint> Checkpoints() => [.. Ask(static store => store.Checkpoints()).Select(one =>
        DateTimeOffset.TryParse(one.At, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset at) && LogKeys.ReadSigned(one.Note, at) is { } signed && signed.Size == one.Size
            ? signed
            : throw new LedgerRefusedException(LedgerRefusals.Corrupt, $"the stored checkpoint of {one.Size} entries cannot be read: it was changed"))];

    /// <summary>The last signed checkpoint; null before the first.</summary>
    public SignedCheckpoint? LastCheckpoint() => Ask(static store => store.LastCheckpoint()) is { } last ? Read(last) : null;

    /// <summary>
    /// The checkpoint to be shown to others: the last signed one, or, where a policy asks for witnesses, the newest that enough of them cosigned, with their
    /// cosignatures. Null before the first.
    /// </summary>
    /// <exception cref="LedgerRefusedException">What is kept as published is no checkpoint that this log signed.</exception>
    public SignedCheckpoint? Published() => Witnessed.HasPolicy
        ? Witnessed.Published(size => Ask(store => store.FindCheckpoint(size)) is { } stored ? Read(stored) : null)
        : LastCheckpoint();

    /// <summary>The policy in force: which witnesses must have cosigned what is published; null for none.</summary>
    /// <exception cref="LedgerRefusedException">It cannot be read.</exception>
    public TlogPolicy? Policy() => Witnessed.Policy();

    /// <summary>The policy in force as it was written; null for none.</summary>
    public string? PolicyText() => Witnessed.PolicyText;

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_idle.TryTake(out SqliteLogStore? store))
        {
            store.Dispose();
        }

        _writer?.Dispose();
    }

    /// <summary>The last checkpoint as kept apart from the entries; null before the first.</summary>
    internal SignedCheckpoint? SignedApart() => LogKeys.LastSigned(_folder);

    internal WitnessedFolder Witnessed => new(_folder);

    internal void LimitPages(long pages) => Writer.LimitPages(pages);

    /// <summary>All that is stored of entries from … to − 1, streamed in order: what verification hashes again.</summary>
    internal IEnumerable<StoredEntry> ReadStored(long from, long to)
    {
        SqliteLogStore store = Take();
        try
        {
            foreach (StoredEntry one in store.Stored(from, to))
            {
                yield return one;
            }
        }
        finally
        {
            _idle.Add(store);
        }
    }

    /// <summary>The first kept document whose bytes do not hash to its name; null where all do.</summary>
    internal string? FirstChangedDocument() => Ask(static store => store.FirstChangedDocument());

    internal byte[]? FindTile(int level, long n) => Ask(store => store.FindTile(level, n));

    private static SignedCheckpoint Read((string At, string Note) stored) => LogKeys.ReadSigned(stored.Note, DateTimeOffset.Parse(stored.At, CultureInfo.InvariantCulture))
        ?? throw new LedgerRefusedException(LedgerRefusals.Corrupt, "a stored checkpoint cannot be read");

    private LogWriter Writer => _writer ?? throw new InvalidOperationException("the log was opened for reading");

    private static Func<int, long, Digest> PerfectIn(SqliteLogStore store) => (height, index) => HashTiles.Perfect(height, index, store.FindTile);

    private IEnumerable<T> Sweep<T>(long from, long to, EntryReading<T> read)
    {
        SqliteLogStore store = Take();
        try
        {
            foreach (T one in store.Entries(from, to, read))
            {
                yield return one;
            }
        }
        finally
        {
            _idle.Add(store);
        }
    }

    private static Entry EntryOf(long index, ReadOnlySpan<byte> body) => Statement.TryRead(body, out Statement? statement, out string problem)
        ? new Entry(index, statement)
        : throw new LedgerRefusedException(LedgerRefusals.Corrupt, $"entry {index} is no statement: {problem}");

    private static LedgerRefusedException Missing(long index) => new(LedgerRefusals.Corrupt, $"entry {index} is missing");

    /// <summary>Whether numbers ascend and at least every third between the first and the last is among them.</summary>
    private static bool StandClose(IReadOnlyList<long> indexes)
    {
        if (indexes.Count < 2 || indexes[^1] - indexes[0] >= 3L * indexes.Count)
        {
            return false;
        }

        for (int i = 1; i < indexes.Count; i++)
        {
            if (indexes[i] <= indexes[i - 1])
            {
                return false;
            }
        }

        return true;
    }

    private IReadOnlyList<T> AskOpenings<T>(Func<OpeningStore, IReadOnlyList<T>> question)
    {
        try
        {
            using OpeningStore? store = OpeningStore.Open(_folder, forWriting: false);
            return store is null ? [] : question(store);
        }
        catch (SqliteException trouble)
        {
            throw LedgerRefusedException.Of(trouble, _folder);
        }
    }

    /// <summary>An entry as a statement; null where there is none or it is no statement.</summary>
    internal Statement? FindStatement(long index) =>
        Ask(store => store.FindEntry(index)) is { } body && Statement.TryRead(body, out Statement? statement, out string _) ? statement : null;

    private T Ask<T>(Func<SqliteLogStore, T> question)
    {
        SqliteLogStore store = Take();
        try
        {
            T answer = question(store);
            _idle.Add(store);
            return answer;
        }
        catch (Exception trouble) when (LedgerRefusedException.MeaningOf(trouble, _folder) is { } refusal)
        {
            store.Dispose();
            throw new LedgerRefusedException(refusal.Code, refusal.Message, trouble);
        }
    }

    private SqliteLogStore Take() => _idle.TryTake(out SqliteLogStore? idle) ? idle : SqliteLogStore.Open(_folder, forWriting: false);
}
