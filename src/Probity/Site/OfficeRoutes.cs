using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Probity.Evidence;
using Probity.Linkage;
using Probity.Pipeline;
using Probity.Register;

namespace Probity.Site;

/// <summary>Who judges on the case officer's pages.</summary>
/// <param name="Officer">Name and role, as they stand beside each judgement.</param>
/// <param name="DataFolder">The register's data folder.</param>
public sealed record Office(string Officer, string DataFolder);

/// <summary>
/// The case officer's pages: the queue of doubtful pairs, one pair side by side, and the form that judges it. They exist only where the program was started
/// as an office, which listens on this machine only; the public site has no address that writes.
/// </summary>
internal static class OfficeRoutes
{
    private static readonly string[] OwnHosts = ["localhost", "127.0.0.1", "[::1]"];

    public static void Map(IEndpointRouteBuilder site, SiteOptions options, Office office)
    {
        PageRoutes.Get(site, options, "/office", (context, visit) => Uncached(context, () => Queue(context, visit, office)));
        PageRoutes.Get(site, options, "/office/pair", (context, visit) => Uncached(context, () => Pair(context, visit, office, problem: "")));
        site.MapPost("/office/judgement", (HttpContext context) => Judge(context, options, office));
    }

    private static Task Queue(HttpContext context, Visit visit, Office office)
    {
        RegisterReader reader = visit.Site.Reader;
        IReadOnlyList<DoubtfulPair> waiting = reader.Linkage.LastRun(reader.Current) is { } stated ? DoubtfulPair.Waiting(stated, reader.Linkage.Judgements(reader.Current)) : [];
        int pages = Math.Max(1, (waiting.Count + OfficePage.PairsAPage - 1) / OfficePage.PairsAPage);
        int page = int.TryParse(context.Request.Query["page"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? Math.Clamp(asked, 1, pages) : 1;
        IReadOnlyList<RecordJudgement> judgements = reader.Linkage.Judgements(reader.Current);
        var judging = new Judging(reader, office.DataFolder, visit.Site.Clock);
        IEnumerable<RecordId> shown = waiting.Skip((page - 1) * OfficePage.PairsAPage).Take(OfficePage.PairsAPage).SelectMany(pair => new[] { pair.One, pair.Other });
        IReadOnlyDictionary<RecordId, string> names = shown.Distinct().ToDictionary(record => record, record => DoubtfulPair.NameAndPlaceOf(judging.Find(record)));
        return PageRoutes.Page<OfficePage>(
            context, visit, ("Waiting", waiting), ("Names", names), ("Page", page), ("Judgements", judgements), ("Recorded", context.Request.Query["recorded"].ToString()));
    }

    private static Task Pair(HttpContext context, Visit visit, Office office, string problem)
    {
        RegisterReader reader = visit.Site.Reader;
        IFormCollection? form = context.Request.HasFormContentType ? context.Request.Form : null;
        string Asked(string name) => form is null ? context.Request.Query[name].ToString() : form[name].ToString();
        var judging = new Judging(reader, office.DataFolder, visit.Site.Clock);
        if (!RecordId.TryParse(Asked("one"), out RecordId one) || !RecordId.TryParse(Asked("other"), out RecordId other) || judging.Find(one) is not { } first || judging.Find(other) is not { } second)
        {
            return Messages.NotFound(visit.Site, context);
        }

        DoubtfulPair? doubtful = reader.Linkage.LastRun(reader.Current) is { } stated
            ? DoubtfulPair.Waiting(stated, []).FirstOrDefault(pair => (pair.One == one && pair.Other == other) || (pair.One == other && pair.Other == one))
            : null;
        var same = new RecordJudgement(one, other, Verdict.Same, office.Officer, "", 0, Revoked: false);
        AntiforgeryTokenSet tokens = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
        RecordJudgement[] judged = [.. reader.Linkage.Judgements(reader.Current).Where(judgement => new[] { judgement.One, judgement.Other }.Order().SequenceEqual(new[] { one, other }.Order()))];
        var sheet = new PairSheet(first, second, doubtful, judged, office.Officer)
        {
            Decided = reader.Find(first.Organisation, reader.Current)?.Records.FirstOrDefault(record => Joins(record, one, other))?.Membership?.Ground,
            Token = (tokens.FormFieldName, tokens.RequestToken!),
            Problem = problem,
            Contradicted = judging.ClashOf(same) is { } clash ? Judging.Said(clash, same) : "",
        };
        return PageRoutes.Page<PairPage>(context, visit, ("Sheet", sheet));
    }

    /// <summary>True where the last conclusion about one of the two records rests on the other.</summary>
    private static bool Joins(LinkedRecord record, RecordId one, RecordId other) =>
        (record.Record == one && record.Membership?.Ground.Partner == other) || (record.Record == other && record.Membership?.Ground.Partner == one);

    private static async Task Judge(HttpContext context, SiteOptions options, Office office)
    {
        (Visit? visit, string problem) = Visit.Of(options, context.Request);
        bool own = OwnHosts.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase);
        if (visit is null || !own || !await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
        {
            await Messages.WrongUse(options, context, visit is null ? problem : "This form was not sent from the office's own page, or is too old. Open the pair again and send it from there.");
            return;
        }

        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        string word = form["verdict"].ToString();
        bool revoked = word == "revoked";
        Verdict verdict = Verdict.Unsure;
        if ((!revoked && !JudgementStatement.TryParse(word, out verdict)) || !RecordId.TryParse(form["one"].ToString(), out RecordId one) || !RecordId.TryParse(form["other"].ToString(), out RecordId other))
        {
            await Uncached(context, () => Pair(context, visit, office, "Choose one of the answers."));
            return;
        }

        var judging = new Judging(options.Reader, office.DataFolder, options.Clock);
        (long index, JudgementRefusal? refusal) = judging.Record(new RecordJudgement(one, other, verdict, office.Officer, form["reason"].ToString().Trim(), 0, revoked));
        if (refusal is not null)
        {
            await Uncached(context, () => Pair(context, visit, office, Sentence(refusal.Reason)));
            return;
        }

        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = $"/office?recorded={index}";
    }

    private static Task Uncached(HttpContext context, Func<Task> answer)
    {
        context.Items[PageWriter.Uncached] = true;
        return answer();
    }

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..] + ".";
}

/// <summary>A pair side by side, as the case officer sees it.</summary>
/// <param name="One">A record.</param>
/// <param name="Other">Another.</param>
/// <param name="Doubtful">The evidence between them, where the last linkage could not decide; else null.</param>
/// <param name="Judged">What was judged of them so far, in ledger order.</param>
/// <param name="Officer">Who judges.</param>
public sealed record PairSheet(JudgedRecord One, JudgedRecord Other, DoubtfulPair? Doubtful, IReadOnlyList<RecordJudgement> Judged, string Officer)
{
    /// <summary>Why the two are one organisation, where the conclusion about one of them rests on the other; else null.</summary>
    public required LinkGround? Decided { get; init; }

    /// <summary>The name and value of the field that proves that the form came from this page.</summary>
    public required (string Name, string Value) Token { get; init; }

    /// <summary>Why the judgement was not recorded; empty where it was not tried.</summary>
    public required string Problem { get; init; }

    /// <summary>The numbers by which "same" would join nothing, in words; empty where there are none.</summary>
    public required string Contradicted { get; init; }

    /// <summary>Whether a judgement of the two is in force.</summary>
    public bool IsJudged => Judged.Count > 0 && !Judged[^1].Revoked;
}
