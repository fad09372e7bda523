using System.CommandLine;
using System.CommandLine.Parsing;

namespace Probity.Verifier;

/// <summary>The commands of probity-verify. Exit codes: 0 everything fits, 1 a finding or a failure, 2 wrong use.</summary>
public static class VerifierCommands
{
    private const int Fits = 0;
    private const int Found = 1;
    private const int WrongUse = 2;

    /// <summary>Does what some arguments ask, speaking to two writers.</summary>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error)
    {
        ParseResult asked = Create().Parse(arguments);
        int answer = await asked.InvokeAsync(new InvocationConfiguration { Output = output, Error = error }).ConfigureAwait(false);
        return asked.Errors.Count > 0 && answer != Fits ? WrongUse : answer;
    }

    private static RootCommand Create()
    {
        var root = new RootCommand("probity-verify: believe a register only what follows from what it signed. Reads public files alone.") { Follow() };
        CommandExamples.Add(root, "probity-verify follow https://register.example/ --key register.example/food+0a1b2c3d+AbC…");
        return root;
    }

    private static Command Follow()
    {
        var source = new Argument<string>("source") { Description = "the register's address, or a folder that 'probity ledger export' wrote", HelpName = "URL|DIR" };
        var key = new Option<string>("--key") { Description = "the log's verifier key (vkey), or a file that holds it; get it from elsewhere than from whoever serves the log", HelpName = "VKEY|FILE", Required = true };
        var state = new Option<string>("--state") { Description = "the folder in which verifications are remembered", HelpName = "DIR", DefaultValueFactory = _ => "probity-verify-state" };
        var treeOnly = new Option<bool>("--no-ratings") { Description = "verify signatures, entries and hashes, and do not recompute ratings" };
        var patience = new Option<int>("--patience") { Description = "seconds that one file may take to arrive, 1 to 3600", HelpName = "SECONDS", DefaultValueFactory = _ => 60 };
        var json = new Option<bool>("--json") { Description = "answer with one JSON document" };
        patience.Validators.Add(result => Refuse(result, result.GetValueOrDefault<int>() is >= 1 and <= 3600, "--patience takes 1 to 3600 seconds"));
        var command = new Command("follow", "Verify all that a register published since the last time: signatures, every entry, every tile, that nothing seen before was changed, and every rating.") { source, key, state, treeOnly, patience, json };
        CommandExamples.Add(
            command,
            "probity-verify follow https://register.example/ --key register.example.vkey",
            "probity-verify follow copies/register --key register.example.vkey --state audits/register --json");
        command.SetAction(async (asked, cancelled) =>
        {
            var voice = AuditVoice.Of(asked, json);
            if (TrustReading.Read(asked.GetValue(key)!) is not { } trusted)
            {
                return voice.WrongUse("key.form", $"'{asked.GetValue(key)}' is no verifier key, and no file that holds one: it looks like register.example/food+0a1b2c3d+ and 44 characters of base64");
            }

            string place = asked.GetValue(source)!;
            bool isSite = Uri.TryCreate(place, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https";
            if (!isSite && !Directory.Exists(place))
            {
                return voice.WrongUse("source.unknown", $"'{place}' is neither an address that begins with http:// or https:// nor a folder");
            }

            using PublishedSite? site = isSite ? new PublishedSite(address!, TimeSpan.FromSeconds(asked.GetValue(patience))) : null;
            IPublicFiles files = site is null ? new PublishedFolder(place) : site;
            var audit = new RegisterAudit(new AuditRequest(files, trusted, asked.GetValue(state)!, !asked.GetValue(treeOnly)), voice.Progress);
            return voice.Tell(await audit.VerifyAsync(cancelled).ConfigureAwait(false)) ? Fits : Found;
        });
        return command;
    }

    private static void Refuse(OptionResult result, bool isRight, string message)
    {
        if (!isRight)
        {
            result.AddError(message);
        }
    }
}
