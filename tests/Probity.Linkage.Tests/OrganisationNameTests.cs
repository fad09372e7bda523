namespace Probity.Linkage.Tests;

public sealed class OrganisationNameTests
{
    [Theory]
    [InlineData("Siemens Aktiengesellschaft", "siemens", "ContinentalStock")]
    [InlineData("SiemensAG", "siemens", "ContinentalStock")]
    [InlineData("Siemens Aktiengeselschaft", "siemens", "ContinentalStock")]
    [InlineData("Bowne Global Solutions, S.A.R.L.", "bowne global solutions", "ContinentalLimited")]
    [InlineData("ООО «Ромашка»", "romashka", "ContinentalLimited")]
    [InlineData("ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ БАЙКАЛ", "baikal", "ContinentalLimited")]
    [InlineData("トヨタ自動車株式会社", "トヨタ自動車", "Stock")]
    [InlineData("삼성전자 주식회사", "samseongjeonja", "Stock")]
    [InlineData("Stripe Limited Liability Company", "stripe", "Limited")]
    [InlineData("FABERLIC EUROPE Sp. z o.o.", "faberlic europe", "ContinentalLimited")]
    [InlineData("S.C. Johnson & Son, Inc.", "sc johnson son", "Company")]
    [InlineData("The Company Ltd", "the company ltd", "Company")]
    [InlineData("Brigade Forty 4", "brigade 44", "None")]
    [InlineData("1st International Bank", "1 international bank", "None")]
    [InlineData("KKR Asian Fund III L.P.", "kkr asian fund 3", "Partnership")]
    [InlineData("Children?s House – Centre", "childrens house center", "None")]
    [InlineData("Łódź Straße Ærø", "lodz strasse aero", "None")]
    [InlineData("Owens Corning Sales L L C", "owens corning sales", "Limited")]
    [InlineData("Kingston Hospital NHS Foundation Trust", "kingston hospital", "State")]
    [InlineData("United States of America Postal Bank", "usa postal bank", "None")]
    [InlineData("United Arab Emirates Ports", "uae ports", "None")]
    [InlineData("Port Authority of New Zealand", "port authority newzealand", "None")]
    public void A_name_becomes_words_and_a_form(string text, string words, string form)
    {
        OrganisationName name = OrganisationName.Read(text);
        Assert.Equal(words, string.Join(' ', name.Words));
        Assert.Equal(form, name.Form.ToString());
    }

    [Theory]
    [InlineData("Good Will Company", "Goodwill Company")]
    [InlineData("International Labour Organization", "International Labor Organisation")]
    [InlineData("PricewaterhouseCoopers LLP", "Pricewaterhouse Coopers LLP")]
    [InlineData("Газпром ОАО", "OAO Gazprom")]
    [InlineData("US Department of Justice", "United States Department of Justice")]
    [InlineData("UC Irvine Medical Center", "University of California, Irvine Medical Center")]
    [InlineData("Butterworth Hospital (Michigan)", "Butterworth Hospital")]
    [InlineData("Moorfields Eye Hospital NHS Foundation Trust", "Moorfields Eye Hospital")]
    [InlineData("Northgate Capital", "Northgate Capital LLC")]
    [InlineData("De Priest", "DePriest")]
    public void Spellings_of_one_name_match(string one, string other) =>
        Assert.InRange(NamePair.Compare(one, other).Probability, NamePair.Threshold, 1);

    [Theory]
    [InlineData("Fund VII LP", "Fund VIII LP")]
    [InlineData("Bank of Armenia", "Bank of America")]
    [InlineData("Saudi Arabian Gas Company", "Saudi Arabian Oil Company")]
    [InlineData("Iran Shipping Lines", "Iraq Shipping Lines")]
    [InlineData("ANO Iskusstvo Krasoty", "OOO Iskusstvo Krasoty")]
    [InlineData("Müller GmbH", "Müller AG")]
    [InlineData("Schmidt Logistik GmbH", "Schmidt Logistik GmbH & Co. KG")]
    [InlineData("ООО Ромашка", "ОАО Ромашка")]
    [InlineData("Crown Estates Ltd", "Crown Estates Systems Limited")]
    [InlineData("Ashdown Fund (VII)", "Ashdown Fund")]
    [InlineData("Queen Mary Hospital (Leeds)", "Queen Mary Hospital (Sydney)")]
    [InlineData("", "")]
    public void Names_that_say_different_things_do_not(string one, string other) =>
        Assert.InRange(NamePair.Compare(one, other).Probability, 0, NamePair.Threshold - 0.01);
}
