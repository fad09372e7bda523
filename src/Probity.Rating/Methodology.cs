using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Rating.Model;
using Probity.Rating.Reading;

namespace Probity.Rating;

/// <summary>
/// The published rules by which organisations are rated, read from a file and checked (docs/methodology.md). Immutable; two readings of
/// the same rules are interchangeable.
/// </summary>
public sealed class Methodology
{
    internal Methodology(Plan plan) => Plan = plan;

    /// <summary>Lower-case letters, digits, hyphens and full stops, such as "gb.food-hygiene".</summary>
    public required string Id { get; init; }

    /// <summary>Three numbers, such as "1.0.0". A change that can move an outcome changes the first or the second.</summary>
    public required string Version { get; init; }

    /// <summary>What people call it.</summary>
    public required Wording Title { get; init; }

    /// <summary>Where it stands.</summary>
    public required MethodologyStatus Status { get; init; }

    /// <summary>The first day it may rate for; it never acts back in time (guard-rail G13).</summary>
    public required DateOnly AppliesFrom { get; init; }

    /// <summary>The kind of subject it rates; others are not applicable (guard-rail G01).</summary>
    public required SubjectKind Rates { get; init; }

    /// <summary>The contexts whose statements it may use (guard-rail G05); at least one.</summary>
    public required ImmutableArray<string> Contexts { get; init; }

    /// <summary>Who answers for it.</summary>
    public required MethodologyAuthority Authority { get; init; }

    /// <summary>What it rests on; at least one where it is in force.</summary>
    public required ImmutableArray<LegalReference> Legal { get; init; }

    /// <summary>The scale, best first; at least one.</summary>
    public required ImmutableArray<Band> Bands { get; init; }

    /// <summary>The numbers shown beside each rating, in order; at least one (guard-rail G30).</summary>
    public required ImmutableArray<Dimension> Dimensions { get; init; }

    /// <summary>Its parameters in the order of the file; may be empty.</summary>
    public required ImmutableArray<Parameter> Parameters { get; init; }

    /// <summary>What it says about itself for the public (guard-rail G40).</summary>
    public required TransparencyRecord Record { get; init; }

    /// <summary>
    /// SHA-256 of the canonical JSON of the rules without their tests: stands on every rating. Comments, spaces, the order of keys and
    /// the layout of expressions do not change it.
    /// </summary>
    public required Digest Fingerprint { get; init; }

    /// <summary>The rules as canonical fields, without their tests: what the fingerprint is of.</summary>
    internal Fields Rules { get; init; } = Fields.Empty;

    /// <summary>True where ratings rest on statistics of a cohort, so that one organisation's evidence can move another's rating.</summary>
    public bool HasCohort => Plan.HasStatistics;

    /// <summary>True where each rating says how firmly its band stands under other weights and other ways of computing.</summary>
    public bool HasRobustness => Plan.Robustness is not null;

    /// <summary>The rules as an engine needs them.</summary>
    internal Plan Plan { get; }

    /// <summary>Reads and checks a methodology, its tests included. Reports everything wrong, not only the first.</summary>
    /// <param name="file">The file as the user named it.</param>
    /// <param name="text">Its content.</param>
    /// <param name="problems">Where everything wrong is added, each with its place, its reason and what to do.</param>
    /// <returns>The methodology, or null after a problem.</returns>
    public static Methodology? Read(string file, string text, ICollection<Problem> problems) =>
        MethodologyReading.Read(file, text, problems);

    /// <summary>Whether statements of a type are evidence here, and the rules name a field of theirs.</summary>
    public bool Names(string evidenceType, string field) => Plan.Evidence.TryGetValue(evidenceType, out EvidenceType? type) && type.Fields.Any(one => one.Name == field);

    /// <summary>The names of its indicators and scores in the order of the file: those of <see cref="OrganisationRating.Outputs"/>.</summary>
    public ImmutableArray<string> OutputNames => [.. Plan.Indicators.Select(rule => rule.Name), .. Plan.Steps.Select(step => step.Name)];

    /// <summary>Runs the tests that stand beside the rules, in the order of the file.</summary>
    public ImmutableArray<TestResult> RunTests() => [.. Plan.Tests.SelectMany(test => TestRun.Of(this, test))];

    /// <summary>The parameters that should have been looked at again before a day, in the order of the file; empty where all are in time.</summary>
    public IEnumerable<Parameter> OverdueOn(DateOnly day) => Parameters.Where(parameter => parameter.ReviewDue < day);

    /// <summary>
    /// The methodology with some changes tried out: another parameter, weight or cut. It keeps its name and fingerprint, since it is not published: what
    /// is rated by it is an answer to "what if", never a rating.
    /// </summary>
    /// <param name="changes">In the order in which they take effect.</param>
    /// <param name="problems">Where every change that cannot be made is added.</param>
    /// <returns>The methodology, or null after a problem.</returns>
    public Methodology? With(IEnumerable<MethodologyChange> changes, ICollection<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ArgumentNullException.ThrowIfNull(problems);
        Plan plan = Plan;
        int before = problems.Count;
        foreach (MethodologyChange change in changes)
        {
            plan = change.ApplyTo(plan, problems) ?? plan;
        }

        return problems.Count > before ? null : new Methodology(plan)
        {
            Id = Id,
            Version = Version,
            Title = Title,
            Status = Status,
            AppliesFrom = AppliesFrom,
            Rates = Rates,
            Contexts = Contexts,
            Authority = Authority,
            Legal = Legal,
            Bands = Bands,
            Dimensions = Dimensions,
            Parameters = Parameters,
            Record = Record,
            Fingerprint = Fingerprint,
        };
    }

    /// <summary>The band of a code; null for a code that is not of the scale.</summary>
    public Band? BandOf(string code) => Bands.FirstOrDefault(band => band.Code == code);

    /// <summary>The same methodology with other rules of the same names, under a fingerprint of their own.</summary>
    internal Methodology Turned(Plan plan, Digest fingerprint) => new(plan)
    {
        Id = Id,
        Version = Version,
        Title = Title,
        Status = Status,
        AppliesFrom = AppliesFrom,
        Rates = Rates,
        Contexts = Contexts,
        Authority = Authority,
        Legal = Legal,
        Bands = Bands,
        Dimensions = Dimensions,
        Parameters = Parameters,
        Record = Record,
        Rules = Rules,
        Fingerprint = fingerprint,
    };

    /// <summary>"gb.food-hygiene 1.0.0".</summary>
    public override string ToString() => $"{Id} {Version}";
}

/// <summary>What one expectation of a test came to.</summary>
/// <param name="Name">The test's name.</param>
/// <param name="Expected">"outcome 4", "total 20".</param>
/// <param name="Got">The same as computed.</param>
/// <param name="Passed">True where the two are the same.</param>
/// <param name="Why">How the result came about, from its explanation, one line a step; empty where it passed.</param>
/// <param name="Line">Where the test stands in the file.</param>
public sealed record TestResult(string Name, string Expected, string Got, bool Passed, string Why, int Line);
