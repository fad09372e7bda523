using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Verifier;

namespace Probity.Bench;

/// <summary>
/// How fast a whole log is verified (entries parsed and hashed, every tile compared, root and signature), beside SHA-256 alone over the same bytes with as many threads:
/// the limit that no verifier on the base library's hash can pass.
/// </summary>
internal static class AuditTimes
{
    private const string Origin = "bench.example/log";
    private static readonly byte[] Seed = new byte[32];

    public static async Task MeasureAsync(string folder, int count)
    {
        List<byte[]> entries = Publish(folder, count);
        Console.WriteLine($"{count:N0} entries of {entries.Average(entry => entry.Length):0} bytes, {Environment.ProcessorCount} processors");
        double leaves = Time(() => Parallel.ForEach(entries.Chunk(TilePath.FullWidth), part => HashAll(part)));
        double nodes = Time(() => Parallel.For(0, (count / 256) + 1, _ => HashNodes()));
        Tell("SHA-256 alone over the entries", count, leaves);
        Tell("SHA-256 alone over entries and as many nodes of 65 bytes", count, leaves + nodes);
        using SignerKey key = SignerKey.FromSeed(Origin, Seed);
        string memory = Path.Combine(folder, "memory-" + Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        var request = new AuditRequest(new PublishedFolder(Path.Combine(folder, "public")), new Trust.LogKey(key.Verifier), memory, false);
        var watch = Stopwatch.StartNew();
        AuditOutcome outcome = await new RegisterAudit(request, static (_, _) => { }).VerifyAsync(CancellationToken.None);
        double whole = watch.Elapsed.TotalSeconds;
        Tell("verified from a folder, kept in the auditor's own", count, whole);
        Console.WriteLine($"verification / SHA-256 alone: {whole / (leaves + nodes):0.00}; finding: {outcome.Finding?.Message ?? "none"}");
        Directory.Delete(memory, recursive: true);
    }

    private static List<byte[]> Publish(string folder, int count)
    {
        var entries = new List<byte[]>(count);
        var tiles = new HashTiles();
        void Put(int level, long index, byte[] hashes) => Write(folder, new TilePath(level, index, hashes.Length / Digest.Length), hashes);
        var bundle = new MemoryStream();
        Span<byte> length = stackalloc byte[2];
        for (int i = 0; i < count; i++)
        {
            byte[] entry = StatementOf(i).ToBytes();
            entries.Add(entry);
            tiles.Add(MerkleTree.LeafHash(entry), Put);
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)entry.Length);
            bundle.Write(length);
            bundle.Write(entry);
            if (i % TilePath.FullWidth == TilePath.FullWidth - 1 || i == count - 1)
            {
                Write(folder, new TilePath(null, i / TilePath.FullWidth, (i % TilePath.FullWidth) + 1), bundle.ToArray());
                bundle.SetLength(0);
            }
        }

        tiles.Flush(Put);
        using SignerKey key = SignerKey.FromSeed(Origin, Seed);
        File.WriteAllText(Path.Combine(folder, "public", "checkpoint"), SignedNote.Sign(new Checkpoint(Origin, count, tiles.Root()).ToText(), key).ToString());
        return entries;
    }

    private static Statement StatementOf(int number) => Statement.Finding(
        new Provenance("inspections", "food", "Kitchens Act (invented)", "public information on food hygiene"),
        new RecordId("inspections", string.Create(CultureInfo.InvariantCulture, $"K-{number:0000000}")),
        SubjectKind.Establishment,
        Occasion.Of("inspection", new DateOnly(2024, 1 + (number % 12), 1 + (number % 28))),
        Fields.Of(("confidence", Value.Of(0)), ("hygiene", Value.Of(5 * (number % 4))), ("structural", Value.Of(5))));

    private static void Write(string folder, TilePath path, byte[] content)
    {
        string file = Path.Combine(folder, "public", path.ToString());
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
    }

    private static void HashAll(byte[][] entries)
    {
        Span<byte> hash = stackalloc byte[Digest.Length];
        foreach (byte[] entry in entries)
        {
            SHA256.HashData(entry, hash);
        }
    }

    private static void HashNodes()
    {
        Span<byte> hash = stackalloc byte[Digest.Length];
        Span<byte> node = stackalloc byte[1 + (2 * Digest.Length)];
        for (int i = 0; i < 256; i++)
        {
            SHA256.HashData(node, hash);
        }
    }

    private static double Time(Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalSeconds;
    }

    private static void Tell(string what, int count, double seconds) => Console.WriteLine($"{what}: {seconds:0.00} s, {count / seconds:N0} entries/s");
}
