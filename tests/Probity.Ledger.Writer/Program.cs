using Probity.Evidence;
using Probity.Ledger;

// A writer in a process of its own, for tests that break its disk: FOLDER WRITERS EACH FIRST. Says "kept RECORD INDEX" for each append when it was answered, "signed SIZE",
// "refused CODE" and, for the attempt after a refusal, "then CODE".
Lock turn = new();
(string folder, int writers, int each, int first) = (args[0], int.Parse(args[1]), int.Parse(args[2]), int.Parse(args[3]));
try
{
    using TransparencyLog log = TransparencyLog.Open(folder, new LogOptions("probity.example/faults"));
    bool[] whole = await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(() => Write(log, writer))));
    Say($"signed {log.Sign(DateTimeOffset.UtcNow).Size}");
    return whole.All(one => one) ? 0 : 1;
}
catch (LedgerRefusedException refusal)
{
    Say("refused " + refusal.Code);
    return 1;
}

async Task<bool> Write(TransparencyLog log, int writer)
{
    bool refused = false;
    for (int i = 0; i < each && !refused; i++)
    {
        int record = first + (writer * each) + i;
        refused = !await Append(log, record, "refused");
        if (refused)
        {
            await Append(log, record, "then");
        }
        else if (writer == 0 && i == each / 2)
        {
            Say($"signed {log.Sign(DateTimeOffset.UtcNow).Size}");
        }
    }

    return !refused;
}

async Task<bool> Append(TransparencyLog log, int record, string word)
{
    try
    {
        var batch = new EntryBatch();
        batch.Add(StatementOf(record));
        AppendResult result = await log.AppendAsync(batch);
        Say($"kept {record} {result.Indexes[0]}");
        return true;
    }
    catch (LedgerRefusedException refusal)
    {
        Say($"{word} {refusal.Code}");
        return false;
    }
}

void Say(string line)
{
    lock (turn)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}

// every third has a text that can be redacted, so that the openings' disk is broken too
static Statement StatementOf(int record)
{
    Statement finding = Statement.Finding(
        new Provenance("s", "food", "law", "purpose"), new RecordId("s", $"{record}"), SubjectKind.Establishment, Occasion.Of("inspection", new DateOnly(2020, 1, 1)), Fields.Of(("hygiene", Value.Of(5))));
    return record % 3 == 0 ? finding.Withholding(Fields.Of(("note", Value.Of($"note of {record}")))) : finding;
}
