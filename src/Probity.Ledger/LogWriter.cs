using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Probity.Evidence;

namespace Probity.Ledger;

/// <summary>
/// The one writer of a log. Owns the lock, the tree's right edge and the latest statement of every slot. Callers on several threads take turns. After a disk
/// error it stops for good (docs/decisions/ledger-group-commit.md).
/// </summary>
internal sealed class LogWriter : IDisposable
{
    private readonly string _folder;
    private readonly FileStream _lock;
    private readonly SqliteLogStore _store;
    private readonly SignerKey _key;
    private readonly FreeSpace _space;
    private readonly SealedFields _sealed;
    private readonly Lock _turn = new();
    private readonly Dictionary<ulong, ulong> _latest;
    private readonly Lazy<CommitQueue> _queue;
    private Task<ReadingBack>? _readBack;
    private HashTiles _tiles;
    private long _size;
    private LedgerRefusedException? _stopped;

    private LogWriter(string folder, FileStream @lock, SqliteLogStore store, (SignerKey Key, FreeSpace Space) own)
    {
        _folder = folder;
        _lock = @lock;
        _store = store;
        (_key, _space) = own;
        _sealed = new SealedFields(folder, store);
        _queue = new Lazy<CommitQueue>(() => new CommitQueue(Append));
        _size = store.CountEntries();
        _tiles = HashTiles.Load(_size, store.FindTile);
        _latest = new Dictionary<ulong, ulong>((int)Math.Min(_size, 1 << 24));
        foreach ((ulong slot, ulong leaf8) in store.Slots())
        {
            _latest[slot] = leaf8;
        }
    }

    public static LogWriter Open(string folder, LogOptions options)
    {
        FileStream? held = null;
        SqliteLogStore? store = null;
        SignerKey? key = null;
        try
        {
            Directory.CreateDirectory(folder);
            held = WriterLock.Take(folder);
            store = SqliteLogStore.Open(folder, forWriting: true);
            key = LogKeys.Open(folder, options);
            var writer = new LogWriter(folder, held, store, (key, new FreeSpace(folder, options.FreeSpaceFloor)));
            SignedPromise.Require(folder, LogKeys.LastSigned(folder), store);
            writer._sealed.CatchUp(writer._size);
            (held, store, key) = (null, null, null);
            return writer;
        }
        catch (Exception trouble) when (LedgerRefusedException.MeaningOf(trouble, folder) is { } refusal)
        {
            throw new LedgerRefusedException(refusal.Code, refusal.Message, trouble);
        }
        finally
        {
            key?.Dispose();
            store?.Dispose();
            held?.Dispose();
        }
    }

    /// <summary>Queues a batch for the next transaction; see <see cref="CommitQueue"/>.</summary>
    public Task<AppendResult> Enqueue(EntryBatch batch) => _queue.Value.Enqueue(batch);

    /// <summary>Appends what is news of some batches in one transaction; durable and all together when this returns.</summary>
    /// <returns>What became of each batch, in their order.</returns>
    public AppendResult[] Append(IReadOnlyList<EntryBatch> batches)
    {
        lock (_turn)
        {
            RefuseWhereStopped();
            var fresh = new List<(EntryBatch Batch, int Place)>();
            var said = new Dictionary<ulong, ulong>();
            var results = new AppendResult[batches.Count];
            bool done = false;
            try
            {
                Guarded(() =>
                {
                    for (int i = 0; i < results.Length; i++)
                    {
                        results[i] = WhatIsNews(batches[i], fresh, said);
                    }
                });
                Commit(fresh);
                done = true;
            }
            finally
            {
                if (!done)
                {
                    Forget();
                }
            }

            return results;
        }
    }

    /// <summary>Appends a redaction, then erases the values; both are on disk when this returns. Before anything is changed, the last signed checkpoint is written once more: what cannot be signed is not erased.</summary>
    /// <returns>The entry of the redaction.</returns>
    public long Redact(Statement redaction)
    {
        var batch = new EntryBatch();
        batch.Add(redaction);
        lock (_turn)
        {
            RefuseWhereStopped();
            Guarded(() =>
            {
                if (LogKeys.LastSigned(_folder) is { } last)
                {
                    DurableFile.Write(LogKeys.SignedPath(_folder), last.Note);
                }
            });
            long index = Append([batch])[0].Indexes[0];
            Guarded(() => _sealed.CatchUp(_size));
            return index;
        }
    }

