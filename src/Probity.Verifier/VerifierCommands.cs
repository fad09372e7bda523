using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using Probity.Register;

namespace Probity.Verifier;

/// <summary>The commands of probity-verify. Exit codes: 0 everything fits, 1 a finding, 2 wrong use, 3 not checked.</summary>
public static class VerifierCommands
{
    private const int Fits = 0;
    private const int Found = 1;
    private const int WrongUse = 2;
    private const int NotChecked = 3;

    /// <summary>Does what some arguments ask, speaking to two writers.</summary>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error)
    {
        ParseResult asked = Create().Parse(arguments);
        // an error of this program must end it as one, and never with the exit code of a finding
        int answer = await asked.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
        return asked.Errors.Count > 0 && answer != Fits ? WrongUse : answer;
    }

    private static RootCommand Create()
    {
        var root = new RootCommand("probity-verify: believe a register only what follows from what it signed. Reads public files alone.") { Follow(), Rating() };
        CommandExamples.Add(root, "probity-verify follow https://register.example/ --key register.example/food+0a1b2c3d+AbC…");
        return root;
    }

    private static Command Follow()
    {
        var source = new Argument<string>("source") { Description = "the register's address, or a folder that 'probity ledger export' wrote", HelpName = "URL|DIR" };
        var trust = new TrustReading();
        var state = new Option<string>("--state") { Description = "the folder in which verifications are remembered", HelpName = "DIR", DefaultValueFactory = _ => "probity-verify-state" };
        var treeOnly = new Option<bool>("--no-ratings") { Description = "verify signatures, entries and hashes, and do not recompute ratings" };
        var patience = new Option<int>("--patience") { Description = "seconds that one file may take to arrive, 1 to 3600", HelpName = "SECONDS", DefaultValueFactory = _ => 60 };
        Option<bool> json = JsonOption();
        patience.Validators.Add(result => Refuse(result, result.GetValueOrDefault<int>() is >= 1 and <= 3600, "--patience takes 1 to 3600 seconds"));
        var command = new Command("follow", "Verify all that a register published since the last time: signatures, every entry, every tile, that nothing seen before was changed, and every rating.") { source, trust.Key, trust.Policy, state, treeOnly, patience, json };
        CommandExamples.Add(
            command,
            "probity-verify follow https://register.example/ --key register.example.vkey",
            "probity-verify follow https://register.example/ --policy register.example.policy",
            "probity-verify follow copies/register --key register.example.vkey --state audits/register --json");
        command.SetAction(async (asked, cancelled) =>
        {
            var voice = AuditVoice.Of(asked, json);
            if (trust.Read(asked, out string problem) is not { } trusted)
            {
                return voice.WrongUse("trust.form", problem);
            }

            string place = asked.GetValue(source)!;
            bool isSite = Uri.TryCreate(place, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https";
            if (!isSite && !Directory.Exists(place))
            {
                return voice.WrongUse("source.unknown", $"'{place}' is neither an address that begins with http:// or https:// nor a folder");
            }

            using PublishedSite? site = isSite ? new PublishedSite(address!, SitePatience.Usual(TimeSpan.FromSeconds(asked.GetValue(patience)))) : null;
            IPublicFiles files = site is null ? new PublishedFolder(place) : site;
            return await VerifyAsync(new AuditRequest(files, trusted, asked.GetValue(state)!, !asked.GetValue(treeOnly)), voice, cancelled).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> VerifyAsync(AuditRequest request, AuditVoice voice, CancellationToken cancelled)
    {
        try
        {
            return CodeOf(voice.Tell(await new RegisterAudit(request, voice.Progress).VerifyAsync(cancelled).ConfigureAwait(false)));
        }
        catch (OperationCanceledException)
        {
            return CodeOf(voice.Tell(new AuditOutcome([], new Finding(Findings.Stopped, "the verification was stopped; what was read is remembered, and the next one goes on from there"), 0, "")));
        }
    }

    private static Command Rating()
    {
        var file = new Argument<string>("file") { Description = "a proof that 'probity ledger prove-rating' wrote, or that the register's site links on an organisation's page", HelpName = "FILE" };
        var trust = new TrustReading();
        Option<bool> json = JsonOption();
        var command = new Command("rating", "Verify without a network that one rating belongs to a run of the signed ledger.") { file, trust.Key, trust.Policy, json };
        CommandExamples.Add(command, "probity-verify rating rating-proof.json --key register.example.vkey");
        command.SetAction(asked =>
        {
            var voice = AuditVoice.Of(asked, json);
            if (trust.Read(asked, out string problem) is not { } trusted)
            {
                return voice.WrongUse("trust.form", problem);
            }

            string path = asked.GetValue(file)!;
            if (NamedFile.Read(path, RatingProof.MaxBytes) is not { } bytes)
            {
                return voice.WrongUse("file.unknown", $"'{path}' is no file that can be read, or longer than the {RatingProof.MaxBytes} bytes that a proof can have");
            }

            return CodeOf(voice.Tell(RatingProofAudit.Verify(bytes, trusted)));
        });
        return command;
    }

    private static int CodeOf(AuditVerdict verdict) => verdict switch
    {
        AuditVerdict.Fits => Fits,
        AuditVerdict.Found => Found,
        AuditVerdict.NotChecked => NotChecked,
        _ => throw new UnreachableException(),
    };

    private static Option<bool> JsonOption() => new("--json") { Description = "answer with one JSON document" };

    private static void Refuse(OptionResult result, bool isRight, string message)
    {
        if (!isRight)
        {
            result.AddError(message);
        }
    }
}
