using System.Collections.Immutable;
using Probity.Demo;
using Probity.Evidence;

namespace Probity.Pipeline;

/// <summary>
/// Makes the fictional register: writes the four yearly extracts and runs each on its own day, with a clock that stands at noon and a key from a fixed
/// seed. The ledger is therefore the same, byte for byte, on every machine.
/// </summary>
/// <param name="register">The fictional register's folder, read and checked.</param>
/// <param name="registerFolder">Where that folder is.</param>
/// <param name="dataFolder">Where ledger, views and extracts go; see <see cref="MakeRoom"/>.</param>
/// <param name="progress">Told what is being done and how far it is, 0 to 1.</param>
internal sealed class DemoRun(RegisterFolder register, string registerFolder, string dataFolder, Action<string, double> progress)
{
    private const string Marker = "made-by-probity-demo.txt";

    /// <summary>The name of the folder of the extracts in the data folder.</summary>
    public const string ExtractFolder = "extracts";

    /// <summary>
    /// Empties the data folder if it holds an earlier fictional register, and marks it. False, with nothing touched, where it holds anything else.
    /// </summary>
    public static bool MakeRoom(string dataFolder)
    {
        if (Directory.Exists(dataFolder) && Directory.EnumerateFileSystemEntries(dataFolder).Any())
        {
            if (!IsIn(dataFolder))
            {
                return false;
            }

            Directory.Delete(dataFolder, recursive: true);
        }

        Directory.CreateDirectory(dataFolder);
        File.WriteAllText(Path.Combine(dataFolder, Marker), "Everything in this folder is invented. The next 'probity demo' deletes it and makes it again.\n");
        return true;
    }

    /// <summary>Whether a data folder holds the fictional register.</summary>
    public static bool IsIn(string dataFolder) => File.Exists(Path.Combine(dataFolder, Marker));

    /// <summary>Does all four runs; their summaries, oldest first.</summary>
    public ImmutableArray<RunSummary> Run(CancellationToken cancelled)
    {
        string extracts = Path.Combine(dataFolder, ExtractFolder);
        Directory.CreateDirectory(extracts);
        ImmutableArray<DemoEstablishment> establishments = DemoHistory.All();
        var summaries = ImmutableArray.CreateBuilder<RunSummary>();
        foreach (DateOnly day in DemoExtract.Days)
        {
            string file = Path.Combine(extracts, DemoExtract.FileName(day));
            File.WriteAllBytes(file, DemoExtract.Bytes(establishments, day));
            var request = new RunRequest(registerFolder, [new SourceInput("inspections", file)], dataFolder, day, new ClockAtNoon(day))
            {
                KeySeed = Digest.Of("probity/demo/key/v1"u8).ToBytes(),
            };
            summaries.Add(new RegisterRun(request, register, (stage, share) => progress($"{day.Year}: {stage}", share)).Run(cancelled));
        }

        return summaries.DrainToImmutable();
    }

    /// <summary>A clock that stands at noon of a day, in UTC.</summary>
    private sealed class ClockAtNoon(DateOnly day) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(day, new TimeOnly(12, 0), TimeSpan.Zero);
    }
}
