using System.CommandLine;
using System.Net;
using Probity.Pipeline;
using Probity.Register;
using Probity.Site;
using Spectre.Console;

namespace Probity.Commands;

/// <summary>probity serve: the public site.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        Option<string> data = SharedOptions.Data();
        Option<int> port = Port();
        Option<IPAddress?> host = Host();
        Option<bool> json = SharedOptions.Json();
        var command = new Command("serve", "Serve the register's public site from its data folder.") { data, port, host, json };
        CommandTree.Explain(command, "probity serve --data data", "probity serve --data data --port 8080", "probity serve --data data --host 0.0.0.0");
        command.SetAction((asked, cancelled) => Task.FromResult(Answering.Answer(asked, json, terminal =>
        {
            string folder = asked.GetValue(data)!;
            using RegisterReader reader = RegisterReader.OpenPublished(folder);
            return Serve(terminal, new SiteOptions(reader, asked.GetValue(port), DemoRun.IsIn(folder), TimeProvider.System) { Host = asked.GetValue(host) }, cancelled);
        })));
        return command;
    }

    /// <summary>The port of the site.</summary>
    public static Option<int> Port()
    {
        var port = new Option<int>("--port") { Description = "the port to listen on; 0 for any free one", DefaultValueFactory = _ => 5080, HelpName = "PORT" };
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 65_535)
            {
                result.AddError("--port takes 0 to 65535");
            }
        });
        return port;
    }

    /// <summary>The address of this machine on which the site listens.</summary>
    private static Option<IPAddress?> Host() => new("--host")
    {
        Description = "the address to listen on, such as 0.0.0.0 for all of this machine; default: only this machine itself can ask",
        HelpName = "ADDRESS",
        CustomParser = result =>
        {
            if (IPAddress.TryParse(result.Tokens[0].Value, out IPAddress? address))
            {
                return address;
            }

            result.AddError($"--host {result.Tokens[0].Value}: write an address such as 0.0.0.0 or ::");
            return null;
        },
    };

    /// <summary>The address to open first.</summary>
    public static string StartOf(WebApplication site, SiteOptions options) => site.Urls.First() + (options.Office is null ? "" : OfficeRoutes.Start);

    /// <summary>Serves until told to stop.</summary>
    public static int Serve(Terminal terminal, SiteOptions options, CancellationToken cancelled)
    {
        WebApplication site = SiteApplication.Create(options);
        try
        {
            site.StartAsync(cancelled).GetAwaiter().GetResult();
        }
        catch (IOException taken)
        {
            return terminal.Fail("port.in-use", $"{taken.Message} Name another with --port.");
        }

        terminal.Messages.MarkupLineInterpolated($"Serving [bold]{StartOf(site, options)}[/] – stop with Ctrl+C");
        site.WaitForShutdownAsync(cancelled).GetAwaiter().GetResult();
        return ExitCode.Done;
    }
}
