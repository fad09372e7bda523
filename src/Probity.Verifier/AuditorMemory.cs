using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Ledger;

namespace Probity.Verifier;

/// <summary>
/// The auditor's own folder: the last checkpoint that was verified, how far the log was read, the entries read so far, and documents. Lost, a verification begins
/// again and no longer knows what it saw; whoever can write to it can make it forget. Owned by one process at a time.
/// </summary>
internal sealed class AuditorMemory : IDisposable
{
    private const int FormatVersion = 1;
    private readonly string _folder;
    private readonly Trust _trust;
    private readonly FileStream _entries;

    private AuditorMemory(string folder, Trust trust, FileStream entries) => (_folder, _trust, _entries) = (folder, trust, entries);

    /// <summary>The last checkpoint that was verified; null before the first.</summary>
    public Checkpoint? Seen { get; private set; }

    /// <summary>Its signed note; empty before the first.</summary>
    public string SeenNote { get; private set; } = "";

    /// <summary>How far the log was read under it.</summary>
    public VerifiedExtent Verified { get; private set; } = VerifiedExtent.None;

    /// <summary>How far a verification that has not ended has read.</summary>
    public VerifiedExtent Reading { get; private set; } = VerifiedExtent.None;

    /// <summary>The entry that states the last run whose ratings were recomputed; −1 before the first.</summary>
    public long ProvenRun { get; set; } = -1;

