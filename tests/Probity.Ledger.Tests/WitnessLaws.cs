using System.Collections.Concurrent;
using System.Text;
using CsCheck;
using Probity.Evidence;
using Probity.Ledger.Witnessing;
using Probity.Tests.Support;

namespace Probity.Ledger.Tests;

public sealed class WitnessLaws
{
    /// <summary>Many at once send checkpoints of two histories that part somewhere; each follows the sizes that the witness names.</summary>
    [Fact]
    public void Whoever_asks_at_once_and_in_whatever_order_one_history_alone_is_cosigned() =>
        Gen.Select(Gen.Int[0, 12], Gen.Int[1, 24].Array[4, 16], Gen.Bool.Array[16]).Sample((fork, sizes, sides) =>
        {
            using var folder = new TemporaryFolder();
            using var key = SignerKey.Generate("log.example");
            History[] histories = [new(key, 24, fork, "left"), new(key, 24, fork, "right")];
            Witness.Create(folder.FullName, "w.example");
            TlogPolicy policy = TlogPolicy.Parse("logs", Encoding.UTF8.GetBytes($"log {key.Verifier}\nquorum none\n"), [])!;
            var cosigned = new ConcurrentBag<Checkpoint>();
            using (Witness witness = Witness.Open(folder.FullName, policy, TimeProvider.System))
            {
                Parallel.For(0, sizes.Length, i =>
                {
                    if (Send(witness, histories[sides[i] ? 1 : 0], sizes[i]) is { } checkpoint)
                    {
                        cosigned.Add(checkpoint);
                    }
                });
            }

            using Witness again = Witness.Open(folder.FullName, policy, TimeProvider.System);
            Checkpoint kept = Checkpoint.Parse(SignedNote.Parse(again.Latest(Digest.Of("log.example"u8))!)!.Text)!;
            return cosigned.Max(one => one.Size) == kept.Size && histories.Any(history => cosigned.All(one => history.At((int)one.Size).Root == one.Root));
        }, iter: 40, threads: 1);

    private static Checkpoint? Send(Witness witness, History history, int size)
    {
        for (int old = 0; ;)
        {
            switch (witness.Add(history.Request(old, size)))
            {
                case WitnessAnswer.Cosigned:
                    return history.At(size);
                case WitnessAnswer.OtherSize other when other.Size <= size:
                    old = (int)other.Size;
                    break;
                default:
                    return null;
            }
        }
    }
}
