using Probity.Evidence;

namespace Probity.Ledger.Writer;

/// <summary>Writers that append one after the other, each waiting for its answers, and say what they were told.</summary>
/// <param name="log">Where to.</param>
/// <param name="each">How many statements each appends.</param>
/// <param name="first">The first record's number.</param>
internal sealed class Writers(TransparencyLog log, int each, int first)
{
    private static readonly Lock Turn = new();

    /// <summary>Says a line that is out before the next thing happens.</summary>
    public static void Say(string line)
    {
        lock (Turn)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }

    /// <summary>One writer's work; the first signs half-way.</summary>
    /// <returns>Whether nothing was refused.</returns>
    public async Task<bool> Write(int writer)
    {
        for (int i = 0; i < each; i++)
        {
            int record = first + (writer * each) + i;
            if (!await Append(record, "refused"))
            {
                await Append(record, "then");
                return false;
            }

            if (writer == 0 && i == each / 2)
            {
                Say($"signed {log.Sign(DateTimeOffset.UtcNow).Size}");
            }
        }

        return true;
    }

    private async Task<bool> Append(int record, string word)
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

    /// <summary>Every third has a text that can be redacted, so that the openings' disk is broken too.</summary>
    private static Statement StatementOf(int record)
    {
        Statement finding = Statement.Finding(
            new Provenance("s", "food", "law", "purpose"), new RecordId("s", $"{record}"), SubjectKind.Establishment, Occasion.Of("inspection", new DateOnly(2020, 1, 1)), Fields.Of(("hygiene", Value.Of(5))));
        return record % 3 == 0 ? finding.Withholding(Fields.Of(("note", Value.Of($"note of {record}")))) : finding;
    }
}
