using CsCheck;

namespace Probity.Evidence.Tests;

public sealed class StatementLaws
{
    private static readonly Gen<string> Texts = Gen.String[Gen.Char['\u0000', '\ud7ff'], 0, 60];

    [Fact]
    public void Bytes_are_the_canonical_JSON_of_the_fields_and_read_back_the_same() =>
        Gen.Select(Texts, Texts, Texts, Gen.Int[0, 3], Gen.Bool, Gen.Int[1, 700_000]).Sample((record, law, item, kind, stated, day) =>
        {
            var provenance = new Provenance(stated ? "office" : "s", "food", law, "p");
            var about = new RecordId("s", record);
            var occasion = new Occasion("inspection", item, day % 3 == 0 ? null : DateOnly.FromDayNumber(day));
            Fields body = Fields.Of(("b", Value.Of(item)), ("a", Value.Of(day)));
            Statement statement = kind switch
            {
                0 => Statement.Identity(provenance, about, SubjectKind.PublicBody, body),
                1 => Statement.Of(StatementKind.Judgement, provenance, about, occasion, body),
                _ => Statement.Finding(provenance, about, SubjectKind.Establishment, occasion, body),
            };
            statement = day % 2 == 0 ? statement : statement.Sealed(Fields.Of((item + "n", Value.Of(Digest.Of([(byte)day]).ToString()))));
            byte[] bytes = statement.ToBytes();
            return bytes.AsSpan().SequenceEqual(CanonicalJson.Bytes(statement.ToFields()))
                && Statement.TryRead(bytes, out Statement? back, out _)
                && back == statement;
        });

    [Fact]
    public void Other_slots_have_other_keys() =>
        Gen.Select(Texts, Texts, Texts, Texts).Sample((a, b, c, d) =>
        {
            var one = new Slot(new RecordId(a, b), StatementKind.Finding, c, d, null);
            var other = new Slot(new RecordId(a + b, ""), StatementKind.Finding, c, d, null);
            return one == other || one.Key() != other.Key();
        });
}
