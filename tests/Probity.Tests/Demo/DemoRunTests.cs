using System.Collections.Immutable;
using Probity.Commands;
using Probity.Demo;
using Probity.Evidence;
using Probity.Pipeline;
using Probity.Register;
using Probity.Tests.Support;

namespace Probity.Tests.Demo;

/// <summary>The whole fictional register, made once for all tests of the class.</summary>
public sealed class DemoRegister : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DemoRegister()
    {
        string folder = ShippedRegisters.Find(DemoCommand.Register)!;
        RegisterFolder register = RegisterFolder.Read(folder, [])!;
        Assert.True(DemoRun.MakeRoom(Data));
        Runs = new DemoRun(register, folder, Data, (_, _) => { }).Run(CancellationToken.None);
        Reader = RegisterReader.Open(Data);
    }

    public RegisterReader Reader { get; }

    internal string Data => _folder["data"];

    internal ImmutableArray<RunSummary> Runs { get; }

    internal RegisterEntry Find(int number, AsOf asOf) =>
        Reader.Find(Reader.FindByRecord(new RecordId("inspections", DemoEstablishment.IdOf(number)))!.Value, asOf)!;

    public void Dispose()
    {
        Reader.Dispose();
        _folder.Dispose();
    }
}

public sealed class DemoRunTests(DemoRegister register) : IClassFixture<DemoRegister>
{
    [Fact]
    public void The_ledger_is_the_same_on_every_machine()
    {
        RunSummary last = register.Runs[^1];
        Snapshot.Match($"{last.LedgerSize} {last.LedgerRoot}\n{register.Reader.Log.Key}\n", "demo-ledger");
    }

    [Fact]
    public void Everything_it_publishes_can_be_recomputed()
    {
        Verification verification = RegisterVerification.Verify(register.Data, (_, _) => { }, TestContext.Current.CancellationToken);
        Assert.Null(verification.Difference);
        Assert.NotEmpty(verification.Proven);
    }

    [Fact]
    public void Five_records_of_each_extract_are_rejected_and_counted_by_reason()
    {
        Assert.All(register.Runs, run =>
        {
            Assert.Equal(DemoFaults.PerExtract, run.RejectedRecords);
            Assert.Equal(1, run.Rejections[RejectionCodes.IdDuplicate]);
            Assert.Equal(1, run.Rejections[RejectionCodes.DateInFuture]);
            Assert.Equal(1, run.Rejections[RejectionCodes.FieldMissing]);
            Assert.Equal(2, run.Rejections[RejectionCodes.ValueOutsideSet]);
        });
    }

    [Fact]
    public void Three_published_ratings_differ_from_the_rule_and_all_others_equal_it()
    {
        RegisterOverview overview = register.Runs[^1].Overview;
        Assert.Equal(DemoExceptions.Misstated.Length, overview.Differing);
        Assert.All(DemoExceptions.Misstated, number => Assert.Equal(StandingStatus.Differs, register.Find(number, register.Reader.Current).Summary.Standing.Status));
        Assert.True(overview.Confirmed > 4_000);
    }

    [Fact]
    public void Every_band_and_every_state_occurs()
    {
        string[] outcomes = [.. register.Runs[^1].Overview.Outcomes.Where(one => one.Count > 0).Select(one => one.Code).Order(StringComparer.Ordinal)];
        Assert.Equal(["0", "1", "2", "3", "4", "5", "AwaitingInspection", "AwaitingPublication", "Exempt"], outcomes);
    }

    [Fact]
    public void A_corrected_inspection_stands_in_the_timeline_with_what_it_said_before()
    {
        foreach (int number in DemoExceptions.Corrected)
        {
            TimelineEvent correction = Assert.Single(
                register.Find(number, register.Reader.Current).Timeline,
                one => one.Before.StartsWith("inspection", StringComparison.OrdinalIgnoreCase));
            Assert.Contains("confidence 20", correction.Before, StringComparison.Ordinal);
            Assert.Contains("confidence 5", correction.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_correction_changes_what_was_true_then_and_not_what_was_known_then()
    {
        DateOnly day = DemoExtract.Days[1];
        long knownThen = register.Runs[1].Overview.AsOf.KnownAt;
        int number = DemoExceptions.Corrected[0];
        Assert.Equal("1", register.Find(number, new AsOf(day, knownThen)).Summary.Standing.Outcome);
        Assert.Equal("4", register.Find(number, register.Reader.At(day, null)).Summary.Standing.Outcome);
    }

    [Fact]
    public void A_change_of_name_stands_in_the_timeline()
    {
        DemoEstablishment renamed = DemoHistory.All().First(one =>
            one.IsOpen(DemoExtract.Days[0]) && one.IsOpen(DemoExtract.Days[3]) && one.NameOn(DemoExtract.Days[0]) != one.NameOn(DemoExtract.Days[3]));
        Assert.Contains(
            register.Find(renamed.Number, register.Reader.Current).Timeline,
            one => one.Text.Contains($"name from “{renamed.Names[0].Name}” to “{renamed.Names[1].Name}”", StringComparison.Ordinal));
    }
}
