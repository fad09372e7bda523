using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Ledger;

namespace Probity.Verifier;

/// <summary>
/// The auditor's own folder: the last checkpoint that was verified, those seen whose entries were not all read, how far the log was read, the entries read so far, and documents. What
/// <see cref="Save"/> returns from is on disk. Lost, a verification begins again and no longer knows what it saw; whoever can write to it can make it forget. Owned by one
/// process at a time.
/// </summary>
internal sealed class AuditorMemory : IDisposable
{
    private readonly string _folder;
    private readonly Trust _trust;
    private readonly KeptEntries _entries;

    /// <summary>The bundles that hold an entry that states a run or publishes a document, and the byte at which each begins: those of <see cref="Reading"/>, then at most the partial one.</summary>
    private readonly List<StatingBundle> _stating = [];

    private readonly List<SeenCheckpoint> _unread = [];
    private bool _partialHasRedactable;

    private AuditorMemory(string folder, Trust trust, KeptEntries entries) => (_folder, _trust, _entries) = (folder, trust, entries);

    /// <summary>The last checkpoint that was verified; null before the first.</summary>
    public SeenCheckpoint? Seen { get; private set; }

    /// <summary>
    /// The signed checkpoints that were seen since <see cref="Seen"/> and whose entries were not all read, in the order in which they were seen: what the log shows later has to
    /// go on from each of them. Everything in <see cref="Reading"/> goes on from those that it reaches.
    /// </summary>
    public IReadOnlyList<SeenCheckpoint> Unread => _unread;

    /// <summary>How far the log was read under <see cref="Seen"/>.</summary>
    public ReadExtent Verified { get; private set; } = ReadExtent.None;

    /// <summary>How far a verification that has not ended has read.</summary>
    public ReadExtent Reading { get; private set; } = ReadExtent.None;

    /// <summary>Whether any entry read commits to a redactable field or redacts one.</summary>
    public bool HasRedactable => Reading.HasRedactable || _partialHasRedactable;

    /// <summary>The entry that states the last run whose ratings were recomputed; −1 before the first.</summary>
    public long ProvenRun { get; set; } = -1;

