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
    private readonly bool _published;
    private readonly ViewPool _current;
    private readonly ViewsOfOtherTimes _others;
    private CohortOf? _cohort;
    private StatedRun? _run;

    private RegisterReader(string dataFolder, TransparencyLog log, bool published)
    {
        _published = published;
        Log = log;
        _current = new ViewPool(ViewFile.PathIn(dataFolder));
        _others = new ViewsOfOtherTimes(log, dataFolder);
        Linkage = new LinkageReading(this);
        Definition = ReadDefinition();
    }

    /// <summary>The ledger, opened for reading.</summary>
    public TransparencyLog Log { get; }

    /// <summary>Whose register it is, as last published in the ledger when this was opened.</summary>
    public RegisterDefinition Definition { get; }

    /// <summary>How many ledger entries may be shown: all; to the public, where a policy asks for witnesses, those that the published checkpoint covers.</summary>
    public long Size => IsBounded ? Log.Published()?.Size ?? 0 : Log.Size;

    /// <summary>The day and ledger size of the last run; to the public, where a policy asks for witnesses, of the last run that the published checkpoint covers.</summary>
    /// <exception cref="RegisterRefusedException">No run is published yet (<see cref="RegisterRefusals.NotPublished"/>), or the views cannot be read.</exception>
    public AsOf Current => IsBounded ? LastPublished(Log.Published()?.Size ?? 0) : Seen;

    /// <summary>Opens the register of a data folder for those who keep it: they see every entry and the last run.</summary>
    /// <exception cref="RegisterRefusedException">There is no register, or no run has ended yet.</exception>
    /// <exception cref="LedgerRefusedException">The ledger cannot be read, or is older than its own last signed checkpoint.</exception>
    public static RegisterReader Open(string dataFolder) => Open(dataFolder, published: false);

    /// <summary>Opens the register of a data folder for the public: where a policy asks for witnesses, nothing is seen of what too few of them cosigned.</summary>
    /// <exception cref="RegisterRefusedException">There is no register, or no run has ended yet.</exception>
    /// <exception cref="LedgerRefusedException">The ledger cannot be read, or is older than its own last signed checkpoint.</exception>
    public static RegisterReader OpenPublished(string dataFolder) => Open(dataFolder, published: true);

    private static RegisterReader Open(string dataFolder, bool published)
    {
        if (!File.Exists(Path.Combine(dataFolder, "ledger.db")))
        {
            throw new RegisterRefusedException(RegisterRefusals.NoRegister, $"there is no register in '{dataFolder}': make one with 'probity run REGISTER --source NAME=FILE --data {dataFolder}'");
        }

        if (!ViewFile.IsUsable(ViewFile.PathIn(dataFolder)))
        {
            throw new RegisterRefusedException(RegisterRefusals.NoViews, $"the views in '{dataFolder}' are absent or of another version: make them with 'probity rebuild --data {dataFolder}'");
        }

        return new RegisterReader(dataFolder, TransparencyLog.OpenToPublish(dataFolder), published);
    }

    /// <summary>The time asked about; what is missing is taken from <see cref="Current"/>, and a size beyond <see cref="Size"/> is that.</summary>
    public AsOf At(DateOnly? asOf, long? knownAt)
    {
        AsOf current = Current;
        return new AsOf(asOf ?? current.ValidAt, Math.Clamp(knownAt ?? current.KnownAt, 0, Size));
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
            : EntryReading.Read(this, dossier, asOf, Shown.Ask(views => views.Namesakes(id, one.Summary.Particulars.Name)));
    }

    /// <summary>The organisation of a source's record; null where there is none.</summary>
    public OrganisationId? FindByRecord(RecordId record) => Shown.Ask(views => views.NoOf(record) is { } no ? views.ByNo(views.OrganisationOf(no))?.Summary.Id : null);

    /// <summary>Which records are one organisation, why, and what came of it.</summary>
    public LinkageReading Linkage { get; }

    /// <summary>One authority's part of the register; null where no organisation names that code.</summary>
    public AuthorityPage? Authority(string code, AsOf asOf) => Views(asOf).Ask(views => Overviews.OfAuthority(views, code, Bands(asOf)));

    /// <summary>The methodologies published by then, in ledger order.</summary>
    public IReadOnlyList<MethodologyPublication> Methodologies(AsOf asOf) => [.. Shelf.All.Where(one => one.Index < asOf.KnownAt)];

    /// <summary>The methodology in force then; null where there was none.</summary>
    public MethodologyPublication? InForce(AsOf asOf) => Shelf.InForce(asOf);

    /// <summary>The source mappings that the register published by a time, also those that were replaced since, as texts in ledger order.</summary>
    public IEnumerable<string> SourceTexts(AsOf asOf) => _current.Ask(views => views.Publications()).Where(index => index < asOf.KnownAt)
        .Select(index => Log.Read(index).Statement).Where(statement => statement.Type == Publication.SourceType)
        .Select(statement => Publication.DocumentOf(statement) is { } document ? Log.FindDocument(document) : null).OfType<byte[]>().Select(Encoding.UTF8.GetString);

    /// <summary>A document that one of the register's publications names; null for any other.</summary>
    public byte[]? FindDocument(Digest hash)
    {
        long size = Size;
        return _current.Ask(views => views.Publications()).Any(index => index < size && Publication.DocumentOf(Log.Read(index).Statement) == hash) ? Log.FindDocument(hash) : null;
    }

    /// <summary>
    /// The proof that an organisation's rating belongs to the last run, or the last published one; null where the register knows no such organisation, or no signed checkpoint covers the run yet.
    /// </summary>
    public RatingProof? ProveRating(OrganisationId id)
    {
        ViewPool pool = Shown;
        (ViewState state, long place, Digest? leaf) = pool.Ask(views => (State(views), views.PlaceOf(id), views.LeafOf(id)));
        if (leaf is null || RunOf(pool) is not { } index || EntryProof.Of(Log, index) is not { } proof || Find(id, state.AsOf) is not { } entry)
        {
            return null;
        }

        byte[] result = entry.Rating is { } rating ? RatingLeaf.BytesOf(rating) : [];
        ResultTree tree = pool.Results();
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

    /// <summary>The day and ledger size that the views of the last run have seen, whether published or not.</summary>
    internal AsOf Seen => _current.Ask(State).AsOf;

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
        asOf.KnownAt >= Seen.KnownAt || !_current.Ask(views => views.AnyLinked(asOf.KnownAt)) ? _current : _others.At(asOf);

    /// <summary>Whether a policy bounds what is seen.</summary>
    private bool IsBounded => _published && Log.PolicyText() is not null;

    /// <summary>The views of <see cref="Current"/>.</summary>
    private ViewPool Shown => Views(Current);

    private AsOf LastPublished(long size)
    {
        AsOf seen = Seen;
        if (seen.KnownAt <= size && RunOf(_current) < size)
        {
            return seen;
        }

        return _current.Ask(views => views.LastRunBelow(size)) is { } index && RatingRun.Of(Log.Read(index).Statement) is { } run
            ? run.AsOf
            : throw new RegisterRefusedException(RegisterRefusals.NotPublished, "nothing is published yet: the register's policy asks for witnesses, and too few have cosigned a run; 'probity ledger cosign' asks them again");
    }

    /// <summary>
    /// The entry that states the run whose ratings some views show; null where none does. It stands at the end of what the views have seen, or, where that run said the
    /// same as one before, among what they have seen.
    /// </summary>
    private long? RunOf(ViewPool pool)
    {
        (ViewState state, long? last) = pool.Ask(views => (State(views), views.LastRunBelow(long.MaxValue)));
        if (_run is { } known && known.State == state)
        {
            return known.Index;
        }

        IEnumerable<long> behind = Log.ReadHeads(state.AsOf.KnownAt, Log.Size).Where(one => one.Head.Kind == StatementKind.Run).Select(one => one.Index);
        foreach (long index in last is { } seen ? behind.Prepend(seen) : behind)
        {
            if (RatingRun.Of(Log.Read(index).Statement) is { } run && run.Results == state.Results && run.AsOf.ValidAt == state.AsOf.ValidAt)
            {
                _run = new StatedRun(state, index);
                return index;
            }
        }

        return null;
    }

    private ViewPool Views(AsOf asOf) => asOf == Seen ? _current : _others.At(asOf);

    private IReadOnlyList<string> Bands(AsOf asOf) => InForce(asOf) is { } one ? [.. one.Methodology.Bands.Select(band => band.Code)] : [];

    private static ViewState State(ViewQueries views) =>
        ViewState.Read(views) ?? throw new RegisterRefusedException(RegisterRefusals.NoRun, "no run has ended yet: run 'probity run' again");

    private IEnumerable<Dossier> Dossiers()
    {
        ViewPool pool = Shown;
        long numbers = pool.Ask(State).Numbers;
        for (long no = 1; no <= numbers; no++)
        {
            if (pool.Ask(views => views.EntriesOf(no)) is { Indexes.Length: > 0 } entries)
            {
                yield return DossierReading.Read(Log, entries);
            }
        }
    }

    private RegisterDefinition ReadDefinition()
    {
        long size = Size;
        IReadOnlyList<long> publications = _current.Ask(views => views.Publications());
        foreach (long index in publications.Where(index => index < size).Reverse().Concat(publications)) // before anything is published, the first name it had
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

    /// <summary>Which entry states the ratings that views of a state show.</summary>
    private sealed record StatedRun(ViewState State, long Index);
}