    public Digest PutDocument(byte[] document)
    {
        lock (_turn)
        {
            RefuseWhereStopped();
            Digest hash = Digest.Of(document);
            Guarded(() =>
            {
                _space.Require();
                _store.PutDocument(hash, document);
            });
            return hash;
        }
    }

    public SignedCheckpoint Sign(DateTimeOffset at, TransparencyLog log)
    {
        lock (_turn)
        {
            RefuseWhereStopped();
            SignedCheckpoint? signed = null;
            Guarded(() => signed = SignWhatExtends(at, log));
            return signed!;
        }
    }

    /// <summary>Signs the root of what was read back, where the stored tree has the same and it extends what was signed before; the last checkpoint where it covers everything.</summary>
    private SignedCheckpoint SignWhatExtends(DateTimeOffset at, TransparencyLog log)
    {
        SignedCheckpoint? last = LogKeys.LastSigned(_folder);
        if (last is not null && last.Size == _size && log.Checkpoints() is [.., { } stored] && stored.Size == _size)
        {
            return stored;
        }

        Digest root = RootReadBack(last);
        if (root != log.RootAt(_size))
        {
            throw new LedgerRefusedException(LedgerRefusals.Corrupt, "the root over the entries read back is not the root of the stored tree; nothing was signed. Run 'probity verify'");
        }

        if (last is not null && !Extends(last, root, log))
        {
            throw new LedgerRefusedException(LedgerRefusals.Corrupt, $"the tree of {_size} entries does not extend the last signed one of {last.Size}; nothing was signed. Run 'probity verify'");
        }

        var checkpoint = new Checkpoint(_key.Verifier.Name, _size, root);
        var signed = new SignedCheckpoint(_size, root, at, SignedNote.Sign(checkpoint.ToText(), _key).ToString());
        // apart first: what others can see is never newer than what this log remembers to have promised
        DurableFile.Write(LogKeys.SignedPath(_folder), signed.Note);
        _store.AddCheckpoint(signed);
        return signed;
    }

