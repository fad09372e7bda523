using System.Globalization;
using System.Text.Json.Nodes;
using Probity.Commands;
using Probity.Tests.Support;

namespace Probity.Tests.Pipeline;

/// <summary>A register of a few establishments in a folder of its own, driven by the program's own commands.</summary>
internal sealed class SmallRegister : IDisposable
{
    public const string Header = "FHRSID,LocalAuthorityBusinessID,BusinessName,BusinessType,AddressLine1,PostCode,LocalAuthorityCode,LocalAuthorityName,RatingValue,RatingKey,RatingDate,Hygiene,Structural,ConfidenceInManagement,SchemeType,NewRatingPending\n";

    private readonly TemporaryFolder _folder = new();

    public string Data => _folder["data"];

    public string Folder => _folder.FullName;

    public static string RegisterFolder { get; } = Path.Combine(SharedData.Root, "registers", "uk-food-hygiene");

    /// <summary>A line of an extract.</summary>
    public static string Line(int id, string name, string rating, string day, string scores) =>
        $"{id},L{id},{name},Takeaway/sandwich shop,{id} Invented Street,ZZ{id % 9} {id % 9}AB,90{id % 2},Town {id % 2},{rating},k,{day},{scores},FHRS,False\n";

    /// <summary>Three establishments: rated 5, rated 2, awaiting inspection.</summary>
    public static string Three { get; } = Header
        + Line(1, "Invented Spoon", "5", "2024-03-01T00:00:00", "5,0,5")
        + Line(2, "Imaginary Oven", "2", "2024-04-01T00:00:00", "15,10,10")
        + Line(3, "Fictional Kettle", "AwaitingInspection", "1901-01-01T00:00:00", ",,");

    public string Write(string name, string content) => _folder.Write(name, content);

    /// <summary>Runs an extract; gives the exit code and the JSON summary.</summary>
    public (int Exit, JsonNode Summary) Run(string extract, string asOf = "2026-01-01")
    {
        string file = Write("extract.csv", extract);
        (int exit, string output, string _) = Probity("run", RegisterFolder, "--source", "fhrs=" + file, "--data", Data, "--as-of", asOf, "--json");
        return (exit, JsonNode.Parse(output)!);
    }

    /// <summary>Runs the program in this process.</summary>
    public static (int Exit, string Output, string Error) Probity(params string[] arguments)
    {
        var output = new StringWriter(CultureInfo.InvariantCulture);
        var error = new StringWriter(CultureInfo.InvariantCulture);
        int exit = CommandTree.Run(arguments, output, error).GetAwaiter().GetResult();
        return (exit, output.ToString(), error.ToString());
    }

    public void Dispose() => _folder.Dispose();
}
