using System.Text;
using Probity.Evidence;

namespace Probity.Verifier.Tests;

/// <summary>Redactable fields, audited from outside (formats/redaction.md).</summary>
public sealed class OpeningsAuditTests : IDisposable
{
    private static readonly Provenance Inspections = new("inspections", "food", "Kitchens Act (invented)", "public information on food hygiene");
    private static readonly Opening Note = new("note", new string('a', 64), "the owner's sister was there");
    private static readonly Statement Committed = Statement.Finding(
        Inspections, new RecordId("inspections", "K-000001"), SubjectKind.Establishment, Occasion.Of("visit", new DateOnly(2024, 1, 2)), Fields.Of(("hygiene", Value.Of(5))))
        .Sealed(Fields.Of(("note", Value.Of(Note.Commitment().ToString()))));

    private readonly AuditedRegister _register = new AuditedRegister().Grow(1, 20).Append(Committed);

    public void Dispose() => _register.Dispose();

    [Fact]
    public async Task An_opening_that_matches_is_proven_and_counted()
    {
        Publish(Note);
        AuditOutcome outcome = await _register.Audit();
        Assert.Null(outcome.Finding);
        Assert.Contains(outcome.Proven, line => line.StartsWith("redactable fields: 1 open, each as its entry commits to it; 0 redacted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_changed_value_a_missing_opening_and_one_too_many_are_violations()
    {
        Assert.Equal(Findings.Openings, await _register.Find());
        Publish(Note with { Value = "nobody was there" });
        Assert.Equal(Findings.Openings, await _register.Find());
        Publish(Note, Note with { Field = "more" });
        Assert.Equal(Findings.Openings, await _register.Find());
        Publish(Note);
        Assert.Null(await _register.Find());
    }

    [Fact]
    public async Task A_redacted_value_is_gone_and_one_that_was_kept_is_a_violation()
    {
        Redact();
        AuditOutcome outcome = await _register.Audit();
        Assert.Null(outcome.Finding);
        Assert.Contains(outcome.Proven, line => line.Contains("1 redacted, each by a statement", StringComparison.Ordinal));
        Publish(Note);
        Assert.Equal(Findings.Openings, await _register.Find());
    }

    [Fact]
    public async Task An_opening_of_an_entry_that_commits_to_nothing_was_passed_over()
    {
        Write(OpeningLines.Write([(Index - 1, Note), (Index, Note)]));
        Assert.Equal(Findings.Openings, await _register.Find());
    }

    [Fact]
    public async Task A_second_opening_of_the_same_field_was_passed_over()
    {
        Publish(Note, Note with { Value = "nobody was there" });
        Assert.Equal(Findings.Openings, await _register.Find());
    }

    [Fact]
    public async Task An_opening_of_an_entry_behind_the_checkpoint_is_of_a_later_one()
    {
        Write(OpeningLines.Write([(Index, Note), (Index + 1, Note)]));
        Assert.Null(await _register.Find());
    }

    [Fact]
    public async Task A_register_that_redacted_while_it_was_audited_is_not_accused()
    {
        byte[] before = await File.ReadAllBytesAsync(Path.Combine(_register.Public, "checkpoint"), TestContext.Current.CancellationToken);
        Redact();
        AuditOutcome outcome = await _register.Audit(new RememberedFiles(new PublishedFolder(_register.Public)) { FirstCheckpoint = before });
        Assert.Equal((Findings.Moved, AuditVerdict.NotChecked), (outcome.Finding?.Code, outcome.Verdict));
        Assert.Null(await _register.Find());
    }

    [Theory]
    [InlineData("no line of openings\n")]
    [InlineData("{\"field\":\"note\",\"index\":999,\"salt\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"v\":1,\"value\":\"x\"}\n")]
    public async Task A_file_of_openings_that_is_none_or_of_other_entries_is_told(string text)
    {
        Write(Encoding.UTF8.GetBytes(text));
        Assert.Equal(Findings.Openings, await _register.Find());
    }

    /// <summary>The committed statement stands behind two publications, three statements of each establishment, and the run.</summary>
    private static long Index => 2 + (3 * 20) + 1;

    private void Redact()
    {
        var redaction = new Redaction(Index, Committed.Slot, ["note"], new RedactionGrounds("GDPR Art. 17(1)(d)", "Town of Example", "records officer", "data protection officer"));
        _register.Append(redaction.ToStatement(Inspections, new DateOnly(2026, 5, 12)));
    }

    private void Publish(params Opening[] openings) => Write(OpeningLines.Write(openings.Select(one => (Index, one))));

    private void Write(byte[] content)
    {
        Directory.CreateDirectory(Path.Combine(_register.Public, "openings"));
        File.WriteAllBytes(Path.Combine(_register.Public, "openings", "000"), content);
    }
}