    internal void LimitPages(long pages) => _store.LimitPages(pages);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_queue.IsValueCreated)
        {
            _queue.Value.Dispose();
        }

        _readBack?.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
        _sealed.Dispose();
        _store.Dispose();
        _key.Dispose();
        _lock.Dispose();
    }

    /// <summary>What becomes of a batch's statements: the indexes of those that are news, which are added to what is to be written.</summary>
    private AppendResult WhatIsNews(EntryBatch batch, List<(EntryBatch Batch, int Place)> fresh, Dictionary<ulong, ulong> said)
    {
        long[] indexes = new long[batch.Count];
        int before = fresh.Count;
        for (int i = 0; i < indexes.Length; i++)
        {
            ulong slot = batch.SlotOf(i);
            IReadOnlyList<Opening> openings = Seal(batch, i);
            ulong leaf8 = batch.Leaf8Of(i);
            bool known = (said.TryGetValue(slot, out ulong latest) || _latest.TryGetValue(slot, out latest)) && latest == leaf8;
            if (batch.BodyOf(i).Length > Statement.MaxBytes || known)
            {
                indexes[i] = known ? AppendResult.AlreadySaid : AppendResult.TooLong;
                continue;
            }

            indexes[i] = _size + fresh.Count;
            if (openings.Count > 0)
            {
                _sealed.Keep(indexes[i], batch.UnsealedAt(i)!.Slot, openings);
            }

            fresh.Add((batch, i));
            said[slot] = leaf8;
        }

        return new AppendResult(ImmutableCollectionsMarshal.AsImmutableArray(indexes), fresh.Count - before);
    }

    /// <summary>Gives a statement its commitments where it waits for them.</summary>
    /// <returns>The openings to keep where the statement becomes an entry.</returns>
    private IReadOnlyList<Opening> Seal(EntryBatch batch, int place)
    {
        if (batch.UnsealedAt(place) is not { } unsealed)
        {
            return [];
        }

        (Statement statement, IReadOnlyList<Opening> openings) = _sealed.Seal(unsealed, _size);
        batch.Seal(place, statement);
        return openings;
    }

    private void Commit(List<(EntryBatch Batch, int Place)> fresh)
    {
        if (fresh.Count == 0)
        {
            return;
        }

        Guarded(() =>
        {
            _space.Require();
            Write(fresh);
        });
        _size += fresh.Count;
        foreach ((EntryBatch batch, int place) in fresh)
        {
            _latest[batch.SlotOf(place)] = batch.Leaf8Of(place);
        }

        TidyUp();
    }

    private void Write(List<(EntryBatch Batch, int Place)> fresh)
    {
        _sealed.Commit();
        _store.Begin();
        long index = _size;
        foreach ((EntryBatch batch, int place) in fresh)
        {
            if (batch.IsRedaction(place))
            {
                _store.AddRedaction(index);
            }

            _store.AddEntry(index++, batch.SlotOf(place), batch.Leaf8Of(place), batch.BodyOf(place));
            _tiles.Add(batch.LeafOf(place), _store.PutTile);
        }

        _tiles.Flush(_store.PutTile);
        _store.Commit();
    }

    /// <summary>
    /// After a failed commit: what is in memory follows what is on disk. Where that fails too, the writer stops, and the caller is told the first failure. A writer that stopped has no more use
    /// for it, and the next one tidies up.
    /// </summary>
    private void Forget()
    {
        try
        {
            _store.Rollback();
        }
        catch (SqliteException)
        {
            // there is nothing to roll back, or the store has done so by itself, as it does when the disk is full
        }

        if (_stopped is not null)
        {
            return;
        }

        try
        {
            _sealed.Forget(_size);
            _tiles = HashTiles.Load(_size, _store.FindTile);
        }
        catch (Exception trouble) when (LedgerRefusedException.MeaningOf(trouble, _folder) is { } refusal)
        {
            Stop(refusal);
        }
    }

    /// <summary>Moves what was written ahead into the store, where enough has gathered. What was just acknowledged is on disk either way.</summary>
    private void TidyUp()
    {
        try
        {
            _store.MoveAheadIntoPlace();
        }
        catch (Exception trouble) when (LedgerRefusedException.MeaningOf(trouble, _folder) is { } refusal)
        {
            StopWhereFailed(refusal);
        }
    }

    /// <summary>Begins to hash again, on another thread, what <see cref="Sign"/> will need: the entries now on disk that no checkpoint covers.</summary>
    public void BeginReadingBack()
    {
        lock (_turn)
        {
            Guarded(() => _readBack = ReadingBack.Begin(_folder, LogKeys.LastSigned(_folder)?.Size ?? 0, _size));
        }
    }

    /// <summary>The root over all entries, hashed again from the bytes on disk; what the last checkpoint covers is taken from its tiles.</summary>
    private Digest RootReadBack(SignedCheckpoint? last)
    {
        Task<ReadingBack>? begun = _readBack;
        _readBack = null;
        ReadingBack reading = begun is null ? ReadingBack.From(_store, last?.Size ?? 0) : begun.GetAwaiter().GetResult();
        return reading.RootAt(_store, _size);
    }

    /// <summary>Whether a root keeps the promise of the last signed checkpoint: a log never contradicts what it signed.</summary>
    private bool Extends(SignedCheckpoint last, Digest root, TransparencyLog log) =>
        last.Size <= _size
        && (last.Size == 0 || MerkleProof.VerifyConsistency((last.Size, last.Root), (_size, root), log.ProveConsistency(last.Size, _size)));

    private void Guarded(Action work)
    {
        try
        {
            work();
        }
        catch (Exception trouble) when (LedgerRefusedException.MeaningOf(trouble, _folder) is { } refusal)
        {
            throw StopWhereFailed(refusal);
        }
    }

    /// <summary>
    /// A disk that did not confirm a write may have lost it and confirm the next one all the same (the kernel tells an error once): nothing more is acknowledged
    /// by this process. A full disk and a busy store refuse before anything counts as written; after them the writer goes on.
    /// </summary>
    private LedgerRefusedException StopWhereFailed(LedgerRefusedException refusal)
    {
        if (refusal.Code is not (LedgerRefusals.NoSpace or LedgerRefusals.InUse))
        {
            Stop(refusal);
        }

        return refusal;
    }

    private void Stop(LedgerRefusedException refusal) => _stopped ??= new LedgerRefusedException(
        LedgerRefusals.Stopped,
        $"the disk under '{_folder}' failed before, so nothing more is written. Check the disk, then start again: what was acknowledged is kept ({refusal.Message})",
        refusal);

    private void RefuseWhereStopped()
    {
        if (_stopped is { } stopped)
        {
            throw new LedgerRefusedException(stopped.Code, stopped.Message, stopped);
        }
    }
}
