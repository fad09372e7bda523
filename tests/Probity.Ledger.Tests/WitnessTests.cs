using System.Text;
using Probity.Evidence;
using Probity.Ledger.Witnessing;
using Probity.Tests.Support;

namespace Probity.Ledger.Tests;

/// <summary>Each rule of C2SP tlog-witness, add-checkpoint, in the order in which the specification states them.</summary>
public sealed class WitnessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SignerKey _log = SignerKey.Generate("log.example");
    private readonly History _history;
    private readonly History _other;
    private Witness _witness;

    public WitnessTests()
    {
        _history = new History(_log, 20, 20, "");
        _other = new History(_log, 20, 5, "other");
        Witness.Create(_folder.FullName, "witness.example");
        _witness = Open(TimeProvider.System);
    }

    public void Dispose()
    {
        _witness.Dispose();
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void What_adds_to_the_last_checkpoint_is_cosigned_and_what_was_cosigned_is_shown()
    {
        foreach ((int old, int size) in (ReadOnlySpan<(int, int)>)[(0, 1), (1, 7), (7, 7), (7, 8), (8, 20)])
        {
            WitnessAnswer.Cosigned answer = Assert.IsType<WitnessAnswer.Cosigned>(_witness.Add(_history.Request(old, size)));
            SignedNote note = _history.Note(size).With([answer.Line]);
            Assert.NotNull(Cosignature.Find(note, _witness.Key));
            Assert.Equal(note.ToString(), _witness.Latest(Digest.Of("log.example"u8)));
        }
    }

    [Fact]
    public void A_log_that_is_not_followed_is_unknown()
    {
        using var stranger = SignerKey.Generate("stranger.example");
        Assert.IsType<WitnessAnswer.UnknownLog>(_witness.Add(new History(stranger, 3, 3, "").Request(0, 3)));
        Assert.Null(_witness.Latest(Digest.Of("stranger.example"u8)));
        Assert.Null(_witness.Latest(Digest.Of("log.example"u8)));
    }

    [Fact]
    public void Another_key_of_the_same_name_and_a_false_signature_are_forbidden()
    {
        using var impostor = SignerKey.Generate("log.example");
        Assert.IsType<WitnessAnswer.NotSigned>(_witness.Add(new History(impostor, 3, 3, "").Request(0, 3)));
        SignedNote note = _history.Note(3);
        SignedNote broken = note.With([note.Signatures[0] with { Signature = [.. new byte[64]] }]);
        Assert.IsType<WitnessAnswer.NotSigned>(_witness.Add(new AddCheckpoint(0, [], broken.ToString())));
    }

    [Fact]
    public void Signatures_of_strangers_are_passed_over_and_not_kept()
    {
        using var stranger = CosignerKey.Generate("stranger.example");
        SignedNote note = _history.Note(3);
        SignedNote crowded = note.With([stranger.Cosign(note.Text, 1)]);
        Assert.IsType<WitnessAnswer.Cosigned>(_witness.Add(new AddCheckpoint(0, [], crowded.ToString())));
        Assert.DoesNotContain("stranger", _witness.Latest(Digest.Of("log.example"u8)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_old_size_beyond_the_checkpoints_is_malformed() =>
        Assert.IsType<WitnessAnswer.Malformed>(_witness.Add(new AddCheckpoint(4, [], _history.Note(3).ToString())));

    [Fact]
    public void Another_old_size_than_the_last_is_told_the_last()
    {
        Assert.Equal(new WitnessAnswer.OtherSize(0), _witness.Add(_history.Request(3, 7)));
        _witness.Add(_history.Request(0, 7));
        Assert.Equal(new WitnessAnswer.OtherSize(7), _witness.Add(_history.Request(0, 12)));
        Assert.Equal(new WitnessAnswer.OtherSize(7), _witness.Add(_history.Request(3, 5)));
    }

    [Fact]
    public void A_split_view_is_refused_and_its_evidence_kept()
    {
        _witness.Add(_history.Request(0, 7));
        Assert.IsType<WitnessAnswer.Contradiction>(_witness.Add(_other.Request(7, 7)));
        Assert.IsType<WitnessAnswer.Contradiction>(_witness.Add(_other.Request(7, 12)));
        Assert.Equal(_other.Note(7).ToString(), Kept("*.contradiction"));
        Assert.Equal(_other.Note(12).ToString(), Kept("*.refused"));
        Assert.IsType<WitnessAnswer.Cosigned>(_witness.Add(_history.Request(7, 12)));
    }

    [Fact]
    public void A_stranger_who_sent_an_honest_checkpoint_with_a_bad_proof_left_evidence_against_the_log()
    {
        _witness.Add(_history.Request(0, 7));
        Assert.IsType<WitnessAnswer.Contradiction>(_witness.Add(_history.Request(7, 7) with { Proof = [Digest.Of("x"u8)] }));
        Assert.Empty(Directory.GetFiles(_folder.FullName, "*.contradiction"));
        Assert.Empty(Directory.GetFiles(_folder.FullName, "*.refused"));
        Assert.IsType<WitnessAnswer.Contradiction>(_witness.Add(_history.Request(7, 12) with { Proof = [Digest.Of("x"u8)] }));
        Assert.Equal(_history.Note(12).ToString(), Kept("*.refused"));
        Assert.IsType<WitnessAnswer.Cosigned>(_witness.Add(_history.Request(7, 12)));
        Assert.Empty(Directory.GetFiles(_folder.FullName, "*.refused"));
    }

    [Fact]
    public void A_proof_where_none_belongs_or_a_root_of_nothing_that_is_none_is_refused()
    {
        AddCheckpoint proven = _history.Request(3, 7);
        Assert.IsType<WitnessAnswer.Contradiction>(_witness.Add(proven with { OldSize = 0 }));
        SignedNote nothing = SignedNote.Sign(new Checkpoint("log.example", 0, Digest.Of("x"u8)).ToText(), _log);
        Assert.IsType<WitnessAnswer.Contradiction>(_witness.Add(new AddCheckpoint(0, [], nothing.ToString())));
        Assert.IsType<WitnessAnswer.Cosigned>(_witness.Add(_history.Request(0, 0)));
        _witness.Add(_history.Request(0, 7));
        Assert.IsType<WitnessAnswer.Contradiction>(_witness.Add(new AddCheckpoint(7, proven.Proof, _history.Note(7).ToString())));
    }

    [Fact]
    public void What_was_cosigned_is_remembered_over_a_restart_and_one_process_alone_may_cosign()
    {
        _witness.Add(_history.Request(0, 7));
        Assert.Equal(LedgerRefusals.InUse, Assert.Throws<LedgerRefusedException>(() => Open(TimeProvider.System)).Code);
        _witness.Dispose();
        _witness = Open(TimeProvider.System);
        Assert.Equal(new WitnessAnswer.OtherSize(7), _witness.Add(_other.Request(0, 12)));
        Assert.IsType<WitnessAnswer.Contradiction>(_witness.Add(_other.Request(7, 12)));
    }

    [Fact]
    public void A_kept_checkpoint_that_was_changed_stops_the_witness()
    {
        _witness.Add(_history.Request(0, 7));
        _witness.Dispose();
        string file = Assert.Single(Directory.GetFiles(_folder.FullName, "*.checkpoint"));
        File.WriteAllText(file, _other.Note(3).ToString());
        Assert.Equal(LedgerRefusals.Corrupt, Assert.Throws<LedgerRefusedException>(() => Open(TimeProvider.System)).Code);
    }

    [Fact]
    public void A_clock_that_goes_back_does_not_make_a_cosignature_older()
    {
        var first = Assert.IsType<WitnessAnswer.Cosigned>(_witness.Add(_history.Request(0, 7)));
        _witness.Dispose();
        _witness = Open(new StoppedClock(DateTimeOffset.UnixEpoch));
        var second = Assert.IsType<WitnessAnswer.Cosigned>(_witness.Add(_history.Request(7, 12)));
        Assert.Equal(
            Cosignature.Find(_history.Note(7).With([first.Line]), _witness.Key)!.Time,
            Cosignature.Find(_history.Note(12).With([second.Line]), _witness.Key)!.Time);
    }

    [Fact]
    public void A_key_that_is_there_is_never_written_over()
    {
        string before = File.ReadAllText(_folder["witness.key"]);
        Assert.Equal(LedgerRefusals.KeyExists, Assert.Throws<LedgerRefusedException>(() => Witness.Create(_folder.FullName, "again.example")).Code);
        Assert.Equal(before, File.ReadAllText(_folder["witness.key"]));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["witness.key"]));
        }
    }

    [Fact]
    public void The_proof_that_another_witness_accepted_is_accepted_here()
    {
        string three = File.ReadAllText(SharedData.Path("ledger/reference-log/checkpoint.3"));
        using var folder = new TemporaryFolder();
        Witness.Create(folder.FullName, "w.example");
        using Witness witness = Witness.Open(folder.FullName, Follow(ReferenceLog.LogKey), TimeProvider.System);
        Assert.IsType<WitnessAnswer.Cosigned>(witness.Add(new AddCheckpoint(0, [], three)));
        Digest[] proof = [.. ReferenceLog.ThreeToFifteen.Select(line => Digest.FromBytes(Convert.FromBase64String(line)))];
        Assert.IsType<WitnessAnswer.Contradiction>(witness.Add(new AddCheckpoint(3, [.. proof[..^1]], ReferenceLog.Witnessed)));
        Assert.IsType<WitnessAnswer.Cosigned>(witness.Add(new AddCheckpoint(3, [.. proof], ReferenceLog.Witnessed)));
    }

    [Fact]
    public async Task Two_processes_that_made_a_key_at_once_wrote_over_each_other()
    {
        using var folder = new TemporaryFolder();
        string[] made = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            () =>
            {
                try
                {
                    return Witness.Create(folder.FullName, $"w{i}.example").ToString();
                }
                catch (LedgerRefusedException refusal)
                {
                    Assert.Contains(refusal.Code, (string[])[LedgerRefusals.KeyExists, LedgerRefusals.InUse]);
                    return "";
                }
            },
            TestContext.Current.CancellationToken)));
        using Witness opened = Witness.Open(folder.FullName, TlogPolicy.Parse("logs", "quorum none\n"u8, [])!, TimeProvider.System);
        Assert.Equal(opened.Key.ToString(), Assert.Single(made, key => key.Length > 0));
    }

    private string Kept(string pattern) => File.ReadAllText(Assert.Single(Directory.GetFiles(_folder.FullName, pattern)));

    private Witness Open(TimeProvider clock) => Witness.Open(_folder.FullName, Follow(_log.Verifier.ToString()), clock);

    private static TlogPolicy Follow(string key) => TlogPolicy.Parse("logs", Encoding.UTF8.GetBytes($"log {key}\nquorum none\n"), [])!;

    private sealed class StoppedClock(DateTimeOffset at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => at;
    }
}
