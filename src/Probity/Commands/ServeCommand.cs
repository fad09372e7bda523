using System.CommandLine;
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
        Option<bool> json = SharedOptions.Json();
        var command = new Command("serve", "Serve the register's public site from its data folder.") { data, port, json };
        CommandTree.Explain(command, "probity serve --data data", "probity serve --data data --port 8080");
        command.SetAction((asked, cancelled) => Task.FromResult(Answering.Answer(asked, json, terminal =>
        {
            using RegisterReader reader = RegisterReader.Open(asked.GetValue(data)!);
            return Serve(terminal, new SiteOptions(reader, asked.GetValue(port), false, TimeProvider.System), cancelled);
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

        terminal.Messages.MarkupLineInterpolated($"Serving [bold]{site.Urls.First()}[/] – stop with Ctrl+C");
        site.WaitForShutdownAsync(cancelled).GetAwaiter().GetResult();
        return ExitCode.Done;
    }
}
