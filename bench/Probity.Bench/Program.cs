using System.Diagnostics;
using Probity.Bench;

var watch = Stopwatch.StartNew();
switch (args)
{
    case ["generate", string file, string count]:
        GeneratedEstablishments.Write(file, int.Parse(count));
        break;
    case ["sqlite-alone", string file, string database]:
        SqliteAlone.Run(file, database);
        break;
    case ["search", string data, string questions]:
        SearchTimes.Measure(data, int.Parse(questions));
        break;
    case ["appends", string folder, string seconds]:
        Appends.Measure(folder, double.Parse(seconds));
        break;
    case ["ledger-growth", string folder, string most]:
        LedgerGrowth.Measure(folder, long.Parse(most));
        break;
    case ["audit", string folder, string count]:
        await AuditTimes.MeasureAsync(folder, int.Parse(count));
        break;
    default:
        Console.Error.WriteLine("generate FILE COUNT | sqlite-alone FILE DATABASE | search DATA QUESTIONS | appends FOLDER SECONDS | ledger-growth FOLDER ENTRIES | audit FOLDER ENTRIES");
        return 2;
}

Console.WriteLine($"{args[0]}: {watch.Elapsed.TotalSeconds:0.00} s");
return 0;
