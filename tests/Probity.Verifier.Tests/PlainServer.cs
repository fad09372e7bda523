using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Probity.Verifier.Tests;

/// <summary>Python's http.server: HTTP/1.0, a connection a file, five connections waiting.</summary>
internal sealed class PlainServer : IDisposable
{
    private readonly Process _process;

    private PlainServer(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Serves a folder on a free port; skips the test where there is no Python.</summary>
    public static async Task<PlainServer> Start(string folder)
    {
        Process? process = null;
        try
        {
            process = Process.Start(new ProcessStartInfo("python3", ["-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", folder]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("there is no python3 on this machine");
        }

        process!.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        string said = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";
        return new PlainServer(process, new Uri(Regex.Match(said, "http://[0-9.:]+/", RegexOptions.None, TimeSpan.FromSeconds(1)).Value));
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
