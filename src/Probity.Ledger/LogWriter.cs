using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Probity.Evidence;

namespace Probity.Ledger;

/// <summary>The one writer of a log. Owns the lock, the tree's right edge and the latest statement of every slot.</summary>
internal sealed class LogWriter : IDisposable
{
    private readonly string _folder;
    private readonly FileStream _lock;
    private readonly SqliteLogStore _store;
    private readonly SignerKey _key;
    private readonly Dictionary<ulong, ulong> _latest;
    private Task<ReadingBack>? _readBack;
    private HashTiles _tiles;
    private long _size;

    private LogWriter(string folder, FileStream @lock, SqliteLogStore store, SignerKey key)
    {
        _folder = folder;
        _lock = @lock;
        _store = store;
        _key = key;
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
            held = Lock(folder);
            store = SqliteLogStore.Open(folder, forWriting: true);
            key = LogKeys.Open(folder, options);
            var writer = new LogWriter(folder, held, store, key);
            writer.RefuseOlderThanSigned();
            (held, store, key) = (null, null, null);
            return writer;
        }
        catch (SqliteException trouble)
        {
            throw LedgerRefusedException.Of(trouble, folder);
        }
        catch (UnauthorizedAccessException trouble)
        {
            throw new LedgerRefusedException(LedgerRefusals.NoPermission, $"'{folder}' cannot be written; give this user the right or name another folder", trouble);
        }
        catch (IOException trouble)
        {
            throw LedgerRefusedException.Of(trouble, folder);
        }
        finally
        {
            key?.Dispose();
            store?.Dispose();
            held?.Dispose();
        }
    }

    public AppendResult Append(EntryBatch batch)
    {
        long[] indexes = new long[batch.Count];
        var fresh = new List<(int Place, Digest Leaf)>(batch.Count);
        var said = new Dictionary<ulong, ulong>();
        for (int i = 0; i < indexes.Length; i++)
        {
            ulong slot = batch.SlotOf(i);
            Digest leaf = batch.LeafOf(i);
            ulong leaf8 = First8(leaf);
            bool known = (said.TryGetValue(slot, out ulong latest) || _latest.TryGetValue(slot, out latest)) && latest == leaf8;
            if (batch.BodyOf(i).Length > Statement.MaxBytes || known)
            {
                indexes[i] = known ? AppendResult.AlreadySaid : AppendResult.TooLong;
                continue;
            }

            indexes[i] = _size + fresh.Count;
            fresh.Add((i, leaf));
            said[slot] = leaf8;
        }

        if (fresh.Count > 0)
        {
            Commit(batch, fresh);
        }

        return new AppendResult(ImmutableCollectionsMarshal.AsImmutableArray(indexes), fresh.Count);
    }

    public Digest PutDocument(byte[] document)
    {
        Digest hash = Digest.Of(document);
        Guarded(() => _store.PutDocument(hash, document));
        return hash;
    }

    public SignedCheckpoint Sign(DateTimeOffset at, TransparencyLog log)
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
        Guarded(() => _store.AddCheckpoint(signed));
        Guarded(() => DurableFile.Write(LogKeys.SignedPath(_folder), signed.Note));
        return signed;
    }

    internal void LimitPages(long pages) => _store.LimitPages(pages);

    /// <inheritdoc/>
    public void Dispose()
    {
        _readBack?.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
        _store.Dispose();
        _key.Dispose();
        _lock.Dispose();
    }

    private void Commit(EntryBatch batch, List<(int Place, Digest Leaf)> fresh)
    {
        bool done = false;
        Guarded(_store.Begin);
        try
        {
            for (int i = 0; i < fresh.Count; i++)
            {
                _store.AddEntry(_size + i, batch.SlotOf(fresh[i].Place), First8(fresh[i].Leaf), batch.BodyOf(fresh[i].Place));
                _tiles.Add(fresh[i].Leaf, _store.PutTile);
            }

            _tiles.Flush(_store.PutTile);
            _store.Commit();
            done = true;
        }
        catch (SqliteException trouble)
        {
            throw LedgerRefusedException.Of(trouble, _folder);
        }
        finally
        {
            if (!done)
            {
                Forget();
            }
        }

        _size += fresh.Count;
        foreach ((int place, Digest leaf) in fresh)
        {
            _latest[batch.SlotOf(place)] = First8(leaf);
        }
    }

    /// <summary>After a failed commit: what is in memory follows what is on disk.</summary>
    private void Forget()
    {
        try
        {
            _store.Rollback();
        }
        catch (SqliteException)
        {
            // the store has rolled back by itself, as it does when the disk is full
        }

        _tiles = HashTiles.Load(_size, _store.FindTile);
    }

    /// <summary>Begins to hash again, on another thread, what <see cref="Sign"/> will need: the entries now on disk that no checkpoint covers.</summary>
    public void BeginReadingBack() => _readBack = ReadingBack.Begin(_folder, LogKeys.LastSigned(_folder)?.Size ?? 0, _size);

    /// <summary>The root over all entries, hashed again from the bytes on disk; what the last checkpoint covers is taken from its tiles.</summary>
    private Digest RootReadBack(SignedCheckpoint? last)
    {
        ReadingBack reading = _readBack is { } begun ? begun.GetAwaiter().GetResult() : ReadingBack.From(_store, last?.Size ?? 0);
        _readBack = null;
        return reading.RootAt(_store, _size);
    }

    /// <summary>Whether a root keeps the promise of the last signed checkpoint: a log never contradicts what it signed.</summary>
    private bool Extends(SignedCheckpoint last, Digest root, TransparencyLog log) =>
        last.Size <= _size
        && (last.Size == 0 || MerkleProof.VerifyConsistency((last.Size, last.Root), (_size, root), log.ProveConsistency(last.Size, _size)));

    private void RefuseOlderThanSigned()
    {
        if (LogKeys.LastSigned(_folder) is not { } signed)
        {
            return;
        }

        bool extends = signed.Size <= _size
            && MerkleTree.RangeHash(0, signed.Size, (height, index) => HashTiles.Perfect(height, index, _store.FindTile)) == signed.Root;
        if (!extends)
        {
            throw new LedgerRefusedException(
                LedgerRefusals.OlderThanSigned,
                $"the ledger in '{_folder}' ({_size} entries) does not extend its last signed checkpoint ({signed.Size} entries): it was restored from an older backup or changed. Restore the newest backup; never delete '{LogKeys.SignedPath(_folder)}' to get past this");
        }
    }

    private void Guarded(Action work)
    {
        try
        {
            work();
        }
        catch (SqliteException trouble)
        {
            throw LedgerRefusedException.Of(trouble, _folder);
        }
        catch (IOException trouble)
        {
            throw LedgerRefusedException.Of(trouble, _folder);
        }
    }

    private static FileStream Lock(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, "ledger.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException trouble) when (LedgerRefusedException.IsLockHeld(trouble))
        {
            throw new LedgerRefusedException(LedgerRefusals.InUse, $"another process is writing to '{folder}'; wait for it or name another folder", trouble);
        }
    }

    private static ulong First8(Digest digest)
    {
        Span<byte> bytes = stackalloc byte[Digest.Length];
        digest.CopyTo(bytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }
}
