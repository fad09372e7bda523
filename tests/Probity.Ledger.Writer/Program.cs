using Probity.Evidence;
using Probity.Ledger;
using Probity.Ledger.Writer;

// A writer in a process of its own, for tests that break its disk: FOLDER WRITERS EACH FIRST, or FOLDER redact INDEX. Says "redacted", "kept RECORD INDEX" for each append
// when it was answered, "signed SIZE", "refused CODE" and, for the attempt after a refusal, "then CODE".
bool redacts = args[1] == "redact";
(int writers, int each, int first) = redacts ? (0, 0, int.Parse(args[2])) : (int.Parse(args[1]), int.Parse(args[2]), int.Parse(args[3]));
try
{
    using TransparencyLog log = TransparencyLog.Open(args[0], new LogOptions("probity.example/faults"));
    if (redacts)
    {
        var grounds = new RedactionGrounds("law", "office", "one role", "another role");
        log.Redact(new Redaction(first, log.Read(first).Statement.Slot, ["note"], grounds), new Provenance("register", "food", "law", "purpose"), new DateOnly(2026, 5, 12));
        Writers.Say("redacted");
    }

    var all = new Writers(log, each, first);
    bool[] whole = await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(() => all.Write(writer))));
    Writers.Say($"signed {log.Sign(DateTimeOffset.UtcNow).Size}");
    return whole.All(one => one) ? 0 : 1;
}
catch (LedgerRefusedException refusal)
{
    Writers.Say("refused " + refusal.Code);
    return 1;
}
