using System.Text;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Rating;

namespace Probity.Register;

/// <summary>
/// Answers what the register shows, as of a day and a ledger size. Every answer comes from views of that time (docs/decisions/0005) and from the
/// ledger. Safe for many threads; sees what a later run commits without being opened again.
/// </summary>
public sealed class RegisterReader : IDisposable
{
    private readonly ViewPool _current;
    private readonly ViewsOfOtherTimes _others;
    private CohortOf? _cohort;

    private RegisterReader(string dataFolder, TransparencyLog log)
    {
        Log = log;
        _current = new ViewPool(ViewFile.PathIn(dataFolder));
        _others = new ViewsOfOtherTimes(log, dataFolder);
        Linkage = new LinkageReading(this);
        Definition = ReadDefinition();
    }

    /// <summary>The ledger, opened for reading.</summary>
    public TransparencyLog Log { get; }

    /// <summary>Whose register it is, as last published in the ledger.</summary>
    public RegisterDefinition Definition { get; }

    /// <summary>The day and ledger size of the last run.</summary>
    public AsOf Current => _current.Ask(State).AsOf;

    /// <summary>When the last checkpoint was signed; null before the first.</summary>
    public DateTimeOffset? LastRunAt => Log.Checkpoints().LastOrDefault()?.At;

    /// <summary>Opens the register of a data folder.</summary>
    /// <exception cref="RegisterRefusedException">There is no register, or no run has ended yet.</exception>
    /// <exception cref="LedgerRefusedException">The ledger cannot be read, or is older than its own last signed checkpoint.</exception>
    public static RegisterReader Open(string dataFolder)
    {
        if (!File.Exists(Path.Combine(dataFolder, "ledger.db")))
        {
            throw new RegisterRefusedException(RegisterRefusals.NoRegister, $"there is no register in '{dataFolder}': make one with 'probity run REGISTER --source NAME=FILE --data {dataFolder}'");
        }

        if (!ViewFile.IsUsable(ViewFile.PathIn(dataFolder)))
        {
            throw new RegisterRefusedException(RegisterRefusals.NoViews, $"the views in '{dataFolder}' are absent or of another version: make them with 'probity rebuild --data {dataFolder}'");
        }

        return new RegisterReader(dataFolder, TransparencyLog.OpenToPublish(dataFolder));
    }

    /// <summary>The time asked about; what is missing is taken from the last run, and a size beyond the ledger's is the ledger's.</summary>
    public AsOf At(DateOnly? asOf, long? knownAt)
    {
        AsOf current = Current;
        return new AsOf(asOf ?? current.ValidAt, Math.Clamp(knownAt ?? current.KnownAt, 0, Log.Size));
    }

    /// <summary>The whole register in figures.</summary>
    public RegisterOverview Overview(AsOf asOf) => Views(asOf).Ask(views => Overviews.OfRegister(views, Bands(asOf), asOf));

    /// <summary>Finds organisations by what the register knew then.</summary>
    public SearchAnswer Search(SearchQuery query, AsOf asOf)
    {
        ViewPool pool = Views(asOf);
        return pool.Ask(views => OrganisationSearch.Search(views, query, pool.Words));
    }

    /// <summary>All that the register shows of one organisation; null where it knew none of that identifier then.</summary>
    public RegisterEntry? Find(OrganisationId id, AsOf asOf)
    {
        ViewPool pool = Knowing(asOf);
        (long No, OrganisationSummary Summary)? found = pool.Ask(views => views.ById(id));
        if (found is not { } one)
        {
            return null;
        }

        Dossier dossier = DossierReading.Read(Log, pool.Ask(views => views.EntriesOf(one.No)));
        return dossier.Entries[0].Index >= asOf.KnownAt
            ? null
            : EntryReading.Read(this, dossier, asOf, pool.Ask(views => views.Namesakes(one.No, one.Summary.Particulars.Name)));
    }

    /// <summary>The organisation of a source's record; null where there is none.</summary>
    public OrganisationId? FindByRecord(RecordId record) => _current.Ask(views => views.NoOf(record) is { } no ? views.ByNo(views.OrganisationOf(no))?.Summary.Id : null);

    /// <summary>Which records are one organisation, why, and what came of it.</summary>
    public LinkageReading Linkage { get; }

    /// <summary>One authority's part of the register; null where no organisation names that code.</summary>
    public AuthorityPage? Authority(string code, AsOf asOf) => Views(asOf).Ask(views => Overviews.OfAuthority(views, code, Bands(asOf)));

    /// <summary>The methodologies published by then, in ledger order.</summary>
    public IReadOnlyList<MethodologyPublication> Methodologies(AsOf asOf) => [.. Shelf.All.Where(one => one.Index < asOf.KnownAt)];

    /// <summary>The methodology in force then; null where there was none.</summary>
    public MethodologyPublication? InForce(AsOf asOf) => Shelf.InForce(asOf);

