using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Register;

namespace Probity.Commands;

/// <summary>probity ledger redact: erase what the law wants erased, and say in public that it was.</summary>
internal static class RedactCommand
{
    public static Command Create()
    {
        var index = new Argument<long>("index") { Description = "the number of the entry, from 0", HelpName = "INDEX" };
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
        command.SetAction(asked => Answering.Answer(asked, json, terminal =>
        {
            var grounds = new RedactionGrounds(asked.GetValue(basis)!.Trim(), "", asked.GetValue(by)!.Trim(), asked.GetValue(approvedBy)!.Trim());
            return Redact(terminal, asked.GetValue(data)!, (asked.GetValue(index), [.. asked.GetValue(field)!.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]), grounds);
        }));
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

    private static int Redact(Terminal terminal, string data, (long Index, ImmutableArray<string> Fields) what, RedactionGrounds grounds)
    {
        if (!Redaction.IsFourEyes(grounds.By, grounds.ApprovedBy))
        {
            return terminal.Fail("guard-rail.G18", $"'{grounds.By}' cannot approve its own decision: a redaction needs two different roles (guard-rail G18)");
        }

        using RegisterReader register = RegisterReader.Open(data);
        using TransparencyLog log = TransparencyLog.Open(data, new LogOptions(register.Definition.Origin));
        if (what.Index < 0 || what.Index >= log.Size)
        {
            return terminal.Fail("entry.unknown", $"there is no entry {what.Index}; the ledger has {log.Size} entries");
        }

        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        DateOnly today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(register.Definition.TimeZone)).Date);
        var redaction = new Redaction(what.Index, log.Read(what.Index).Statement.Slot, what.Fields, grounds with { Authority = register.Definition.Authority.Name });
        long entry = log.Redact(redaction, Publication.By(register.Definition), today);
        return Show(terminal, redaction, entry, log.Sign(now));
    }

    private static int Show(Terminal terminal, Redaction redaction, long entry, SignedCheckpoint signed)
    {
        if (terminal.Json)
        {
            terminal.Write(new JsonObject
            {
                ["index"] = redaction.Index,
                ["fields"] = new JsonArray([.. redaction.Fields.Select(field => (JsonNode)field)]),
                ["redaction"] = entry,
                ["ledger_size"] = signed.Size,
                ["ledger_root"] = signed.Root.ToString(),
            });
        }
        else
        {
            terminal.Table("Redacted", [
                ("entry", redaction.Index.ToString("N0", CultureInfo.InvariantCulture)),
                ("fields erased", string.Join(", ", redaction.Fields)),
                ("stated by entry", entry.ToString("N0", CultureInfo.InvariantCulture)),
                ("signed", $"{signed.Size:N0} entries")]);
        }

        return ExitCode.Done;
    }
}
