using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Probity.Linkage;

namespace Probity.Pipeline;

/// <summary>
/// linkage.pairs: how records compared at the last linkage, so that the next one compares only what changed (formats/linkage.md). Lost, torn or of another
/// linkage, the next run compares everything again and comes to the same. A forger could hide pairs from the next run; evidence for a link is always
/// compared anew.
/// </summary>
internal static class KeptPairs
{
    public const string FileName = "linkage.pairs";

    private const int PairBytes = 12;
    private const int PairsAtOnce = 16_384;

    /// <summary>Writes the pairs of a linkage; the file is replaced as a whole.</summary>
    public static void Write(string folder, LastLinkage linkage, Relinking linked)
    {
        string path = Path.Combine(folder, FileName);
        using (FileStream file = File.Create(path + ".part"))
        using (var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
        {
            Append(file, hash, Header(linkage, linked.Model.Records));
            byte[] some = new byte[PairBytes * PairsAtOnce];
            foreach (KeptPair[] pairs in linked.Pairs.Chunk(PairsAtOnce))
            {
                for (int i = 0; i < pairs.Length; i++)
                {
                    Write(pairs[i], some.AsSpan(i * PairBytes, PairBytes));
                }

                Append(file, hash, some.AsSpan(0, pairs.Length * PairBytes));
            }

            file.Write(hash.GetHashAndReset());
        }

        File.Move(path + ".part", path, overwrite: true);
    }

    /// <summary>Reads the pairs of a linkage, with how many records the rarity of words was reckoned by; null where the file is absent, torn or of another linkage.</summary>
    public static (int Records, IReadOnlyList<KeptPair> Pairs)? Read(string folder, LastLinkage linkage)
    {
        string path = Path.Combine(folder, FileName);
        byte[] content = File.Exists(path) ? File.ReadAllBytes(path) : [];
        int end = content.AsSpan().IndexOf((byte)'\n') + 1;
        int all = content.Length - end - SHA256.HashSizeInBytes;
        if (end == 0 || all < 0 || all % PairBytes != 0 || !SHA256.HashData(content.AsSpan(0, end + all)).AsSpan().SequenceEqual(content.AsSpan(end + all))
            || RecordsOf(content.AsSpan(0, end)) is not { } records || !content.AsSpan(0, end).SequenceEqual(Header(linkage, records)))
        {
            return null;
        }

        var pairs = new KeptPair[all / PairBytes];
        for (int i = 0; i < pairs.Length; i++)
        {
            pairs[i] = Read(content.AsSpan(end + (i * PairBytes), PairBytes));
        }

        return (records, pairs);
    }

    private static void Append(FileStream file, IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        file.Write(bytes);
        hash.AppendData(bytes);
    }

    private static byte[] Header(LastLinkage linkage, int records) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["ledger_size"] = linkage.Size,
        ["specification"] = linkage.Specification.ToString(),
        ["model"] = linkage.Model.ToString(),
        ["records"] = records,
    }.ToJsonString() + "\n");

    private static int? RecordsOf(ReadOnlySpan<byte> header)
    {
        try
        {
            return JsonNode.Parse(header)?["records"]?.GetValue<int>();
        }
        catch (Exception torn) when (torn is System.Text.Json.JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static void Write(KeptPair pair, Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes, pair.One);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], pair.Other);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], pair.Pattern);
    }

    private static KeptPair Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadInt32LittleEndian(bytes), BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]));
}