    /// <summary>A document that one of the register's publications names; null for any other.</summary>
    public byte[]? FindDocument(Digest hash) =>
        _current.Ask(views => views.Publications()).Any(index => Publication.DocumentOf(Log.Read(index).Statement) == hash) ? Log.FindDocument(hash) : null;

    /// <summary>
    /// The proof that an organisation's rating belongs to the last run; null where the register knows no such organisation, or no signed checkpoint covers the run yet.
    /// </summary>
    public RatingProof? ProveRating(OrganisationId id)
    {
        (ViewState state, long place, Digest? leaf) = _current.Ask(views => (State(views), views.PlaceOf(id), views.LeafOf(id)));
        if (leaf is null || RunOf(state) is not { } index || EntryProof.Of(Log, index) is not { } proof || Find(id, state.AsOf) is not { } entry)
        {
            return null;
        }

        byte[] result = entry.Rating is { } rating ? RatingLeaf.BytesOf(rating) : [];
        ResultTree tree = _current.Results();
        bool holds = MerkleTree.LeafHash(result) == leaf && tree.Root == state.Results;
        return holds
            ? new RatingProof(Encoding.UTF8.GetString(result), place, tree.Size, tree.PathOf(place), Encoding.UTF8.GetString(Log.ReadBytes(index)), proof)
            : throw new RegisterRefusedException(RegisterRefusals.NoViews, "the views do not show the ratings that the last run states: make them again with 'probity rebuild'");
    }

    /// <summary>Every organisation with what the register says of it, in the order of identifiers.</summary>
    public IEnumerable<OrganisationSummary> Organisations(AsOf asOf) => Views(asOf).All().Select(row => row.Summary);

    /// <summary>Everything the ledger says about each organisation, one after the other; read anew each time it is gone through.</summary>
    public IEnumerable<Dossier> Population() => Dossiers();

    /// <inheritdoc/>
    public void Dispose()
    {
        _current.Dispose();
        _others.Dispose();
        Log.Dispose();
    }

    internal MethodologyShelf Shelf => _current.Shelf(Log);

    /// <summary>What rating at a time needs to know of all organisations; kept until another time is asked about.</summary>
    internal Cohort CohortAt(AsOf asOf)
    {
        if (_cohort is { } known && known.AsOf == asOf)
        {
            return known.Cohort;
        }

        Cohort cohort = InForce(asOf) is { } inForce ? RatingEngine.Survey(inForce.Methodology, Dossiers(), asOf) : Cohort.None;
        _cohort = new CohortOf(asOf, cohort);
        return cohort;
    }

    /// <summary>Views in which records belong to the organisations they belonged to at a ledger size; the current ones where that cannot differ.</summary>
    internal ViewPool Knowing(AsOf asOf) =>
        asOf.KnownAt >= Current.KnownAt || !_current.Ask(views => views.AnyLinked(asOf.KnownAt)) ? _current : _others.At(asOf);

    /// <summary>The entry that states the run whose ratings the views show; null where none does.</summary>
    private long? RunOf(ViewState state)
    {
        for (long index = Log.Size - 1; index >= 0; index--)
        {
            if (RatingRun.Of(Log.Read(index).Statement) is { } run)
            {
                return run.Results == state.Results && run.AsOf.ValidAt == state.AsOf.ValidAt ? index : null;
            }
        }

        return null;
    }

    private ViewPool Views(AsOf asOf) => asOf == Current ? _current : _others.At(asOf);

    private IReadOnlyList<string> Bands(AsOf asOf) => InForce(asOf) is { } one ? [.. one.Methodology.Bands.Select(band => band.Code)] : [];

    private static ViewState State(ViewQueries views) =>
        ViewState.Read(views) ?? throw new RegisterRefusedException(RegisterRefusals.NoRun, "no run has ended yet: run 'probity run' again");

    private IEnumerable<Dossier> Dossiers()
    {
        long numbers = _current.Ask(State).Numbers;
        for (long no = 1; no <= numbers; no++)
        {
            if (_current.Ask(views => views.EntriesOf(no)) is { Indexes.Length: > 0 } entries)
            {
                yield return DossierReading.Read(Log, entries);
            }
        }
    }

    private RegisterDefinition ReadDefinition()
    {
        foreach (long index in _current.Ask(views => views.Publications()).Reverse())
        {
            Statement statement = Log.Read(index).Statement;
            if (statement.Type == Publication.RegisterType && Publication.DocumentOf(statement) is { } document && Log.FindDocument(document) is { } bytes)
            {
                return RegisterDefinition.Read("register.yaml", Encoding.UTF8.GetString(bytes), [])
                    ?? throw new InvalidDataException($"entry {index} publishes a register.yaml that cannot be read");
            }
        }

        throw new RegisterRefusedException(RegisterRefusals.NoRegister, "the ledger publishes no register");
    }

    private sealed record CohortOf(AsOf AsOf, Cohort Cohort);
}
