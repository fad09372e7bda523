using Probity.Evidence;
using Probity.Ledger;
using Probity.Linkage;
using Probity.Register;
using Probity.Sources;

namespace Probity.Site.Reconciliation;

/// <summary>
/// The valid numbers of organisations that a register's records carry: of the numberings in <see cref="IdentifierSchemes"/> only, none of which numbers
/// persons (guard-rail G42).
/// </summary>
internal static class RegisterNumbers
{
    private const int AtOnce = 4_096;

    /// <summary>For each organisation that has any its numbers, each once, in the order of schemes' codes and numbers.</summary>
    public static Dictionary<string, SortedSet<(string Scheme, string Number)>> Read(RegisterReader reader, AsOf at)
    {
        var carried = new CarriedNumbers(reader.Linkage.Specification(at) ?? LinkageSpecification.Default);
        var numbers = new Dictionary<string, SortedSet<(string Scheme, string Number)>>(StringComparer.Ordinal);
        HashSet<string> sources = [.. Sources(reader, at).Where(source => source.Identity.Any(field => carried.IsNumber(source.Name, field.Name))).Select(source => source.Name)];
        if (sources.Count == 0)
        {
            return numbers;
        }

        (Dictionary<RecordId, long> identities, LinkageHistory history) = Latest(reader.Log, at, sources);
        foreach (Statement statement in identities.Values.Order().Chunk(AtOnce).SelectMany(some => reader.Log.ReadMany(some)).Select(entry => entry.Statement))
        {
            string organisation = OrganisationId.FirstSeenAs(history.FounderOf(statement.About)).ToString();
            foreach ((string Scheme, string Number) number in carried.Of(new IdentityRecord(statement.About, statement.Subject!.Value, statement.Body)))
            {
                numbers.TryAdd(organisation, []);
                numbers[organisation].Add(number);
            }
        }

        return numbers;
    }

    /// <summary>The sources that the register ever published; what this program cannot read is passed over.</summary>
    private static IEnumerable<SourceDefinition> Sources(RegisterReader reader, AsOf at) =>
        reader.SourceTexts(at).Select(text => SourceDefinition.Read("source.yaml", text, [])).OfType<SourceDefinition>();

    /// <summary>Where the latest identity of each record of some sources stands, and to which organisation records belong.</summary>
    private static (Dictionary<RecordId, long> Identities, LinkageHistory History) Latest(TransparencyLog log, AsOf at, HashSet<string> sources)
    {
        var identities = new Dictionary<RecordId, long>();
        var concluded = new List<long>();
        foreach ((long index, StatementHead head) in log.ReadHeads(0, at.KnownAt))
        {
            if (head.Kind == StatementKind.Identity && sources.Contains(head.About.Source))
            {
                identities[head.About] = index;
            }
            else if (head.Kind == StatementKind.Linkage)
            {
                concluded.Add(index);
            }
        }

        var history = new LinkageHistory();
        foreach (Entry entry in concluded.Chunk(AtOnce).SelectMany(some => log.ReadMany(some)))
        {
            history.Add(entry);
        }

        return (identities, history);
    }
}
