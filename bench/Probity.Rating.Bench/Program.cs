using Probity.Rating.Bench;

// findings [organisations] [threads]: all engines on the same work, results compared; see bench/README.md.
// functions: the elementary functions beside the machine's own.
if (args is ["functions"])
{
    FunctionSpeed.Run();
    return 0;
}

if (args.Length is 0 or > 3 || !int.TryParse(args[0], out int findings))
{
    Console.Error.WriteLine("FINDINGS [ORGANISATIONS] [THREADS]");
    return 2;
}

int organisations = args.Length > 1 ? int.Parse(args[1]) : Math.Max(1, findings / 20);
int threads = args.Length > 2 ? int.Parse(args[2]) : Environment.ProcessorCount;
return new SpeedRun(findings, organisations, threads).Run() ? 0 : 1;
