using System.Collections.Immutable;
using System.Globalization;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Register;
using Probity.Tests.Support;

namespace Probity.Verifier.Tests;

/// <summary>A small register with a known key, published as files, and an auditor's memory of it. Two with the same key are two histories of one log.</summary>
internal sealed class AuditedRegister : IDisposable
{
    public const string Origin = "register.example/kitchens";
    private static readonly byte[] Seed = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly string Shipped = Path.Combine(SharedData.Root, "registers", "demo-food-hygiene");
    private static readonly string DefinitionText = File.ReadAllText(Path.Combine(Shipped, "register.yaml"));
    private static readonly RegisterDefinition Definition = RegisterDefinition.Read("register.yaml", DefinitionText, [])!;
    private static readonly string Methodology = File.ReadAllText(Path.Combine(Shipped, "methodology", "kitchens-1.0.0.yaml"));
    private static readonly Provenance Inspections = new("inspections", "food", "Kitchens Act (invented)", "public information on food hygiene");
    private static readonly DateOnly Day = new(2025, 12, 31);
    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();

    public static SignerKey Key => SignerKey.FromSeed(Origin, Seed);

    public static Trust Trust => new Trust.LogKey(Key.Verifier);

    public string Data => _folder["data"];

    public string Public => _folder["public"];

    public string Memory => _folder["memory"];

    public string this[string name] => _folder[name];

    /// <summary>Publishes the rules and some establishments, states a run, signs and exports.</summary>
    /// <param name="from">The first establishment's number.</param>
    /// <param name="count">How many; three entries each.</param>
    /// <param name="kitchen">A word in each name: another word makes another history.</param>
    public AuditedRegister Grow(int from, int count, string kitchen = "Kettle")
    {
        using TransparencyLog log = Open();
        log.PutDocument(Publication.BytesOf(DefinitionText));
        log.PutDocument(Publication.BytesOf(Methodology));
        log.Append([Publication.Of(Definition, Occasion.Of(Publication.RegisterType, null), DefinitionText, null), Publication.Of(Definition, new Occasion(Publication.MethodologyType, "kitchens-1.0.0.yaml", new DateOnly(2022, 1, 1)), Methodology, Rating.Methodology.Read("kitchens-1.0.0.yaml", Methodology, [])!.Fingerprint)]);
        log.Append([.. Enumerable.Range(from, count).SelectMany(number => About(number, kitchen))]);
        RatingRun run = new RegisterProjection(log, Data, static (_, _) => { }).CatchUp(new AsOf(Day, log.Size), CancellationToken.None);
        State(log, run);
        return this;
    }

    /// <summary>States ratings that nobody computed, signs and exports.</summary>
    public AuditedRegister Lie()
    {
        using TransparencyLog log = Open();
        State(log, new RatingRun(new AsOf(Day, log.Size), 1, Digest.Of("a lie"u8), null));
        return this;
    }

    /// <summary>Appends statements as they are, signs and exports.</summary>
    public AuditedRegister Append(params Statement[] statements)
    {
        using TransparencyLog log = Open();
        log.Append(statements);
        Publish(log);
        return this;
    }

    /// <summary>The checkpoint that stands in the published folder.</summary>
    public Checkpoint Checkpoint => Ledger.Checkpoint.Parse(SignedNote.Parse(File.ReadAllText(Path.Combine(Public, "checkpoint")))!.Text)!;

    /// <summary>Puts another checkpoint in its place, signed by the log's own key.</summary>
    public void Sign(Checkpoint checkpoint) => File.WriteAllText(Path.Combine(Public, "checkpoint"), SignedNote.Sign(checkpoint.ToText(), Key).ToString());

    /// <summary>Changes a published file.</summary>
    public void Change(string path, Func<byte[], byte[]> change) => File.WriteAllBytes(Path.Combine(Public, path), change(File.ReadAllBytes(Path.Combine(Public, path))));

    /// <summary>Publishes another history's files in place of this one's.</summary>
    public void Show(AuditedRegister other)
    {
        Directory.Delete(Public, recursive: true);
        foreach (string file in Directory.GetFiles(other.Public, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(Public, Path.GetRelativePath(other.Public, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    public Task<AuditOutcome> Audit() => Audit(new PublishedFolder(Public));

    public Task<AuditOutcome> Audit(IPublicFiles files) => Audit(files, withRatings: true);

    public Task<AuditOutcome> Audit(IPublicFiles files, bool withRatings) =>
        new RegisterAudit(new AuditRequest(files, Trust, Memory, withRatings), static (_, _) => { }).VerifyAsync(TestContext.Current.CancellationToken);

    /// <summary>Audits, and gives the code of what was found.</summary>
    public async Task<string?> Find() => (await Audit()).Finding?.Code;

    public void Dispose() => _folder.Dispose();

    private TransparencyLog Open() => TransparencyLog.Open(Data, new LogOptions(Origin) { KeySeed = Seed });

    private void State(TransparencyLog log, RatingRun run)
    {
        log.Append([run.ToStatement(Definition, At)]);
        Publish(log);
    }

    private void Publish(TransparencyLog log)
    {
        log.Sign(At);
        new PublishedTiles(log).Export(Public, size => PublishedDocuments.Of(log, size), static _ => { }, CancellationToken.None);
    }

    /// <summary>Statements of runs, each over another number of entries.</summary>
    public static Statement[] Runs(int count) => [.. Enumerable.Range(0, count).Select(known => new RatingRun(new AsOf(Day, known), 1, Digest.Of("a lie"u8), null).ToStatement(Definition, At))];

    private static ImmutableArray<Statement> About(int number, string kitchen)
    {
        var record = new RecordId("inspections", string.Create(CultureInfo.InvariantCulture, $"K-{number:000000}"));
        var day = new DateOnly(2023, 1 + (number % 12), 1 + (number % 28));
        return
        [
            Statement.Identity(Inspections, record, SubjectKind.Establishment, Fields.Of(
                ("name", Value.Of($"The {kitchen} No. {number}")), ("type", Value.Of("Takeaway/sandwich shop")), ("authority", Value.Of("Umberzell")), ("authority_code", Value.Of("K04")))),
            Statement.Finding(Inspections, record, SubjectKind.Establishment, Occasion.Of("inspection", day), Fields.Of(
                ("hygiene", Value.Of(5 * (number % 4))), ("structural", Value.Of(5)), ("confidence", Value.Of(0)))),
            Statement.Finding(Inspections, record, SubjectKind.Establishment, Occasion.Of("rating", day), Fields.Of(
                ("key", Value.Of("khs_5_en")), ("new_rating_pending", Value.Of(false)), ("scheme", Value.Of("KHS")), ("value", Value.Of("5")))),
        ];
    }
}
