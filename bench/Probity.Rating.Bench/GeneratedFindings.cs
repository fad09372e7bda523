using Probity.Evidence;

namespace Probity.Rating.Bench;

/// <summary>Invented findings, always the same for a size: plain columns for the peers, dossiers of statements for the engine. Sorted by organisation and day.</summary>
internal sealed class GeneratedFindings
{
    public const int Sectors = 200;
    public static readonly DateOnly ValidAt = new(2024, 6, 30);

    private static readonly Provenance Food = new("bench", "food", "Act", "bench");
    private readonly RecordId[] _records;

    private GeneratedFindings(int findings, int organisations)
    {
        (Starts, Days, Points, Severities) = (new int[organisations + 1], new int[findings], new byte[findings], new byte[findings]);
        Sector = new short[organisations];
        _records = [.. Enumerable.Range(0, organisations).Select(number => new RecordId("bench", $"{number}"))];
        OrganisationId[] identifiers = Array.ConvertAll(_records, OrganisationId.FirstSeenAs);
        Array.Sort(identifiers, _records);
        Fill();
    }

    /// <summary>First rows of organisations, and one behind the last.</summary>
    public int[] Starts { get; }

    public int[] Days { get; }

    public byte[] Points { get; }

    public byte[] Severities { get; }

    public short[] Sector { get; }

    public int Organisations => Sector.Length;

    public static GeneratedFindings Of(int findings, int organisations) => new(findings, organisations);

    /// <summary>The organisations as the ledger would give them, in the order of identifiers.</summary>
    public IEnumerable<Dossier> Dossiers() => Enumerable.Range(0, Organisations).Select(DossierOf);

    public Dossier DossierOf(int organisation)
    {
        var entries = new Entry[Starts[organisation + 1] - Starts[organisation] + 1];
        RecordId record = _records[organisation];
        long index = Starts[organisation] + (long)organisation;
        entries[0] = new Entry(index, Statement.Finding(Food, record, SubjectKind.Establishment, Occasion.Of("profile", ValidAt.AddYears(-4)), Fields.Of(("sector", Value.Of($"sector-{Sector[organisation]}")))));
        for (int i = 1; i < entries.Length; i++)
        {
            int row = Starts[organisation] + i - 1;
            entries[i] = new Entry(index + i, Statement.Finding(
                Food, record, SubjectKind.Establishment, new Occasion("finding", $"{i}", DateOnly.FromDayNumber(Days[row])), Fields.Of(("points", Value.Of(Points[row])), ("severity", Value.Of(Severities[row])))));
        }

        return new Dossier(OrganisationId.FirstSeenAs(record), SubjectKind.Establishment, [.. entries]);
    }

    /// <summary>The same organisation after one more finding.</summary>
    public Dossier ChangedDossierOf(int organisation)
    {
        Dossier before = DossierOf(organisation);
        Statement last = Statement.Finding(Food, _records[organisation], SubjectKind.Establishment, new Occasion("finding", "new", ValidAt), Fields.Of(("points", Value.Of(90)), ("severity", Value.Of(5))));
        return before with { Entries = before.Entries.Add(new Entry(Days.Length + (long)Organisations + organisation, last)) };
    }

    private void Fill()
    {
        ulong state = 20_240_630;
        uint Next(uint below)
        {
            state += 0x9e3779b97f4a7c15;
            ulong mixed = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
            return (uint)((mixed ^ (mixed >> 31)) % below);
        }

        for (int i = 0; i < Organisations; i++)
        {
            Starts[i + 1] = (int)((i + 1L) * Days.Length / Organisations);
            Sector[i] = (short)Next(Sectors);
            for (int row = Starts[i]; row < Starts[i + 1]; row++)
            {
                Days[row] = ValidAt.DayNumber - (int)Next(1461);
                Points[row] = (byte)Next(101);
                Severities[row] = (byte)(Next(5) + 1);
            }

            Array.Sort(Days, Starts[i], Starts[i + 1] - Starts[i]);
        }
    }
}
