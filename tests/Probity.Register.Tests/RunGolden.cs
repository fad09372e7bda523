using System.Text;
using Probity.Evidence;
using Probity.Tests.Support;

namespace Probity.Register.Tests;

/// <summary>The bytes of a run that formats/statement.md promises.</summary>
public sealed class RunGolden
{
    [Fact]
    public void A_run_is_the_published_bytes_and_is_read_back()
    {
        var problems = new List<Problem>();
        RegisterDefinition register = RegisterDefinition.Read("register.yaml", File.ReadAllText(Path.Combine(SharedData.Root, "registers", "uk-food-hygiene", "register.yaml")), problems)!;
        Assert.Empty(problems);
        var run = new RatingRun(new AsOf(new DateOnly(2026, 1, 1), 1_234), 456, Digest.Of("results"u8), Digest.Of("rules"u8));
        Statement statement = run.ToStatement(register, new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
        Assert.Equal(run, RatingRun.Of(statement));
        Snapshot.Match(Encoding.UTF8.GetString(statement.ToBytes()) + "\n", "run");
    }
}
