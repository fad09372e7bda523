using System.CommandLine;
using System.Globalization;
using System.Net;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Ledger.Witnessing;
using Probity.Witnessing;
using Spectre.Console;

namespace Probity.Commands;

/// <summary>probity witness: a witness for the logs of others.</summary>
internal static class WitnessCommand
{
    public static Command Create()
    {
        var logs = new Option<string>("--logs") { Description = "a policy file (C2SP tlog-policy) whose 'log' lines say which logs are followed", Required = true, HelpName = "FILE" };
        Option<string> data = Data();
        var listen = new Option<IPEndPoint>("--listen") { Description = "where to listen; default: 127.0.0.1:5090, behind a web server that speaks TLS", HelpName = "ADDRESS:PORT", DefaultValueFactory = _ => new IPEndPoint(IPAddress.Loopback, 5090), CustomParser = ReadEndPoint };
        Option<bool> json = SharedOptions.Json();
        var command = new Command("witness", "Cosign the checkpoints of other registers' logs, each only if it adds to the one cosigned before (C2SP tlog-witness).") { logs, data, listen, json, Key() };
        CommandTree.Explain(command, "probity witness key witness.example/archive --data witness", "probity witness --logs logs.policy --data witness --listen 127.0.0.1:5090");
        command.SetAction((asked, cancelled) => Task.FromResult(Answering.Answer(asked, json, terminal =>
        {
            if (ReadPolicy(terminal, asked.GetValue(logs)!) is not { } policy)
            {
                return ExitCode.Finding;
            }

            using Witness witness = Witness.Open(asked.GetValue(data)!, policy, TimeProvider.System);
            return Serve(terminal, witness, asked.GetValue(listen)!, cancelled);
        })));
        return command;
    }

    private static Command Key()
    {
        var name = new Argument<string>("NAME") { Description = "the witness' name: an address without https://, such as witness.example/archive" };
        Option<string> data = Data();
        Option<bool> json = SharedOptions.Json();
        var command = new Command("key", "Make a witness' folder with a new key, readable to this user alone, and print the key that verifies. A key that is there already is never written over.") { name, data, json };
        CommandTree.Explain(command, "probity witness key witness.example/archive --data witness");
        name.Validators.Add(result =>
        {
            string text = result.GetValueOrDefault<string>() ?? "";
            if (text.Length == 0 || text.Any(c => char.IsWhiteSpace(c) || c < ' ' || c == '+'))
            {
                result.AddError($"'{text}' is no name: use letters, digits, dots, hyphens and slashes, and neither spaces nor '+'");
            }
        });
        command.SetAction(asked => Answering.Answer(asked, json, terminal => LedgerKeyCommand.Print(terminal, Witness.Create(asked.GetValue(data)!, asked.GetValue(name)!))));
        return command;
    }

    private static Option<string> Data() => new("--data") { Description = "the witness' folder: its key, and what it cosigned last", DefaultValueFactory = _ => "witness", HelpName = "DIR" };

    private static IPEndPoint? ReadEndPoint(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (IPEndPoint.TryParse(result.Tokens[0].Value, out IPEndPoint? read) && result.Tokens[0].Value.Contains(':', StringComparison.Ordinal))
        {
            return read;
        }

        result.AddError($"--listen {result.Tokens[0].Value}: write an address and a port such as 127.0.0.1:5090 or [::]:5090");
        return null;
    }

    private static TlogPolicy? ReadPolicy(Terminal terminal, string path)
    {
        var problems = new List<Problem>();
        TlogPolicy? policy = TlogPolicy.Parse(path, File.ReadAllBytes(path), problems);
        if (policy is null)
        {
            terminal.Fail(problems);
        }
        else if (policy.Logs.IsEmpty)
        {
            terminal.Fail("policy.no-log", $"'{path}' names no log to follow; add a line 'log VKEY' for each");
            return null;
        }

        return policy;
    }

    private static int Serve(Terminal terminal, Witness witness, IPEndPoint listen, CancellationToken cancelled)
    {
        WebApplication site = WitnessApplication.Create(witness, listen);
        try
        {
            site.StartAsync(cancelled).GetAwaiter().GetResult();
        }
        catch (IOException taken)
        {
            return terminal.Fail("port.in-use", $"{taken.Message} Name another with --listen.");
        }

        terminal.Messages.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"Witness [bold]{Markup.Escape(witness.Key.Name)}[/] at [bold]{Markup.Escape(site.Urls.First())}[/] – stop with Ctrl+C"));
        site.WaitForShutdownAsync(cancelled).GetAwaiter().GetResult();
        return ExitCode.Done;
    }
}
