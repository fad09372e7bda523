using System.Text;
using Probity.Tests.Support;

namespace Probity.Evidence.Tests;

public sealed class StatementTests
{
    private static readonly Provenance FoodLaw = new("fhrs", "food", "Food Law Code of Practice, Annex 5", "public information on food hygiene");
    private static readonly RecordId Record = new("fhrs", "592");

    [Fact]
    public void An_inspection_has_these_bytes()
    {
        Statement finding = Statement.Finding(
            FoodLaw,
            Record,
            SubjectKind.Establishment,
            Occasion.Of("inspection", new DateOnly(2020, 2, 12)),
            Fields.Of(("structural", Value.Of(10)), ("hygiene", Value.Of(0)), ("confidence", Value.Of(10))));
        Snapshot.Match(Encoding.UTF8.GetString(finding.ToBytes()) + "\n", "statement-finding");
        Assert.True(Statement.TryRead(finding.ToBytes(), out Statement? back, out _));
        Assert.Equal(finding, back);
    }

    [Theory]
    [InlineData("person")]
    [InlineData("natural-person")]
    [InlineData("individual")]
    public void G01_a_person_as_subject_cannot_be_read_from_a_ledger(string subject)
    {
        string json = $$"""{"body":{},"context":"food","kind":"identity","law":"l","purpose":"p","record":"1","source":"s","subject":"{{subject}}","v":1}""";
        Assert.False(Statement.TryRead(Encoding.UTF8.GetBytes(json), out _, out string problem));
        Assert.Contains("G01", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void G01_no_subject_kind_names_a_person() =>
        Assert.Equal(["LegalEntity", "Establishment", "PublicBody", "Arrangement"], Enum.GetNames<SubjectKind>());

    [Fact]
    public void An_unknown_version_is_named()
    {
        Assert.False(Statement.TryRead("""{"v":9}"""u8, out _, out string problem));
        Assert.Contains("version 9", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_later_statement_of_a_slot_takes_the_place_of_the_earlier()
    {
        Statement At(int hygiene) => Statement.Finding(
            FoodLaw, Record, SubjectKind.Establishment, Occasion.Of("inspection", new DateOnly(2020, 2, 12)), Fields.Of(("hygiene", Value.Of(hygiene))));
        var dossier = new Dossier(OrganisationId.FirstSeenAs(Record), SubjectKind.Establishment, [new Entry(0, At(5)), new Entry(7, At(10))]);
        Assert.Equal(At(5), Assert.Single(dossier.At(new AsOf(new DateOnly(2021, 1, 1), 7))).Statement);
        Assert.Equal(At(10), Assert.Single(dossier.At(new AsOf(new DateOnly(2021, 1, 1), 8))).Statement);
        Assert.Empty(dossier.At(new AsOf(new DateOnly(2020, 2, 11), 8)));
    }
}
