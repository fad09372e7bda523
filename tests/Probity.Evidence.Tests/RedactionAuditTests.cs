using System.Text;
using CsCheck;

namespace Probity.Evidence.Tests;

/// <summary>The states a verifier tells, exactly as formats/redaction.md lists them.</summary>
public sealed class RedactionAuditTests
{
    private static readonly Provenance Source = new("s", "food", "law", "purpose");
    private static readonly RedactionGrounds Grounds = new("GDPR Art. 17(1)(d)", "Town of Example", "records officer", "data protection officer");
    private static readonly Opening Note = new("note", new string('a', 64), "the owner's sister was there");

    [Fact]
    public void An_opening_that_matches_is_open() =>
        Assert.Equal([new FieldState.Opened(0, "note", Note.Value)], States([Sealed()], Note));

    [Fact]
    public void An_opening_of_another_value_or_salt_is_a_violation()
    {
        Assert.Equal([new FieldState.Mismatched(0, "note")], States([Sealed()], Note with { Value = "other" }));
        Assert.Equal([new FieldState.Mismatched(0, "note")], States([Sealed()], Note with { Salt = new string('b', 64) }));
        Assert.Equal([new FieldState.Mismatched(0, "note")], States([Sealed()], Note with { Salt = "no salt" }));
    }

    [Fact]
    public void No_opening_without_a_redaction_is_a_violation() => Assert.Equal([new FieldState.Missing(0, "note")], States([Sealed()]));

    [Fact]
    public void No_opening_with_a_redaction_is_redacted() =>
        Assert.Equal([new FieldState.Redacted(0, "note", 1)], States([Sealed(), Redacting(0)]));

    [Fact]
    public void An_opening_after_a_redaction_is_a_violation_even_where_it_matches() =>
        Assert.Equal([new FieldState.Kept(0, "note", 1)], States([Sealed(), Redacting(0)], Note));

    [Fact]
    public void A_redaction_holds_for_every_entry_of_its_slot_and_for_no_other_slot()
    {
        Statement other = Finding("2").Sealed(Commitments());
        Assert.Equal(
            [new FieldState.Redacted(0, "note", 2), new FieldState.Missing(1, "note"), new FieldState.Redacted(3, "note", 2)],
            States([Sealed(), other, Redacting(0), Sealed()]));
    }

    [Fact]
    public void A_redaction_of_nothing_is_a_violation()
    {
        Assert.IsType<FieldState.Baseless>(States([Redacting(0)]).Single());
        Assert.Contains(new FieldState.Baseless(2, "note"), States([Finding("1"), Sealed(), Redacting(0)], Note));
        Statement incomplete = Statement.Of(StatementKind.CaseStep, Source, new RecordId("s", "1"), Occasion.Of(Redaction.Type, null), Fields.Of(("index", Value.Of(0))));
        Assert.Contains(new FieldState.Baseless(1, ""), States([Sealed(), incomplete], Note));
    }

    [Fact]
    public void An_opening_of_a_field_that_the_entry_does_not_commit_to_is_a_violation() =>
        Assert.Contains(new FieldState.Stray(0, "more"), States([Sealed()], Note, new Opening("more", new string('c', 64), "x")));

    [Fact]
    public void An_opening_of_an_entry_that_commits_to_nothing_is_a_violation()
    {
        var audit = new RedactionAudit();
        audit.Take(0, Sealed());
        audit.Take(1, Finding("2"));
        Assert.Equal([new FieldState.Stray(1, "note")], audit.States((0, 2), [(0, Note), (1, Note)]).Where(state => state.IsViolation));
    }

    [Fact]
    public void A_second_opening_of_a_field_is_a_violation_even_where_the_first_matches() =>
        Assert.Equal([new FieldState.Opened(0, "note", Note.Value), new FieldState.Stray(0, "note")], States([Sealed()], Note, Note with { Value = "other" }));

    [Fact]
    public void Openings_are_asked_of_the_runs_of_entries_that_commit_to_a_field()
    {
        var audit = new RedactionAudit();
        audit.Take(5, Sealed());
        audit.Take(6, Finding("2"));
        audit.Take(600, Sealed());
        Assert.Equal([0, 2], audit.Runs(256));
        Assert.Equal([new FieldState.Missing(600, "note")], audit.States((512, 768), []));
        Assert.Empty(audit.States((256, 512), []));
    }

    [Fact]
    public void G18_one_role_alone_redacts_nothing()
    {
        Assert.Null(Redaction.Of(new Redaction(0, Finding("1").Slot, ["note"], Grounds with { ApprovedBy = " Records Officer" }).ToStatement(Source, new DateOnly(2026, 5, 12))));
        Assert.NotNull(Redaction.Of(Redacting(0)));
    }

