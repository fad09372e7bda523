using Probity.Evidence;

namespace Probity.Sources.Tests;

public sealed class BadRecordsTests
{
    [Theory]
    [InlineData(",0,5,5,", ",7,5,5,", RejectionCodes.ValueOutsideSet, "Hygiene")]
    [InlineData(",0,5,5,", ",0,5,25,", RejectionCodes.ValueOutsideSet, "ConfidenceInManagement")]
    [InlineData(",0,5,5,", ",0,,5,", RejectionCodes.FieldMissing, "Structural")]
    [InlineData(",5,2020", ",6,2020", RejectionCodes.ValueOutsideSet, "RatingValue")]
    [InlineData(",5,2020", ",,2020", RejectionCodes.FieldMissing, "RatingValue")]
    [InlineData("2020-02-12", "0001-01-01", RejectionCodes.DateTooEarly, "RatingDate")]
    [InlineData("2020-02-12", "1901-01-01T00:00:00", RejectionCodes.DateTooEarly, "RatingDate")]
    [InlineData("2020-02-12", "2026-05-13", RejectionCodes.DateInFuture, "RatingDate")]
    [InlineData("2020-02-12", "2020-02-30", RejectionCodes.DateUnreadable, "RatingDate")]
    [InlineData("2020-02-12", "last week", RejectionCodes.DateUnreadable, "RatingDate")]
    [InlineData("Bakery 2", " ", RejectionCodes.FieldMissing, "BusinessName")]
    [InlineData("2,Bakery", ",Bakery", RejectionCodes.IdMissing, "FHRSID")]
    [InlineData("2,Bakery", "1,Bakery", RejectionCodes.IdDuplicate, "FHRSID")]
    public void A_record_that_does_not_fit_is_rejected_and_those_around_it_are_not(string right, string wrong, string code, string field)
    {
        List<SourceRecord> records = Fhrs.Read(Fhrs.Header + Fhrs.Line("1") + Fhrs.Line("2").Replace(right, wrong, StringComparison.Ordinal) + Fhrs.Line("3"));

        Assert.Equal("1 3", records.Ids());
        Rejection rejection = Assert.Single(records.Rejections());
        Assert.Equal((code, field, 3L), (rejection.Code, rejection.Field, rejection.Place.Line));
    }

    [Theory]
    [InlineData("2026-05-12")]
    [InlineData("2020-02-12T10:11:12Z")]
    [InlineData("2020-02-12T00:00:00.123+01:00")]
    [InlineData("2020-02-12T00:00:00.5")]
    [InlineData("2020-02-12 23:59:59")]
    [InlineData("12/02/2020")]
    [InlineData("20200212")]
    public void A_day_is_read_in_every_form_that_is_listed(string day) =>
        Assert.Equal("1", Fhrs.Read(Fhrs.Header + Fhrs.Line("1").Replace("2020-02-12", day, StringComparison.Ordinal)).Ids());

    [Fact]
    public void A_record_without_scores_and_date_is_as_published()
    {
        SourceRecord record = Assert.Single(Fhrs.Read(Fhrs.Header + "1,Bakery,,,Exempt,1901-01-01,,,,FHRS\n"));

        Assert.Equal(["", "rating"], record.Statements.Select(statement => statement.Type));
        Assert.Null(record.Statements[1].ValidFrom);
    }

    [Fact]
    public void A_field_is_named_as_the_file_names_it()
    {
        string text = Fhrs.Json("1").Replace("\"Hygiene\":0", "\"Hygiene\":3", StringComparison.Ordinal).Replace("scores", "Scores", StringComparison.Ordinal);

        Assert.Equal("Scores/Hygiene", Assert.Single(Fhrs.Read(text).Rejections()).Field);
    }

    [Fact]
    public void Ten_megabytes_in_a_field_reject_their_record_and_the_next_goes_on()
    {
        string huge = new('x', 10_000_000);
        string[] texts = [Fhrs.Header + Fhrs.Line("1") + Fhrs.Line("2"), Fhrs.Json("1", "2"), Fhrs.Xml("1", "2")];
        foreach (string text in texts)
        {
            List<SourceRecord> records = Fhrs.Read(text.Replace("Bakery 1", huge, StringComparison.Ordinal));

            Assert.Equal("2", records.Ids());
            Rejection rejection = Assert.Single(records.Rejections());
            Assert.Equal(RejectionCodes.FieldTooLong, rejection.Code);
            Assert.True(rejection.Reason.Length < 200);
        }
    }

    [Fact]
    public void A_field_of_any_length_that_no_rule_takes_is_passed_over()
    {
        string text = Fhrs.Json("1", "2").Replace("\"FHRSID\":1,", $"\"FHRSID\":1,\"RightToReply\":\"{new string('x', 10_000_000)}\",", StringComparison.Ordinal);

        Assert.Equal("1 2", Fhrs.Read(text).Ids());
    }

