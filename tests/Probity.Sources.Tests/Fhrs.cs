using System.Text;
using Probity.Evidence;
using Probity.Tests.Support;

namespace Probity.Sources.Tests;

/// <summary>The source of the UK register, and readings of it.</summary>
internal static class Fhrs
{
    public const string Header = "FHRSID,BusinessName,BusinessType,PostCode,RatingValue,RatingDate,Hygiene,Structural,ConfidenceInManagement,SchemeType\n";

    public static string Yaml { get; } = File.ReadAllText(Path.Combine(SharedData.Root, "registers", "uk-food-hygiene", "sources", "fhrs.yaml"));

    public static SourceDefinition Source { get; } = Define(Yaml);

    public static ReadOptions Options { get; } = new() { Today = new DateOnly(2026, 5, 12), Clock = TimeProvider.System };

    /// <summary>One CSV line of an establishment that fits.</summary>
    public static string Line(string id) => $"{id},Bakery {id},Retailers - other,CR8 5JB,5,2020-02-12,0,5,5,FHRS\n";

    /// <summary>An API answer with establishments that fit.</summary>
    public static string Json(params string[] ids) =>
        "{\"establishments\":[" + string.Join(',', ids.Select(JsonRecord)) + "],\"meta\":{\"totalPages\":1}}";

    public static string JsonRecord(string id) =>
        $$$"""{"FHRSID":{{{id}}},"BusinessName":"Bakery {{{id}}}","RatingValue":"5","RatingDate":"2020-02-12T00:00:00","scores":{"Hygiene":0,"Structural":5,"ConfidenceInManagement":5}}""";

    public static string XmlRecord(string id) =>
        $"<EstablishmentDetail><FHRSID>{id}</FHRSID><BusinessName>Bakery {id}</BusinessName><RatingValue>5</RatingValue><RatingDate>2020-02-12</RatingDate>"
        + "<Scores><Hygiene>0</Hygiene><Structural>5</Structural><ConfidenceInManagement>5</ConfidenceInManagement></Scores></EstablishmentDetail>";

    public static string Xml(params string[] ids) =>
        $"<FHRSEstablishment><EstablishmentCollection>{string.Concat(ids.Select(XmlRecord))}</EstablishmentCollection></FHRSEstablishment>";

    public static SourceDefinition Define(string yaml)
    {
        List<Problem> problems = [];
        SourceDefinition? source = SourceDefinition.Read("fhrs.yaml", yaml, problems);
        Assert.Empty(problems);
        return source!;
    }

    public static List<SourceRecord> Read(string text) => Read(Source, text);

    public static List<SourceRecord> Read(SourceDefinition source, string text) => Read(source, Encoding.UTF8.GetBytes(text));

    public static List<SourceRecord> Read(byte[] bytes) => Read(Source, bytes);

    public static List<SourceRecord> Read(SourceDefinition source, byte[] bytes)
    {
        var mapping = new RecordMapping(source, Options.Today);
        return [.. SourceReader.ReadStream(source, mapping, "file", new MemoryStream(bytes), new JsonRecords(source, ""))];
    }

    public static List<SourceRecord> ReadAt(string location) => [.. SourceReader.Read(Source, location, Options, TestContext.Current.CancellationToken)];

    /// <summary>The identifiers of the records that became statements, in order.</summary>
    public static string Ids(this IEnumerable<SourceRecord> records) => string.Join(' ', records.SelectMany(record => record.Statements.Take(1)).Select(statement => statement.About.Record));

    /// <summary>All rejections.</summary>
    public static List<Rejection> Rejections(this IEnumerable<SourceRecord> records) => [.. records.SelectMany(record => record.Rejections)];
}