    [Fact]
    public void A_redaction_is_read_back_from_its_statement()
    {
        Assert.True(Statement.TryRead(Redacting(0).ToBytes(), out Statement? read, out _));
        Redaction redaction = Redaction.Of(read)!;
        Assert.Equal((0, Finding("1").Slot, Grounds), (redaction.Index, redaction.Slot, redaction.Grounds));
        Assert.Equal(["note"], redaction.Fields);
    }

    [Fact]
    public void Values_that_are_to_be_redactable_never_reach_the_bytes_unsealed() =>
        Assert.Throws<InvalidOperationException>(() => Finding("1").Withholding(Fields.Of(("note", Value.Of("x")))).ToBytes());

    [Fact]
    public void Opening_lines_are_read_back_and_nothing_else_is() => Gen.Select(Gen.Int[0, 9], Gen.String, Gen.String).Sample((count, field, value) =>
    {
        (long, Opening)[] openings = [.. Enumerable.Range(0, count).Select(i => ((long)i, new Opening(Clean(field), new string('a', 64), Clean(value))))];
        byte[] bytes = OpeningLines.Write(openings);
        return OpeningLines.TryRead(bytes, out IReadOnlyList<(long Index, Opening Opening)> read, out _) && openings.SequenceEqual(read)
            && (count == 0 || !OpeningLines.TryRead(bytes.AsSpan(0, bytes.Length - 1), out _, out _));
    });

    [Theory]
    [InlineData("{}\n")]
    [InlineData("{\"field\":\"a\",\"index\":-1,\"salt\":\"00\",\"v\":1,\"value\":\"x\"}\n")]
    [InlineData("{\"field\":\"a\",\"index\":1,\"salt\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"v\":1,\"value\":\"x\"}\n")]
    [InlineData("{\"field\":\"a\",\"index\":1,\"salt\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"v\":2,\"value\":\"x\"}\n")]
    public void A_line_that_is_no_opening_is_named(string line)
    {
        Assert.False(OpeningLines.TryRead(System.Text.Encoding.UTF8.GetBytes(line), out _, out string problem));
        Assert.StartsWith("line 1 ", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_opening_with_white_space_between_its_parts_was_read_as_if_canonical()
    {
        byte[] lines = OpeningLines.Write([(1, new Opening("a", new string('0', 64), "x"))]);
        byte[] spaced = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(lines).Replace("\"v\":1", "\"v\": 1", StringComparison.Ordinal));
        Assert.True(OpeningLines.TryRead(lines, out _, out _));
        Assert.False(OpeningLines.TryRead(spaced, out _, out string problem));
        Assert.Equal("line 1 is not written as canonical JSON (RFC 8785)", problem);
    }

    [Theory]
    [InlineData(1, "a", 1, "a")]
    [InlineData(1, "b", 1, "a")]
    [InlineData(2, "a", 1, "b")]
    [InlineData(1, "\U0001F600", 1, "\uFF5E")]
    public void Lines_out_of_order_or_twice_are_refused(long first, string field, long second, string other)
    {
        byte[] lines = OpeningLines.Write([(first, Note with { Field = field }), (second, Note with { Field = other })]);
        Assert.False(OpeningLines.TryRead(lines, out _, out string problem));
        Assert.StartsWith("line 2 is out of order", problem, StringComparison.Ordinal);
    }

    private static string Clean(string text) => new([.. text.Where(one => !char.IsSurrogate(one))]);

    private static Statement Finding(string record) => Statement.Finding(
        Source, new RecordId("s", record), SubjectKind.Establishment, Occasion.Of("inspection", new DateOnly(2026, 5, 1)), Fields.Of(("hygiene", Value.Of(5))));

    private static Fields Commitments() => Fields.Of(("note", Value.Of(Note.Commitment().ToString())));

    private static Statement Sealed() => Finding("1").Sealed(Commitments());

    private static Statement Redacting(long index) =>
        new Redaction(index, Finding("1").Slot, ["note"], Grounds).ToStatement(new Provenance("register", "food", "law", "purpose"), new DateOnly(2026, 5, 12));

    private static FieldState[] States(Statement[] ledger, params Opening[] openings)
    {
        var audit = new RedactionAudit();
        for (int i = 0; i < ledger.Length; i++)
        {
            audit.Take(i, ledger[i]);
        }

        return [.. audit.Baseless, .. audit.States((0, ledger.Length), [.. openings.Select(one => (0L, one))])];
    }
}
