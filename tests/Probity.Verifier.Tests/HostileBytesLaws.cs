using System.Diagnostics;
using System.Globalization;
using System.Text;
using CsCheck;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Ledger.Witnessing;
using Probity.Register;

namespace Probity.Verifier.Tests;

/// <summary>
/// Parsers of what strangers send, given a corpus and what becomes of it when bytes are changed, cut, doubled or put in: they answer or refuse with a reason, and never
/// throw. What is accepted of a tile's address or a bundle is written again byte for byte; of a note, a proof or a statement, what was read is read again the same; a
/// checkpoint's text begins as it is written; no changed checkpoint is believed. PROBITY_FUZZ_SECONDS makes each law run that long instead of a fixed count.
/// </summary>
public sealed class HostileBytesLaws
{
    private const int Tries = 3_000;
    private static readonly string Note = SignedNote.Sign(new Checkpoint(AuditedRegister.Origin, 5, Digest.Of("root"u8)).ToText(), AuditedRegister.Key).ToString();
    private static readonly string Hash = Convert.ToBase64String(Digest.Of("hash"u8).ToBytes());
    private static readonly string Proof = $"c2sp.org/tlog-proof@v1\nindex 5\n{Hash}\n{Hash}\n\n{Note}";
    private static readonly string Entry = """{"body":{"hygiene":5,"name":"é \"x\"\n","ok":true,"list":[1,"a",{}]},"context":"food","kind":"finding","law":"L","purpose":"P","record":"1","source":"s","subject":"establishment","type":"inspection","v":1,"valid_from":"2024-02-29"}""";

    private static readonly string[] Notes = [Note, Note + Note, Note.Replace("\n5\n", "\n05\n", StringComparison.Ordinal), "\n\n— a AAAAAAA=\n", "a\n\n— b AAAAAAA=\n— c AAAAAAA=\n", "\u2028\n\n— \u00a0 AAAAAAA=\n"];
    private static readonly string[] Paths = ["tile/0/000", "tile/entries/x001/x234/067.p/255", "tile/63/x999/x999/x999/x999/x999/999.p/1", "tile/0/001/002", "tile/0/x001", "tile/0/-01", "tile/+1/000", "tile/0/000.p/256", "tile/0/000.p/", "/tile/0/000", "tile//000", "tile/0/٠٠٠"];
    private static readonly string[] Proofs = [Proof, $"c2sp.org/tlog-proof@v1\nextra {Hash}\nindex 9223372036854775807\n\n{Note}", "c2sp.org/tlog-proof@v1\n\n", "c2sp.org/tlog-proof@v1\nextra \n\n"];
    private static readonly string[] Entries = [Entry, """{"v":1}""", "{}", "[]", """{"v":1e0}""", """{"v":1,"v":1}""", """{"a":"\ud800"}""", new string('[', 100), "\ufeff{}"];

    private static readonly string Text = new Checkpoint(AuditedRegister.Origin, 5, Digest.Of("root"u8)).ToText();
    private static readonly CosignerKey Witness = CosignerKey.FromSeed("witness.example/archive", [.. Enumerable.Range(1, 32).Select(i => (byte)i)]);
    private static readonly string Cosigned = Note + Witness.Cosign(Text, 1_795_445_037);
    private static readonly string[] CosignatureLines = [Witness.Cosign(Text, 1_795_445_037).ToString().TrimEnd('\n'), "\u2014 a AAAAAAA=", "\u2014 a AAAAAAB=", "\u2014 a  AAAAAAA="];
    private static readonly string[] Requests = [$"old 0\n\n{Cosigned}", $"old 3\n{Hash}\n{Hash}\n\n{Note}", $"old 05\n\n{Note}", $"old 9223372036854775808\n\n{Note}", "old 1\n\n", string.Concat(Enumerable.Repeat(Hash + "\n", 64)).Insert(0, "old 9\n") + "\n" + Note];
    private static readonly string[] Policies =
    [
        TlogPolicy.Write(new PolicyLog(AuditedRegister.Key.Verifier, new Uri("https://register.example/")), [new PolicyWitness("archive", Witness.Verifier, null)], 1),
        "quorum none\n", "group g all a b\nquorum g\n", "# comment\nquorum none\nquorum none\n", "witness none x\n", "log\n",
    ];

    private static readonly string[] Openings =
    [
        Encoding.UTF8.GetString(OpeningLines.Write([(7, new Opening("a", new string('0', 64), "x")), (7, new Opening("b", new string('1', 64), "é \"\n")), (8, new Opening("a", new string('2', 64), ""))])),
        "\n", "{}\n", "[1]\n",
    ];

    [Fact]
    public void A_note_is_read_and_written_the_same_or_refused() => Hold(Notes, static bytes =>
    {
        string text = Encoding.UTF8.GetString(bytes);
        return SignedNote.Parse(text) is not { } note || SignedNote.Parse(note.ToString())?.ToString() == note.ToString();
    });

    [Fact]
    public void A_checkpoint_is_read_and_written_the_same_or_refused() => Hold(Notes, static bytes =>
    {
        string text = Encoding.UTF8.GetString(bytes);
        return Checkpoint.Parse(text) is not { } checkpoint || text.StartsWith(checkpoint.ToText(), StringComparison.Ordinal);
    });

    [Fact]
    public void No_changed_checkpoint_is_believed() => Hold([Note], static bytes =>
    {
        try
        {
            return TrustedCheckpoint.Read(bytes, AuditedRegister.Trust) is { Size: 5 } read && read.Root == Digest.Of("root"u8);
        }
        catch (FindingException)
        {
            return true;
        }
    });

