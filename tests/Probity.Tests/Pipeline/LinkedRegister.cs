using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Register;
using Probity.Tests.Support;

namespace Probity.Tests.Pipeline;

/// <summary>The sample register of five sources in a data folder of its own, driven by the program's own commands.</summary>
internal sealed class LinkedRegister : IDisposable
{
    public static readonly string[] Sources = ["companies", "inspections", "court", "recalls", "partner"];

    private readonly TemporaryFolder _folder = new();

    public string Data => _folder["data"];

    public static string RegisterFolder { get; } = Path.Combine(SharedData.Root, "registers", "sample-traders");

    /// <summary>A file of the sample.</summary>
    public static string Extract(string source) => Path.Combine(RegisterFolder, "extracts", source + ".csv");

    public string Write(string name, string content) => _folder.Write(name, content);

    /// <summary>A copy of the register's folder with another linkage.yaml.</summary>
    public string FolderWith(string linkage)
    {
        foreach (string file in Directory.EnumerateFiles(RegisterFolder, "*.yaml", SearchOption.AllDirectories))
        {
            string copy = _folder[Path.Combine("register", Path.GetRelativePath(RegisterFolder, file))];
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }

        return Path.GetDirectoryName(_folder.Write(Path.Combine("register", "linkage.yaml"), linkage))!;
    }

    /// <summary>Runs the sample's files, or others for some sources; gives the exit code and the JSON answer.</summary>
    public (int Exit, JsonNode Answer) Run(params (string Source, string File)[] inputs) => RunFolder(RegisterFolder, inputs);

    public (int Exit, JsonNode Answer) RunFolder(string register, params (string Source, string File)[] inputs)
    {
        string[] sources = [.. inputs.SelectMany(input => new[] { "--source", $"{input.Source}={input.File}" })];
        (int exit, string output, string _) = SmallRegister.Probity(["run", register, .. sources, "--data", Data, "--as-of", "2026-09-01", "--json"]);
        return (exit, JsonNode.Parse(output)!);
    }

    public (int Exit, JsonNode Answer) RunAll() => Run([.. Sources.Select(source => (source, Extract(source)))]);

    public (int Exit, string Output, string Error) Judge(string one, string other, string verdict) =>
        SmallRegister.Probity("link", "judge", one, other, verdict, "--reason", "the file names the company's number", "--by", "A. Clerk, registrar", "--data", Data, "--json");

    /// <summary>The organisation that a record belongs to.</summary>
    public OrganisationId Of(string source, string record)
    {
        using RegisterReader reader = RegisterReader.Open(Data);
        return reader.FindByRecord(new RecordId(source, record))!.Value;
    }

    /// <summary>The records of each organisation.</summary>
    public string[] Organisations()
    {
        using TransparencyLog log = TransparencyLog.OpenForReading(Data);
        RecordId[] records = [.. log.ReadHeads(0, log.Size).Where(one => one.Head.Kind == StatementKind.Identity).Select(one => one.Head.About).Distinct()];
        using RegisterReader reader = RegisterReader.Open(Data);
        return [.. records.GroupBy(record => reader.FindByRecord(record)!.Value, (_, together) => string.Join(' ', together.Order())).Order(StringComparer.Ordinal)];
    }

    public void Dispose() => _folder.Dispose();
}
