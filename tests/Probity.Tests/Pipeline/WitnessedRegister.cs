using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Probity.Ledger;
using Probity.Ledger.Witnessing;
using Probity.Witnessing;

namespace Probity.Tests.Pipeline;

/// <summary>A register that publishes only what two witnesses cosigned; both witnesses, a and b, are our own, served on free ports of this machine.</summary>
internal sealed class WitnessedRegister : IAsyncDisposable
{
    private readonly SmallRegister _register = new();
    private readonly List<(Witness Witness, WebApplication Site)> _running = [];

    private WitnessedRegister()
    {
    }

    /// <summary>The log's verifier key as it was printed when it was made.</summary>
    public string Key { get; private set; } = "";

    public string Data => _register.Data;

    public string Folder => _register.Folder;

    /// <summary>The folder that declares the register.</summary>
    public string Register => Path.Combine(_register.Folder, "register");

    /// <summary>The witnesses that run, the last started last.</summary>
    public IReadOnlyList<(Witness Witness, WebApplication Site)> Running => _running;

    public static async Task<WitnessedRegister> Make()
    {
        var made = new WitnessedRegister();
        foreach (string file in Directory.GetFiles(SmallRegister.RegisterFolder, "*", SearchOption.AllDirectories))
        {
            made.Write(Path.Combine("register", Path.GetRelativePath(SmallRegister.RegisterFolder, file)), await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        }

        made.Key = Say(0, "ledger", "key", "new", made.Register, "--data", made.Data).Trim();
        Say(0, "ledger", "policy", "--data", made.Data, "--out", Path.Combine(made.Folder, "logs"));
        var witnesses = new List<string>();
        foreach (string name in (string[])["a", "b"])
        {
            string key = Say(0, "witness", "key", $"{name}.example", "--data", made.FolderOf(name)).Trim();
            witnesses.AddRange(["--witness", $"{name} {key} {await made.Start(name, 0)}"]);
        }

        Say(0, ["ledger", "policy", "--data", made.Data, .. witnesses, "--require", "2", "--out", Path.Combine(made.Register, "tlog-policy")]);
        return made;
    }

    public async ValueTask DisposeAsync()
    {
        while (_running.Count > 0)
        {
            await Stop();
        }

        _register.Dispose();
    }

    public string Write(string name, string content) => _register.Write(name, content);

    /// <summary>A witness' own folder.</summary>
    public string FolderOf(string witness) => Path.Combine(_register.Folder, "witness-" + witness);

    /// <summary>Starts a witness; gives its address.</summary>
    /// <param name="name">Which.</param>
    /// <param name="port">0 for any free port.</param>
    public async Task<string> Start(string name, int port)
    {
        TlogPolicy logs = TlogPolicy.Parse("logs", await File.ReadAllBytesAsync(Path.Combine(_register.Folder, "logs"), TestContext.Current.CancellationToken), [])!;
        Witness witness = Witness.Open(FolderOf(name), logs, TimeProvider.System);
        WebApplication site = WitnessApplication.Create(witness, new IPEndPoint(IPAddress.Loopback, port));
        await site.StartAsync(TestContext.Current.CancellationToken);
        _running.Add((witness, site));
        return site.Urls.First();
    }

    /// <summary>Stops the witness started last; gives the port on which it listened.</summary>
    public async Task<int> Stop()
    {
        (Witness witness, WebApplication site) = _running[^1];
        int port = new Uri(site.Urls.First()).Port;
        _running.RemoveAt(_running.Count - 1);
        await site.DisposeAsync();
        witness.Dispose();
        return port;
    }

    /// <summary>Runs an extract; gives the JSON summary.</summary>
    public JsonNode Run(int expected, string extract)
    {
        string file = _register.Write("extract.csv", extract);
        return JsonNode.Parse(Say(expected, "run", Register, "--source", "fhrs=" + file, "--data", _register.Data, "--as-of", "2026-01-01", "--json"))!;
    }

    /// <summary>Runs the program, which must end with an exit code; gives its answer.</summary>
    public static string Say(int expected, params string[] arguments)
    {
        (int exit, string output, string error) = SmallRegister.Probity(arguments);
        Assert.True(exit == expected, output + error);
        return output;
    }
}
