using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Ledger.Witnessing;
using Probity.Register;
using Probity.Witnessing;

namespace Probity.Commands;

/// <summary>probity ledger redact: erase what the law wants erased, and say in public that it was.</summary>
internal static class RedactCommand
{
    public static Command Create()
    {
        var index = new Argument<long>("INDEX") { Description = "the number of the entry, from 0" };
        var field = new Option<string[]>("--field") { Description = "the redactable field to erase; may stand several times", HelpName = "NAME", Required = true };
        Option<string> basis = Text("--basis", "the law that asks for it", "LAW");
        Option<string> by = Text("--by", "the role that decided; never a person's name", "ROLE");
        Option<string> approvedBy = Text("--approved-by", "the other role that approved", "ROLE");
        Option<string> data = SharedOptions.Data();
        Option<bool> json = SharedOptions.Json();
        var command = new Command("redact", "Erase redactable fields of an entry for good, and state in the ledger that they were.") { index, field, basis, by, approvedBy, data, json };
        CommandTree.Explain(
            command,
            "probity ledger redact 1042 --field note --basis \"GDPR Art. 17(1)(d)\" --by \"records officer\" --approved-by \"data protection officer\" --data data");
        command.SetAction((asked, cancelled) => Task.FromResult(Answering.Answer(asked, json, terminal =>
        {
            var grounds = new RedactionGrounds(asked.GetValue(basis)!.Trim(), "", asked.GetValue(by)!.Trim(), asked.GetValue(approvedBy)!.Trim());
            return Redact(terminal, asked.GetValue(data)!, (asked.GetValue(index), [.. asked.GetValue(field)!.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]), grounds, cancelled);
        })));
        return command;
    }

    private static Option<string> Text(string name, string description, string help)
    {
        var option = new Option<string>(name) { Description = description, HelpName = help, Required = true };
        option.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>()))
            {
                result.AddError($"{name} must not be empty");
            }
        });
        return option;
    }

    private static int Redact(Terminal terminal, string data, (long Index, ImmutableArray<string> Fields) what, RedactionGrounds grounds, CancellationToken cancelled)
    {
        using RegisterReader register = RegisterReader.Open(data);
        if (((ReadOnlySpan<string>)[grounds.By, grounds.ApprovedBy]).ToArray().FirstOrDefault(role => !register.Definition.MayRedact(role)) is { } other)
        {
            return terminal.Fail("role.unknown", $"'{other}' may not redact: the register's redaction_roles are {string.Join(", ", register.Definition.RedactionRoles)}");
        }

        using TransparencyLog log = TransparencyLog.Open(data, new LogOptions(register.Definition.Origin));
        if (what.Index < 0 || what.Index >= log.Size)
        {
            return terminal.Fail("entry.unknown", $"there is no entry {what.Index}; the ledger has {log.Size} entries");
        }

        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        var redaction = new Redaction(what.Index, log.Read(what.Index).Statement.Slot, what.Fields, grounds with { Authority = register.Definition.Authority.Name });
        log.Sign(now); // what cannot be signed is found out before anything is erased
        long entry = log.Redact(redaction, Publication.By(register.Definition), register.Definition.DayOf(now));
        SignedCheckpoint signed = log.Sign(now);
        RoundOutcome? witnessed = WitnessRound.Ask(log, cancelled);
        Show(terminal, (redaction, entry), signed, witnessed);
        return witnessed is { Verdict.IsSatisfied: false } ? ExitCode.Finding : ExitCode.Done;
    }

    private static void Show(Terminal terminal, (Redaction Redaction, long Entry) done, SignedCheckpoint signed, RoundOutcome? witnessed)
    {
        (Redaction redaction, long entry) = done;
        if (terminal.Json)
        {
            terminal.Write(new JsonObject
            {
                ["index"] = redaction.Index,
                ["fields"] = new JsonArray([.. redaction.Fields.Select(field => (JsonNode)field)]),
                ["redaction"] = entry,
                ["ledger_size"] = signed.Size,
                ["ledger_root"] = signed.Root.ToString(),
                ["witnessed"] = witnessed is null ? null : WitnessWords.ToJson(witnessed),
            });
            return;
        }

        terminal.Table("Redacted", [
            ("entry", redaction.Index.ToString("N0", CultureInfo.InvariantCulture)),
            ("fields erased", string.Join(", ", redaction.Fields)),
            ("stated by entry", entry.ToString("N0", CultureInfo.InvariantCulture)),
            ("signed", $"{signed.Size:N0} entries"),
            .. witnessed is null ? [] : WitnessWords.ToRows(witnessed)]);
        if (witnessed is not null)
        {
            WitnessWords.Explain(terminal, witnessed);
        }
    }
}
