using System.CommandLine;
using Probity.Pipeline;
using Probity.Register;
using Probity.Site;

namespace Probity.Commands;

/// <summary>probity office: the case officer's pages, on which doubtful pairs are judged. Apart from the public site, which can write nothing.</summary>
internal static class OfficeCommand
{
    public static Command Create()
    {
        var officer = new Option<string>("--officer") { Description = "who judges: name and role; stands in the ledger beside each judgement", Required = true, HelpName = "NAME" };
        Option<string> data = SharedOptions.Data();
        Option<int> port = ServeCommand.Port();
        port.DefaultValueFactory = _ => 5081;
        Option<bool> json = SharedOptions.Json();
        var command = new Command("office", "Serve the case officer's pages, to this machine only: doubtful pairs side by side, and their judgement.") { officer, data, port, json };
        CommandTree.Explain(command, "probity office --officer \"A. Clerk, registrar\" --data data", "probity office --officer \"A. Clerk, registrar\" --data data --port 8081");
        officer.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>()))
            {
                result.AddError("--officer takes a name and a role, such as \"A. Clerk, registrar\"");
            }
        });
        command.SetAction((asked, cancelled) => Task.FromResult(Answering.Answer(asked, json, terminal =>
        {
            string folder = asked.GetValue(data)!;
            using RegisterReader reader = RegisterReader.Open(folder);
            var options = new SiteOptions(reader, asked.GetValue(port), DemoRun.IsIn(folder), TimeProvider.System) { Office = new Office(asked.GetValue(officer)!.Trim(), folder) };
            return ServeCommand.Serve(terminal, options, cancelled);
        })));
        return command;
    }
}