    [Fact]
    public void A_statement_longer_than_an_entry_of_the_ledger_is_a_rejection()
    {
        SourceDefinition source = Fhrs.Define(Fhrs.Yaml.Replace("type: BusinessType", "type: {from: BusinessType, max_length: 65535}", StringComparison.Ordinal));
        string Text(int length) => Fhrs.Header + Fhrs.Line("1").Replace("Retailers - other", new string('x', length), StringComparison.Ordinal) + Fhrs.Line("2");
        int around = Fhrs.Read(source, Text(20_000))[0].Statements[0].ToBytes().Length - 20_000;

        List<SourceRecord> longest = Fhrs.Read(source, Text(Statement.MaxBytes - around));
        Assert.Equal(Statement.MaxBytes, longest[0].Statements[0].ToBytes().Length);
        List<SourceRecord> tooLong = Fhrs.Read(source, Text(Statement.MaxBytes - around + 1));
        Assert.Equal("2", tooLong.Ids());
        Rejection rejection = Assert.Single(tooLong.Rejections());
        Assert.Equal(RejectionCodes.StatementTooLong, rejection.Code);
        Assert.Contains("'identity' would be 65,536 bytes", rejection.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_statement_that_is_too_long_only_when_escaped_is_a_rejection()
    {
        SourceDefinition source = Fhrs.Define(Fhrs.Yaml.Replace("type: BusinessType", "type: {from: BusinessType, max_length: 65535}", StringComparison.Ordinal));
        string text = Fhrs.Header + Fhrs.Line("1").Replace("Retailers - other", "x" + new string('\u0001', 11_000) + "x", StringComparison.Ordinal);

        Assert.Equal(RejectionCodes.StatementTooLong, Assert.Single(Fhrs.Read(source, text).Rejections()).Code);
    }

    [Theory]
    [InlineData("person")]
    [InlineData("Natural-Person")]
    [InlineData(" individual ")]
    public void G01_a_person_as_the_subject_of_a_record_is_rejected(string word)
    {
        SourceDefinition source = Fhrs.Define(Fhrs.Yaml.Replace("subject: establishment", "subject: {default: establishment, field: {from: BusinessType, replace: {Retailers - other: legal-entity}}}", StringComparison.Ordinal));
        List<SourceRecord> records = Fhrs.Read(source, Fhrs.Header + Fhrs.Line("1") + Fhrs.Line("2").Replace("Retailers - other", word, StringComparison.Ordinal)
            + Fhrs.Line("3").Replace("Retailers - other", "", StringComparison.Ordinal) + Fhrs.Line("4").Replace("Retailers - other", "robot", StringComparison.Ordinal));

        Assert.Equal("1 3", records.Ids());
        Assert.Equal([SubjectKind.LegalEntity, SubjectKind.Establishment], records.SelectMany(record => record.Statements.Take(1)).Select(statement => statement.Subject!.Value));
        Assert.Equal([RejectionCodes.SubjectPerson, RejectionCodes.SubjectUnknown], records.Rejections().Select(rejection => rejection.Code));
    }

    [Theory]
    [InlineData("whole", "-9223372036854775808", RejectionCodes.NumberUnreadable)]
    [InlineData("whole", "9007199254740992", RejectionCodes.NumberUnreadable)]
    [InlineData("whole", "1.5", RejectionCodes.NumberUnreadable)]
    [InlineData("decimal", "1,5", RejectionCodes.NumberUnreadable)]
    [InlineData("flag", "perhaps", RejectionCodes.ValueOutsideSet)]
    [InlineData("day", "soon", RejectionCodes.DateUnreadable)]
    public void A_text_that_is_no_value_of_its_type_is_a_rejection(string type, string text, string code)
    {
        Rejection rejection = Assert.Single(ReadTyped(type, text).Rejections);
        Assert.Equal((code, "BusinessType"), (rejection.Code, rejection.Field));
    }

    [Theory]
    [InlineData("whole", "-9007199254740991", "-9007199254740991")]
    [InlineData("decimal", "012.50", "12.5")]
    [InlineData("decimal", "-0.0", "0")]
    [InlineData("decimal", "1e3", "1000")]
    [InlineData("flag", "TRUE", "true")]
    [InlineData("day", "31/12/2030", "2030-12-31")]
    [InlineData("day", "1901-01-01", null)]
    public void A_value_stands_in_one_form_only(string type, string text, string? value) =>
        Assert.Equal(value, ReadTyped(type, text).Statements[0].Body["type"]?.ToString());

    private static SourceRecord ReadTyped(string type, string text)
    {
        SourceDefinition source = Fhrs.Define(Fhrs.Yaml.Replace("type: BusinessType", $"type: {{from: BusinessType, type: {type}}}", StringComparison.Ordinal));
        return Assert.Single(Fhrs.Read(source, Fhrs.Header + Fhrs.Line("1").Replace("Retailers - other", $"\"{text}\"", StringComparison.Ordinal)));
    }
}
