namespace Probity.Linkage.Tests;

public sealed class IdentifierSchemeTests
{
    public static TheoryData<string, string> Valid => new()
    {
        { "lei", "5299 00T8BM49AURSDO55" },
        { "gb-company", "sc123456" },
        { "siren", "732 829 320" },
        { "siret", "732 829 320 00074" },
        { "ein", "91-1144442" },
        { "npi", "1234567893" },
        { "duns", "15-048-3782" },
        { "abn", "83 914 571 673" },
        { "no-orgnr", "988 077 917" },
        { "cnpj", "16.727.230/0001-97" },
        { "cvr", "13585628" },
        { "ogrn", "1022200525819" },
        { "uid-che", "CHE-100.155.212" },
        { "ccn", "010001" },
        { "se-orgnr", "556016-0680" },
        { "ee-code", "10137319" },
        { "regon", "192598184" },
        { "rsin", "0044.95.445" },
        { "ico", "25123891" },
        { "jp-corporate", "7000012050002" },
        { "kr-brn", "124-81-00998" },
        { "cn-uscc", "91110000600037341L" },
        { "in-gstin", "27AAPFU0939F1ZV" },
        { "acn", "004 085 616" },
        { "ca-bn", "123026635" },
        { "ru-inn", "7707083893" },
        { "ua-edrpou", "32855961" },
        { "il-company", "516179157" },
        { "vat-at", "ATU13585627" },
        { "vat-be", "BE 0428.759.497" },
        { "vat-bg", "BG175074752" },
        { "vat-cy", "CY10259033P" },
        { "vat-cz", "CZ25123891" },
        { "vat-de", "DE136695976" },
        { "vat-dk", "DK13585628" },
        { "vat-ee", "EE100931558" },
        { "vat-el", "EL094259216" },
        { "vat-es", "ESB58378431" },
        { "vat-fi", "FI20774740" },
        { "vat-fr", "FR40303265045" },
        { "vat-hr", "HR33392005961" },
        { "vat-hu", "HU12892312" },
        { "vat-ie", "IE6433435F" },
        { "vat-it", "IT00743110157" },
        { "vat-lt", "LT119511515" },
        { "vat-lu", "LU15027442" },
        { "vat-lv", "LV40003521600" },
        { "vat-mt", "MT11679112" },
        { "vat-nl", "NL004495445B01" },
        { "vat-pl", "PL8567346215" },
        { "vat-pt", "PT501964843" },
        { "vat-ro", "RO18547290" },
        { "vat-se", "SE123456789701" },
        { "vat-si", "SI50223054" },
        { "vat-sk", "SK2022749619" },
    };

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_valid_number_is_read_however_it_is_written(string scheme, string text)
    {
        Assert.True(IdentifierSchemes.Find(scheme)!.TryRead(text, out string number));
        Assert.DoesNotContain(' ', number);
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void Of_all_numbers_with_one_other_last_digit_most_fail_where_the_scheme_has_a_check(string scheme, string text)
    {
        bool free = scheme is "gb-company" or "ein" or "duns" or "ccn" or "vat-nl" or "cn-uscc" or "in-gstin"; // no check digit, or its last digit is not the check
        int at = text.Length - 1 - text.Reverse().ToList().FindIndex(char.IsAsciiDigit);
        int read = Enumerable.Range(0, 10)
            .Count(digit => IdentifierSchemes.Find(scheme)!.TryRead(text[..at] + digit + text[(at + 1)..], out _));
        Assert.True(free ? read > 0 : read <= 2, $"{read} of 10");
    }

    [Theory]
    [InlineData("cn-uscc", "91110000600037341M")]
    [InlineData("cn-uscc", "91110000600037342L")]
    [InlineData("in-gstin", "27AAPFU0939F1ZW")]
    [InlineData("jp-corporate", "8000012050002")]
    public void A_number_with_another_check_character_is_none(string scheme, string text) => Assert.False(IdentifierSchemes.Find(scheme)!.TryRead(text, out _));

    [Theory]
    [InlineData("se-orgnr", "811218-9876")]
    [InlineData("ru-inn", "500100732259")]
    [InlineData("in-gstin", "27AAPPU0939F1ZV")]
    [InlineData("cn-uscc", "92110000600037341L")]
    public void G01_numbers_of_people_are_none(string scheme, string text) => Assert.False(IdentifierSchemes.Find(scheme)!.TryRead(text, out _));

    [Fact]
    public void Every_scheme_has_a_valid_example_a_source_and_a_code_of_its_own()
    {
        Assert.Equal(IdentifierSchemes.All.Select(scheme => scheme.Code).Order(StringComparer.Ordinal), Valid.Select(row => row.Data.Item1).Order(StringComparer.Ordinal));
        Assert.All(IdentifierSchemes.All, scheme => Assert.NotEmpty(scheme.Source));
    }

    [Theory]
    [InlineData("siren", "000000000")]
    [InlineData("siren", "")]
    [InlineData("duns", "123456789")]
    [InlineData("gb-company", "12345678")]
    [InlineData("gb-company", "11111111")]
    [InlineData("lei", "not a number at all, and far too long to be one of any scheme")]
    public void Fillers_are_no_numbers(string scheme, string text) => Assert.False(IdentifierSchemes.Find(scheme)!.TryRead(text, out _));

    [Theory]
    [InlineData("DE136695976", "vat-de")]
    [InlineData("GR 094259216", null)]
    [InlineData("EL 094259216", "vat-el")]
    [InlineData("DE136695977", null)]
    [InlineData("", null)]
    public void A_vat_number_tells_its_country(string text, string? scheme) => Assert.Equal(scheme, IdentifierSchemes.VatOf(text)?.Code);
}