    /// <summary>Opens a folder; makes it where there is none.</summary>
    /// <exception cref="FindingException">It is of another log, damaged, in use or not ours to write.</exception>
    public static AuditorMemory Open(string folder, Trust trust)
    {
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "document"));
            var entries = new FileStream(Path.Combine(folder, "entries"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1 << 17);
            var memory = new AuditorMemory(folder, trust, entries);
            memory.Recall();
            return memory;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new FindingException(Findings.Memory, $"the folder '{folder}', in which verifications are remembered, cannot be used: {trouble.Message} If no other verification runs in it, name another with --state");
        }
    }

    /// <summary>Keeps a full bundle behind those before it.</summary>
    public void Keep(CheckedBundle bundle, HashTiles tiles)
    {
        ReadOnlySpan<byte> bytes = bundle.Bundle.BytesOf(bundle.Leaves.Length);
        Write(bytes);
        Reading = new VerifiedExtent(tiles.Size, Reading.Bytes + bytes.Length, Reading.Tiles, Reading.Landmarks.AddRange(bundle.Landmarks))
        {
            HasRedactable = Reading.HasRedactable || bundle.HasRedactable,
        };
    }

    /// <summary>Keeps a partial bundle's entries for this verification; the next one reads them again.</summary>
    public void KeepForNow(CheckedBundle bundle) => Write(bundle.Bundle.BytesOf(bundle.Leaves.Length));

    /// <summary>Remembers how far reading has come.</summary>
    public void SaveReading(HashTiles tiles)
    {
        Reading = Reading with { Tiles = [.. tiles.PartialTiles()] };
        Save();
    }

    /// <summary>Remembers that all of a checkpoint was verified.</summary>
    public void SaveVerified(TrustedCheckpoint checkpoint, HashTiles tiles)
    {
        Seen = SignedNote.Parse(checkpoint.Note) is { } note ? Checkpoint.Parse(note.Text) : null;
        SeenNote = checkpoint.Note;
        Reading = Verified = Reading with { Tiles = [.. tiles.PartialTiles()] };
        Save();
    }

    /// <summary>Goes back to what was verified: what was read since did not lead to the signed root.</summary>
    public void ForgetReading()
    {
        Reading = Verified;
        Save();
    }

    /// <summary>Keeps a note that contradicts what was seen, as evidence; gives the file.</summary>
    public string KeepEvidence(string note)
    {
        string path = Path.Combine(_folder, "contradicting-checkpoint");
        File.WriteAllText(path, note);
        return path;
    }

    /// <summary>Remembers.</summary>
    public void Save()
    {
        _entries.Flush();
        var state = new JsonObject
        {
            ["v"] = FormatVersion,
            ["trust"] = _trust.Name,
            ["checkpoint"] = SeenNote,
            ["proven_run"] = ProvenRun,
            ["verified"] = Verified.ToJson(),
            ["reading"] = Reading.ToJson(),
        };
        File.WriteAllText(StatePath + ".new", state.ToJsonString());
        File.Move(StatePath + ".new", StatePath, overwrite: true);
    }

    /// <summary>Bundles kept, from the first, each with up to 256 entries.</summary>
    /// <param name="size">How many entries to read.</param>
    /// <exception cref="FindingException">The file holds fewer.</exception>
    public IEnumerable<EntryBundle> Bundles(long size)
    {
        _entries.Flush();
        _entries.Position = 0;
        for (long from = 0; from < size; from += TilePath.FullWidth)
        {
            yield return NextBundle((int)Math.Min(TilePath.FullWidth, size - from));
        }
    }

    /// <summary>A document kept; null where it is not.</summary>
    public byte[]? FindDocument(Digest hash) => File.Exists(DocumentPath(hash)) && File.ReadAllBytes(DocumentPath(hash)) is { } bytes && Digest.Of(bytes) == hash ? bytes : null;

    /// <summary>Keeps a document.</summary>
    public void KeepDocument(Digest hash, byte[] bytes) => File.WriteAllBytes(DocumentPath(hash), bytes);

    /// <inheritdoc/>
    public void Dispose() => _entries.Dispose();

    private string StatePath => Path.Combine(_folder, "state.json");

    private string DocumentPath(Digest hash) => Path.Combine(_folder, "document", hash.ToString());

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _entries.Position = Reading.Bytes;
        _entries.Write(bytes);
    }

    private EntryBundle NextBundle(int count)
    {
        using var bytes = new MemoryStream(count * 320);
        Span<byte> length = stackalloc byte[2];
        byte[] body = new byte[ushort.MaxValue];
        for (int i = 0; i < count; i++)
        {
            bool whole = _entries.ReadAtLeast(length, 2, throwOnEndOfStream: false) == 2;
            int wanted = (length[0] << 8) | length[1];
            if (!whole || _entries.ReadAtLeast(body.AsSpan(0, wanted), wanted, throwOnEndOfStream: false) != wanted)
            {
                throw Damaged("'entries' is shorter than it was");
            }

            bytes.Write(length);
            bytes.Write(body.AsSpan(0, wanted));
        }

        return EntryBundle.TryRead(bytes.ToArray(), count, out EntryBundle? bundle, out string problem) ? bundle : throw Damaged(problem);
    }

    private void Recall()
    {
        if (!File.Exists(StatePath))
        {
            return;
        }

        try
        {
            JsonNode state = JsonNode.Parse(File.ReadAllText(StatePath, Encoding.UTF8))!;
            string trust = state["trust"]!.GetValue<string>();
            if (state["v"]!.GetValue<int>() != FormatVersion || trust != _trust.Name)
            {
                throw new FindingException(Findings.Memory, $"'{_folder}' remembers a verification with {trust}, not with {_trust.Name}; name another folder with --state");
            }

            SeenNote = state["checkpoint"]!.GetValue<string>();
            Seen = SignedNote.Parse(SeenNote) is { } note ? Checkpoint.Parse(note.Text) : null;
            ProvenRun = state["proven_run"]!.GetValue<long>();
            Verified = VerifiedExtent.Read(state["verified"]!);
            Reading = VerifiedExtent.Read(state["reading"]!);
        }
        catch (Exception trouble) when (trouble is JsonException or FormatException or InvalidOperationException or NullReferenceException)
        {
            throw Damaged(trouble.Message);
        }

        if (_entries.Length < Reading.Bytes || Reading.Size < Verified.Size || (SeenNote.Length > 0 && Seen is null))
        {
            throw Damaged("it holds less than it remembers");
        }
    }

    private FindingException Damaged(string why) =>
        new(Findings.Memory, $"the folder '{_folder}', in which verifications are remembered, is damaged ({why}); keep it as evidence and begin anew with another --state");
}