    [Fact]
    public void A_tile_path_is_read_and_written_the_same_or_refused() => Hold(Paths, static bytes =>
    {
        string text = Encoding.UTF8.GetString(bytes);
        return !TilePath.TryParse(text, out TilePath path) || (path.ToString() == text && path.Index >= 0 && path.Width is >= 1 and <= 256 && path.Level is null or >= 0 and <= 63);
    });

    [Fact]
    public void A_bundle_is_read_whole_or_refused() => Hold(
        [.. new byte[][] { [], [0, 0], [0, 3, 1, 2, 3, 0, 0], [0, 1, 7, 0, 2, 7, 7, 0, 3, 7, 7, 7], [0xff, 0xff, 1] }],
        static bytes => Enumerable.Range(1, 4).All(count =>
            !EntryBundle.TryRead(bytes, count, out EntryBundle? bundle, out string problem)
                ? problem.Length > 0
                : bundle.Count == count && bundle.BytesOf(count).SequenceEqual(bytes) && Enumerable.Range(0, count).Sum(place => bundle[place].Length + 2) == bytes.Length));

    [Fact]
    public void A_proof_is_read_and_written_the_same_or_refused() => Hold(Proofs, static bytes =>
    {
        string text = Encoding.UTF8.GetString(bytes);
        return EntryProof.Parse(text) is not { } proof || EntryProof.Parse(proof.ToString())?.ToString() == proof.ToString();
    });

    [Fact]
    public void A_rating_proof_is_read_or_refused() => Hold(
        ["""{"probity_rating_proof":1,"result":"{}","place":0,"ratings":1,"path":[],"run":"{}","run_proof":"x"}""", "{}", "[1]"],
        static bytes => RatingProof.Read(bytes, out string problem) is not null || problem.Length > 0);

    [Fact]
    public void A_statement_is_read_or_refused_with_a_reason() => Hold(Entries, static bytes =>
        Statement.TryRead(bytes, out Statement? statement, out string problem) ? Statement.TryRead(statement.ToBytes(), out Statement? again, out _) && again.ToBytes().AsSpan().SequenceEqual(statement.ToBytes()) : problem.Length > 0);

    [Fact]
    public void A_cosignature_line_is_read_and_written_the_same_or_refused() => Hold(CosignatureLines, static bytes =>
    {
        string text = Encoding.UTF8.GetString(bytes);
        return NoteSignature.Parse(text) is not { } line || line.ToString() == text + "\n";
    });

    [Fact]
    public void No_changed_cosignature_is_believed() => Hold([Cosigned], static bytes =>
        SignedNote.Parse(Encoding.UTF8.GetString(bytes)) is not { } note || Cosignature.Find(note, Witness.Verifier) is not { } given || (given.Time == 1_795_445_037 && note.Text == Text));

    [Fact]
    public void A_request_to_a_witness_is_read_and_written_the_same_or_refused() => Hold(Requests, static bytes =>
        AddCheckpoint.Parse(bytes) is not { } request || Encoding.UTF8.GetBytes(request.ToString()).AsSpan().SequenceEqual(bytes));

    [Fact]
    public void A_policy_is_read_or_refused_with_its_lines() => Hold(Policies, static bytes =>
    {
        var problems = new List<Problem>();
        return TlogPolicy.Parse("policy", bytes, problems) is { } policy ? problems.Count == 0 && policy.Judge(SignedNote.Parse(Cosigned)!).Reason != "" : problems.Count > 0;
    });

    [Fact]
    public void Openings_are_read_and_written_the_same_or_refused() => Hold(Openings, static bytes =>
        OpeningLines.TryRead(bytes, out IReadOnlyList<(long Index, Opening Opening)> openings, out string problem) ? OpeningLines.Write(openings).AsSpan().SequenceEqual(bytes) : problem.Length > 0);

    private static void Hold(string[] corpus, Func<byte[], bool> law) => Hold([.. corpus.Select(Encoding.UTF8.GetBytes)], law);

    private static void Hold(byte[][] corpus, Func<byte[], bool> law)
    {
        Assert.All(corpus, bytes => Assert.True(law(bytes), Encoding.UTF8.GetString(bytes)));
        Gen<byte[]> mutated = Gen.Select(Gen.Int[0, corpus.Length - 1], Mutation.List[1, 6], (seed, mutations) => mutations.Aggregate(corpus[seed], static (bytes, mutation) => mutation(bytes)));
        if (int.TryParse(Environment.GetEnvironmentVariable("PROBITY_FUZZ_SECONDS"), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds > 0)
        {
            var watch = Stopwatch.StartNew();
            while (watch.Elapsed.TotalSeconds < seconds)
            {
                mutated.Sample(bytes => law(bytes), iter: 20_000);
            }
        }
        else
        {
            mutated.Sample(bytes => law(bytes), iter: Tries);
        }
    }

    /// <summary>A byte changed or put in, a part cut or doubled, the end cut off; bytes that mean something to these formats come often.</summary>
    private static readonly Gen<Func<byte[], byte[]>> Mutation = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 1 << 20], Gen.Int[1, 9], Gen.OneOf(Gen.Byte, Gen.OneOf(Encoding.UTF8.GetBytes("\n /+-=x.p0129{}[]\",:\\—")))).Select(
        static (kind, place, length, value) => (Func<byte[], byte[]>)(bytes =>
        {
            int at = bytes.Length == 0 ? 0 : place % bytes.Length;
            int end = Math.Min(bytes.Length, at + length);
            return kind switch
            {
                0 when bytes.Length > 0 => [.. bytes[..at], value, .. bytes[(at + 1)..]],
                1 => [.. bytes[..at], value, .. bytes[at..]],
                2 => [.. bytes[..at], .. bytes[end..]],
                3 => [.. bytes[..end], .. bytes[at..]],
                _ => bytes[..at],
            };
        }));
}
