using Probity.Evidence;

namespace Probity.Linkage.Tests;

public sealed class LinkageSpecificationTests
{
    [Fact]
    public void A_specification_sets_the_threshold_and_corrects_columns()
    {
        LinkageSpecification specification = Read("threshold: 0.9\ninputs:\n  partner:\n    Rufname: name\n    Nummer: identifier siren\n    name: ignored\n", out _)!;
        Assert.Equal(0.9, specification.Threshold);
        LinkTable table = Tables.Of("partner", "name,Rufname,Nummer", "x,Alder,732829320");
        Assert.Equal(
            [ColumnRole.Ignored, ColumnRole.Name, ColumnRole.Identifier], specification.Apply("partner", ColumnGuess.Of(table)).Select(use => use.Role));
    }

    [Theory]
    [InlineData("threshold: 1.5", "threshold.outside")]
    [InlineData("treshold: 0.5", "key.unknown")]
    [InlineData("inputs:\n  a:\n    x: colour", "role.unknown")]
    [InlineData("inputs:\n  a:\n    x: identifier siran", "scheme.unknown")]
    [InlineData("", "file.empty")]
    public void What_cannot_be_meant_is_a_problem_with_its_place(string text, string code)
    {
        Assert.Null(Read(text, out List<Problem> problems));
        Assert.Equal(code, Assert.Single(problems).Code);
    }

    [Fact]
    public void Usual_column_names_are_recognised_however_they_are_written()
    {
        LinkTable table = Tables.Of("a", "CompanyNumber,COMPANY_NAME,Address Line 1,post_code,Tel,Web-Site,Raison sociale,VAT ID,colour");
        Assert.Equal(
            [
                ColumnRole.Identifier, ColumnRole.Name, ColumnRole.Address, ColumnRole.Postcode, ColumnRole.Telephone, ColumnRole.Web,
                ColumnRole.OtherName, ColumnRole.Identifier, ColumnRole.Ignored,
            ],
            ColumnGuess.Of(table).Select(use => use.Role));
    }

    [Theory]
    [InlineData(ColumnRole.Name, "Supplier|Vendor|Customer Name|Firmenname|Firmenwortlaut|Unternehmen|Ragione sociale|denominationUniteLegale|Bedrijfsnaam|Razão Social|Namn|Название|Trading As|Doing Business As")]
    [InlineData(ColumnRole.Address, "Anschrift|Straße und Hausnummer|Domicilio|Ulica|Endereço|RegAddress.AddressLine1|Street Line")]
    [InlineData(ColumnRole.City, "Localidad|Comune|Miasto|Cidade")]
    [InlineData(ColumnRole.Postcode, "Kod pocztowy|CEP")]
    [InlineData(ColumnRole.Telephone, "Contact Number|Ph|Fernruf|Telefoon")]
    [InlineData(ColumnRole.Web, "Sitio web|Sito web|Webseite|Internetseite")]
    [InlineData(ColumnRole.Identifier, "N° TVA|CIF|P.IVA|NIP")]
    [InlineData(ColumnRole.Id, "Registration Number|Nr|Record ID|Supplier ID")]
    public void Usual_column_names_were_ignored(object role, string columns) =>
        Assert.All(columns.Split('|'), column => Assert.Equal((column, role), (column, ColumnGuess.Of(Tables.Of("a", column, "x"))[0].Role)));

    [Fact]
    public void A_trading_name_beside_a_name_stays_another_name() =>
        Assert.Equal([ColumnRole.OtherName, ColumnRole.Name], ColumnGuess.Of(Tables.Of("a", "Trading As,Name", "x,y")).Select(use => use.Role));

    [Theory]
    [InlineData("inputs:\n  partnr:\n    name: ignored", "'partnr'", "partner")]
    [InlineData("inputs:\n  partner:\n    nmae: ignored", "'nmae'", "name, zip")]
    public void A_correction_of_what_is_not_there_was_ignored(string text, string unmet, string there)
    {
        LinkTable table = Tables.Of("partner", "name,zip", "Alder,20001");
        var refused = Assert.IsType<LinkageOutcome.Refused>(LinkageRun.Link(Read(text, out _)!, [table]));
        Assert.Equal("specification.unmet", refused.Code);
        Assert.Contains(unmet, refused.Reason, StringComparison.Ordinal);
        Assert.Contains("there are: " + there, refused.Reason, StringComparison.Ordinal);
        Assert.StartsWith("link.yaml:", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_corrections_of_what_is_not_there_only_the_first_was_told()
    {
        LinkageSpecification specification = Read("inputs:\n  partnr:\n    name: ignored\n  court:\n    naem: name\n    zap: postcode\n", out _)!;
        Problem[] unmet = [.. specification.Unmet([new LinkColumns("partner", ["name"]), new LinkColumns("court", ["name", "zip"])])];
        Assert.Equal([(2, 3), (5, 5), (6, 5)], unmet.Select(one => (one.Line, one.Column)));
        Assert.Equal("link.yaml:2:3: there is no input 'partnr' that could be corrected; did you mean 'partner'? there are: partner, court [specification.unmet]", unmet[0].ToString());
        Assert.All(unmet, one => Assert.Contains("did you mean", one.Suggestion, StringComparison.Ordinal));
    }

    [Fact]
    public void A_column_called_id_that_repeats_is_not_the_records_identifier() =>
        Assert.Equal(ColumnRole.Ignored, ColumnGuess.Of(Tables.Of("a", "id,name", "1,Alder", "1,Birch"))[0].Role);

    private static LinkageSpecification? Read(string text, out List<Problem> problems)
    {
        problems = [];
        return LinkageSpecification.Read("link.yaml", text, problems);
    }
}