    /// <summary>Opens a folder; makes it where there is none.</summary>
    /// <exception cref="FindingException">It is of another log, damaged, in use or not ours to write.</exception>
    public static AuditorMemory Open(string folder, Trust trust)
    {
        KeptEntries? entries = null;
        AuditorMemory? opened = null;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "document"));
            entries = KeptEntries.Open(Path.Combine(folder, "entries"));
            var memory = new AuditorMemory(folder, trust, entries);
            memory.Recall();
            return opened = memory;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw Unusable(folder, trouble);
        }
        finally
        {
            if (opened is null)
            {
                entries?.Dispose();
            }
        }
    }

    /// <summary>The finding that a folder cannot be read or written.</summary>
    public static FindingException Unusable(string folder, Exception trouble) =>
        new(Findings.MemoryUnusable, $"the folder '{folder}', in which verifications are remembered, cannot be used: {trouble.Message} Nothing is known to be wrong with the register. See to the disk; if another verification runs in the folder, name another with --state");

    /// <summary>Remembers, before any entry is read, that a checkpoint is signed: from then on it binds the log, however the reading ends.</summary>
    /// <param name="now">Contradicts none that was seen before, and is smaller than none.</param>
    public void Begin(TrustedCheckpoint now)
    {
        if (Seen?.Checkpoint.Size != now.Size && _unread.TrueForAll(one => one.Checkpoint.Size != now.Size))
        {
            _unread.Add(SeenCheckpoint.Of(now));
            Save();
        }
    }

    /// <summary>Keeps a full bundle behind those before it.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="tiles">The tree with it.</param>
    public void Keep(CheckedBundle bundle, HashTiles tiles)
    {
        ReadOnlySpan<byte> bytes = bundle.Bundle.BytesOf(bundle.Leaves.Length);
        KeepForNow(bundle);
        Reading = new ReadExtent(tiles.Size, Reading.Bytes + bytes.Length, _stating.Count, Reading.Tiles) { HasRedactable = HasRedactable };
    }

    /// <summary>Keeps a partial bundle's entries for this verification; the next one reads them again.</summary>
    public void KeepForNow(CheckedBundle bundle)
    {
        _entries.Write(bundle.Bundle.BytesOf(bundle.Leaves.Length), Reading.Bytes);
        _partialHasRedactable = bundle.HasRedactable;
        if (bundle.StatesRunOrDocument)
        {
            _stating.Add(new StatingBundle(bundle.Index, Reading.Bytes, bundle.Leaves.Length));
        }
    }

    /// <summary>Remembers how far reading has come.</summary>
    public void SaveReading(HashTiles tiles)
    {
        Reading = Reading with { Tiles = [.. tiles.PartialTiles()] };
        Save();
    }

    /// <summary>Remembers that all of a checkpoint was verified.</summary>
    public void SaveVerified(TrustedCheckpoint checkpoint, HashTiles tiles)
    {
        Seen = SeenCheckpoint.Of(checkpoint);
        _unread.Clear();
        Reading = Verified = Reading with { Tiles = [.. tiles.PartialTiles()] };
        Save();
    }

    /// <summary>Goes back to what was verified: what was read since did not lead to the signed root.</summary>
    public void ForgetReading()
    {
        Reading = Verified;
        _partialHasRedactable = false;
        _stating.RemoveRange(Verified.StatingBundles, _stating.Count - Verified.StatingBundles);
        Save();
    }

    /// <summary>Keeps a note that contradicts what was seen, as evidence; gives the file.</summary>
    /// <exception cref="IOException">The disk did not confirm it.</exception>
    public string KeepEvidence(string note)
    {
        string path = Path.Combine(_folder, "contradicting-checkpoint");
        DurableFile.Write(path, note);
        return path;
    }

    /// <summary>Remembers.</summary>
    /// <exception cref="IOException">The disk did not confirm it.</exception>
    public void Save()
    {
        _entries.Confirm();
        DurableFile.Write(StatePath, new JsonObject
        {
            ["v"] = MemoryState.FormatVersion,
            ["trust"] = _trust.Name,
            ["checkpoint"] = Seen?.Note ?? "",
            ["unread"] = new JsonArray([.. _unread.Select(one => JsonValue.Create(one.Note))]),
            ["proven_run"] = ProvenRun,
            ["verified"] = Verified.ToJson(),
            ["reading"] = Reading.ToJson(),
            ["stating"] = new JsonArray([.. _stating.Take(Reading.StatingBundles).Select(one => one.ToJson())]),
        }.ToJsonString());
    }

    /// <summary>Bundles kept, from the first, each with up to 256 entries.</summary>
    /// <param name="size">How many entries to read.</param>
    /// <exception cref="FindingException">The file holds fewer.</exception>
    public IEnumerable<EntryBundle> Bundles(long size)
    {
        long at = 0;
        for (long from = 0; from < size; from += TilePath.FullWidth)
        {
            EntryBundle bundle = BundleAt(at, (int)Math.Min(TilePath.FullWidth, size - from));
            at += bundle.BytesOf(bundle.Count).Length;
            yield return bundle;
        }
    }

    /// <summary>The entries that state runs or publish documents, in ledger order, a bundle at a time from the disk.</summary>
    /// <exception cref="FindingException">The file does not hold one.</exception>
    public IEnumerable<Entry> RunsAndPublications()
    {
        foreach (StatingBundle place in _stating)
        {
            EntryBundle bundle = BundleAt(place.At, place.Entries);
            for (int entry = 0; entry < bundle.Count; entry++)
            {
                Statement statement = StatementOf((place.Bundle * TilePath.FullWidth) + entry, bundle[entry]);
                if (statement.Kind is StatementKind.Run or StatementKind.Publication)
                {
                    yield return new Entry((place.Bundle * TilePath.FullWidth) + entry, statement);
                }
            }
        }
    }

    /// <summary>A verified entry as a statement.</summary>
    /// <exception cref="FindingException">It can no longer be read.</exception>
    public static Statement StatementOf(long index, ReadOnlySpan<byte> bytes) => Statement.TryRead(bytes, out Statement? statement, out string problem)
        ? statement
        : throw new FindingException(Findings.Memory, $"entry {index} was verified and can no longer be read from the memory: {problem}. Begin anew with another --state");

    /// <summary>A document kept; null where it is not.</summary>
    public byte[]? FindDocument(Digest hash) => File.Exists(DocumentPath(hash)) && File.ReadAllBytes(DocumentPath(hash)) is { } bytes && Digest.Of(bytes) == hash ? bytes : null;

    /// <summary>Keeps a document.</summary>
    public void KeepDocument(Digest hash, byte[] bytes) => File.WriteAllBytes(DocumentPath(hash), bytes);

    /// <inheritdoc/>
    public void Dispose() => _entries.Dispose();

    private string StatePath => Path.Combine(_folder, "state.json");

    private string DocumentPath(Digest hash) => Path.Combine(_folder, "document", hash.ToString());

    private EntryBundle BundleAt(long at, int count) => _entries.Read(at, count) ?? throw Damaged("'entries' is shorter than it was, or was changed");

    private void Recall()
    {
        if (!File.Exists(StatePath))
        {
            return;
        }

        MemoryState state = MemoryState.Read(File.ReadAllBytes(StatePath), out string problem) ?? throw Damaged(problem);
        if (state.Trust != _trust.Name)
        {
            throw Damaged($"it remembers a verification with {state.Trust}, not with {_trust.Name}");
        }

        (Seen, ProvenRun, Verified, Reading) = (state.Seen, state.ProvenRun, state.Verified, state.Reading);
        _unread.AddRange(state.Unread);
        _stating.AddRange(state.Stating);
        if (_entries.Length < Reading.Bytes)
        {
            throw Damaged("'entries' is shorter than it remembers");
        }
    }

    private FindingException Damaged(string why) =>
        new(Findings.Memory, $"the folder '{_folder}', in which verifications are remembered, is damaged or of another log ({why}); keep it as evidence and begin anew with another --state");
}
