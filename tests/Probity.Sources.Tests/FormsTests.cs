using System.Text;

namespace Probity.Sources.Tests;

/// <summary>One establishment in every form in which the scheme publishes it.</summary>
public sealed class FormsTests
{
    private const string Csv = """"
        FHRSID,LocalAuthorityBusinessID,BusinessName,BusinessType,AddressLine1,AddressLine2,AddressLine4,PostCode,RatingValue,RatingKey,RatingDate,LocalAuthorityCode,LocalAuthorityName,Hygiene,Structural,ConfidenceInManagement,SchemeType,NewRatingPending,Geocode/Longitude,Geocode/Latitude
        592,00005/1,"Hollybank, ""Café""",Restaurant/Cafe/Canteen,,1 High Street,Croydon,CR8 5JB,4,fhrs_4_en-gb,2020-02-12T00:00:00,507,Croydon,0,10,10,FHRS,False,-0.114,51.331

        """";

    private const string Details = """
        "FHRSID":592,"LocalAuthorityBusinessID":"00005/1","BusinessName":"Hollybank, \"Caf\u00e9\"","BusinessType":"Restaurant/Cafe/Canteen","AddressLine1":"","AddressLine2":"1 High Street",
        "AddressLine3":null,"AddressLine4":"Croydon","PostCode":"CR8 5JB","RatingValue":"4","RatingKey":"fhrs_4_en-gb","RatingDate":"2020-02-12T00:00:00","LocalAuthorityCode":"507",
        "LocalAuthorityName":"Croydon","SchemeType":"FHRS","NewRatingPending":false,"links":[{"rel":"self","FHRSID":1}],"meta":{"FHRSID":2}
        """;

    private const string Api = "{\"meta\":{\"totalPages\":1},\"establishments\":[{" + Details
        + ",\"scores\":{\"Hygiene\":0,\"Structural\":10,\"ConfidenceInManagement\":10},\"geocode\":{\"longitude\":\"-0.114\",\"latitude\":\"51.331\"}}]}";

    private const string OpenRecord = "{" + Details
        + ",\"Scores\":{\"Hygiene\":\"0\",\"Structural\":\"10\",\"ConfidenceInManagement\":\"10\"},\"Geocode\":{\"Longitude\":\"-0.114\",\"Latitude\":\"51.331\"}}";

    private const string OpenHeader = "{\"FHRSEstablishment\":{\"Header\":{\"ExtractDate\":\"2021-05-01\",\"ItemCount\":1,\"ReturnCode\":\"Success\"},\"EstablishmentCollection\":";

    private const string Xml = """
        <?xml version="1.0" encoding="utf-8"?>
        <FHRSEstablishment xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
          <Header><ExtractDate>2021-05-01</ExtractDate><ItemCount>1</ItemCount><ReturnCode>Success</ReturnCode></Header>
          <EstablishmentCollection>
            <EstablishmentDetail>
              <FHRSID>592</FHRSID><LocalAuthorityBusinessID>00005/1</LocalAuthorityBusinessID>
              <BusinessName>Hollybank, <![CDATA["Caf]]>&#233;"</BusinessName><BusinessType>Restaurant/Cafe/Canteen</BusinessType>
              <AddressLine1 /><AddressLine2>1 High Street</AddressLine2><AddressLine4>Croydon</AddressLine4><PostCode>CR8 5JB</PostCode>
              <RatingValue>4</RatingValue><RatingKey>fhrs_4_en-gb</RatingKey><RatingDate>2020-02-12</RatingDate>
              <LocalAuthorityCode>507</LocalAuthorityCode><LocalAuthorityName>Croydon</LocalAuthorityName>
              <Scores><Hygiene>0</Hygiene><Structural>10</Structural><ConfidenceInManagement>10</ConfidenceInManagement></Scores>
              <SchemeType>FHRS</SchemeType><NewRatingPending>False</NewRatingPending>
              <Geocode><Longitude>-0.114</Longitude><Latitude>51.331</Latitude></Geocode>
            </EstablishmentDetail>
          </EstablishmentCollection>
        </FHRSEstablishment>
        """;

    public static TheoryData<string, string> Forms { get; } = new()
    {
        { "API", Api },
        { "open JSON, list", OpenHeader + "[" + OpenRecord + "]}}" },
        { "open JSON, list in an object", OpenHeader + "{\"EstablishmentDetail\":[" + OpenRecord + "]}}}" },
        { "XML", Xml },
        { "XML in a default namespace", Xml.Replace("<FHRSEstablishment ", "<FHRSEstablishment xmlns=\"http://example.org/ratings\" ", StringComparison.Ordinal) },
        { "XML with a prefix", Xml.Replace("<FHRSEstablishment ", "<f:FHRSEstablishment xmlns:f=\"urn:f\" ", StringComparison.Ordinal).Replace("</FHRSE", "</f:FHRSE", StringComparison.Ordinal) },
        { "XML in another order", Moved(Moved(Xml, "<FHRSID>592</FHRSID>"), "<RatingDate>2020-02-12</RatingDate>") },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_same_establishment_gives_equal_statements_in_every_form(string form, string text)
    {
        SourceRecord expected = Assert.Single(Fhrs.Read(Csv));
        SourceRecord actual = Assert.Single(Fhrs.Read(text));

        Assert.Empty(actual.Rejections);
        Assert.Equal(3, expected.Statements.Length);
        Assert.True(expected.Statements.SequenceEqual(actual.Statements), $"{form}: {string.Join('\n', actual.Statements.Select(Text))}\nnot\n{string.Join('\n', expected.Statements.Select(Text))}");
        Assert.Contains("Hollybank, \\\"Café\\\"", Text(actual.Statements[0]), StringComparison.Ordinal);
        Assert.Contains("\"address\":\"1 High Street, Croydon\"", Text(actual.Statements[0]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("1")]
    public void A_nil_date_in_XML_is_none_whatever_stands_inside(string nil)
    {
        string rated = Xml.Replace("<RatingDate>", $"<RatingDate xsi:nil=\"{nil}\">", StringComparison.Ordinal);
        string unrated = rated.Replace("<Scores><Hygiene>0</Hygiene><Structural>10</Structural><ConfidenceInManagement>10</ConfidenceInManagement></Scores>", "<Scores />", StringComparison.Ordinal);

        Assert.Equal("field.missing", Assert.Single(Fhrs.Read(rated).Rejections()).Code);
        SourceRecord record = Assert.Single(Fhrs.Read(unrated));
        Assert.Equal(["", "rating"], record.Statements.Select(statement => statement.Type));
        Assert.Null(record.Statements[1].ValidFrom);
    }

    [Fact]
    public void An_XML_file_is_read_in_the_one_byte_encoding_it_declares()
    {
        string declared = Xml.Replace("utf-8", "iso-8859-1", StringComparison.Ordinal).Replace("&#233;", "é", StringComparison.Ordinal);

        Assert.Equal(Fhrs.Read(Xml)[0].Statements, Fhrs.Read(Encoding.Latin1.GetBytes(declared))[0].Statements);
    }

    [Fact]
    public void An_empty_list_of_records_is_nothing_wrong() => Assert.Empty(Fhrs.Read("{\"establishments\":[]}"));

    [Fact]
    public void Published_rating_words_are_one_word_in_every_form()
    {
        string awaiting = Csv.Replace(",4,fhrs", ",Awaiting Inspection,fhrs", StringComparison.Ordinal);

        Assert.Contains("\"value\":\"AwaitingInspection\"", Text(Fhrs.Read(awaiting)[0].Statements[2]), StringComparison.Ordinal);
    }

    private static string Text(Evidence.Statement statement) => Encoding.UTF8.GetString(statement.ToBytes());

    private static string Moved(string xml, string element) =>
        xml.Replace(element, "", StringComparison.Ordinal).Replace("</EstablishmentDetail>", element + "</EstablishmentDetail>", StringComparison.Ordinal);
}
