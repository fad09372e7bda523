using System.Text;
using Probity.Tests.Support;

namespace Probity.Evidence.Tests;

/// <summary>The bytes that formats/redaction.md promises.</summary>
public sealed class RedactionGolden
{
    [Fact]
    public void A_sealed_statement_its_opening_and_its_redaction_are_the_published_bytes()
    {
        var opening = new Opening("note", string.Concat(Enumerable.Range(0, 32).Select(i => $"{i:x2}")), "Inhaberin befragt; „ungenügend“");
        Statement finding = Statement.Finding(
            new Provenance("fhrs", "food", "law", "purpose"), new RecordId("fhrs", "1"), SubjectKind.Establishment,
            Occasion.Of("inspection", new DateOnly(2026, 5, 1)), Fields.Of(("hygiene", Value.Of(5))));
        Statement sealedOne = finding.Sealed(Fields.Of((opening.Field, Value.Of(opening.Commitment().ToString()))));
        Statement redaction = new Redaction(7, finding.Slot, ["note"], new RedactionGrounds("GDPR Art. 17(1)(d)", "Town of Example", "records officer", "data protection officer"))
            .ToStatement(new Provenance("uk-food-hygiene", "food", "law", "purpose"), new DateOnly(2026, 5, 12));
        var page = new StringBuilder();
        page.Append($"commitment: {opening.Commitment()}\n");
        page.Append($"statement: {Encoding.UTF8.GetString(sealedOne.ToBytes())}\n");
        page.Append($"opening: {Encoding.UTF8.GetString(OpeningLines.Write([(7, opening)]))}");
        page.Append($"redaction: {Encoding.UTF8.GetString(redaction.ToBytes())}\n");
        Snapshot.Match(page.ToString(), "redaction");
    }
}
