using Probity.Evidence;
using Probity.Ledger;
using Probity.Linkage;
using Probity.Register;
using Probity.Sources;

namespace Probity.Pipeline;

/// <summary>
/// Looks at what sources deliver before any of it is appended, where a register links: a file of natural persons is refused (guard-rails G01 and G42), and
/// so is a delivery in which a source gave its records other identifiers. What is appended cannot be taken back.
/// </summary>
internal sealed class SourceScreening(TransparencyLog log, RegisterFolder register, RunRequest request, Action<string, double> progress)
{
    /// <summary>Looks at all inputs; returns where all may be taken in.</summary>
    /// <exception cref="RegisterRefusedException">One may not; nothing was appended.</exception>
    public void Look(DateOnly today, CancellationToken cancelled)
    {
        if (register.Linkage is not { } linkage || request.Inputs.IsEmpty)
        {
            return;
        }

        LedgerRecords? known = log.Size > 0 ? LedgerRecords.Read(log) : null;
        foreach (SourceInput input in request.Inputs)
        {
            SourceDefinition source = register.Sources.First(one => one.Value.Name == input.Source).Value;
            var options = new ReadOptions { Today = today, Progress = share => progress("looking at " + source.Name, share), Clock = request.Clock };
            IdentityRecord[] delivered = [.. SourceReader.Read(source, input.Location, options, cancelled)
                .SelectMany(record => record.Statements)
                .Where(statement => statement.Kind == StatementKind.Identity)
                .Select(statement => new IdentityRecord(statement.About, statement.Subject!.Value, statement.Body))];
            if (IdentityRecord.Refusal(delivered, linkage.Value) is { } refused)
            {
                throw new RegisterRefusedException(refused.Code, $"{refused.Reason}. Nothing of it was taken in. If these are organisations after all, correct what the columns mean in the source's mapping");
            }

            if (known is not null)
            {
                RefuseRenumbered(source.Name, known.IdentitiesOf(source.Name, log), delivered, linkage.Value);
            }
        }
    }

    private void RefuseRenumbered(string source, IReadOnlyList<IdentityRecord> before, IReadOnlyList<IdentityRecord> after, LinkageSpecification specification)
    {
        var found = IdentityRecord.Renumbering(source, before, after, specification);
        if (!found.IsAlarm)
        {
            return;
        }

        string table = Path.Combine(request.DataFolder, $"renumbered-{source}.csv");
        File.WriteAllLines(table, ["before,now", .. found.Translation.Select(one => $"{Quoted(one.Key)},{Quoted(one.Value)}")]);
        (string old, string current) = found.Translation.First();
        throw new RegisterRefusedException(
            RegisterRefusals.Renumbered,
            $"source '{source}' gave its records other identifiers: of {found.Shared:N0} records that say what they said before, {found.Moved:N0} have another one (such as {old}, now {current}). "
            + $"Nothing was taken in, and no organisation changed. Ask the source whether that was meant. If not, run the corrected delivery. If it was, put the former identifiers back into the delivery's id column by the table {table}, so that what was found about a record stays with it");
    }

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
