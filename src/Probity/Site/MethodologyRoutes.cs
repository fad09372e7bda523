using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Probity.Export;
using Probity.Rating;
using Probity.Register;

namespace Probity.Site;

/// <summary>Addresses of one methodology: the document, the file, the transparency record, what changed, and what if.</summary>
internal static class MethodologyRoutes
{
    private const string One = "/methodology/{id}/{version}";

    public static void Map(IEndpointRouteBuilder site, SiteOptions options)
    {
        var trials = new RuleTrials(options.Reader);
        PageRoutes.Get(site, options, One, (context, visit) => Document(context, visit));
        PageRoutes.Get(site, options, One + "/record", (context, visit) => Record(context, visit, json: false));
        PageRoutes.Get(site, options, One + "/record.json", (context, visit) => Record(context, visit, json: true));
        PageRoutes.Get(site, options, One + "/changes", (context, visit) => Changes(context, visit, trials, json: false));
        PageRoutes.Get(site, options, One + "/changes.json", (context, visit) => Changes(context, visit, trials, json: true));
        PageRoutes.Get(site, options, One + "/what-if", (context, visit) => WhatIf(context, visit, trials, json: false));
        PageRoutes.Get(site, options, One + "/what-if.json", (context, visit) => WhatIf(context, visit, trials, json: true));
    }

    private static MethodologyPublication? Find(HttpContext context, Visit visit, string version) =>
        visit.Site.Reader.Methodologies(visit.AsOf).LastOrDefault(one => one.Methodology.Id == (string)context.Request.RouteValues["id"]! && one.Methodology.Version == version);

    private static MethodologyPublication? Find(HttpContext context, Visit visit) => Find(context, visit, (string)context.Request.RouteValues["version"]!);

    private static Task Document(HttpContext context, Visit visit)
    {
        string version = (string)context.Request.RouteValues["version"]!;
        string ending = Path.GetExtension(version) is ".yaml" or ".json" ? Path.GetExtension(version) : "";
        if (Find(context, visit, version[..^ending.Length]) is not { } found)
        {
            return Messages.NotFound(visit.Site, context);
        }

        string language = visit.Register.Languages[0];
        MethodologyDocument document = MethodologyDocument.Of(found.Methodology, language);
        return ending switch
        {
            ".yaml" => PageWriter.Text(context, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(found.Text)),
            ".json" => PageWriter.Json(context, 200, DocumentExport.Json(found.Methodology, document, language)),
            _ => PageRoutes.Page<MethodologyPage>(context, visit, ("Publication", found), ("Document", document), ("Before", Before(visit, found)?.Methodology.Version)),
        };
    }

    /// <summary>The version of the same methodology that was published before another; null for the first.</summary>
    private static MethodologyPublication? Before(Visit visit, MethodologyPublication one) => visit.Site.Reader.Methodologies(visit.AsOf)
        .LastOrDefault(other => other.Index < one.Index && other.Methodology.Id == one.Methodology.Id && other.Methodology.Version != one.Methodology.Version);

    private static Task Record(HttpContext context, Visit visit, bool json)
    {
        if (Find(context, visit) is not { } found)
        {
            return Messages.NotFound(visit.Site, context);
        }

        AlgorithmRecord record = AlgorithmRecord.Of(found.Methodology, visit.Register.Languages[0]);
        return json ? PageWriter.Json(context, 200, DocumentExport.Json(record)) : PageRoutes.Page<RecordPage>(context, visit, ("Methodology", found.Methodology), ("Record", record));
    }

    private static async Task Changes(HttpContext context, Visit visit, RuleTrials trials, bool json)
    {
        string from = context.Request.Query["from"].ToString();
        if (Find(context, visit) is not { } after || (from.Length > 0 ? Find(context, visit, from) : Before(visit, after)) is not { } before)
        {
            await Messages.NotFound(visit.Site, context);
            return;
        }

        IReadOnlyList<RuleChange> changes = MethodologyDiff.Between(before.Methodology, after.Methodology);
        BandMoves moves = await trials.Between(before.Methodology, after.Methodology, visit.AsOf, context.RequestAborted);
        await (json
            ? PageWriter.Json(context, 200, new JsonObject
            {
                ["before"] = before.Methodology.ToString(),
                ["after"] = after.Methodology.ToString(),
                ["changes"] = ChangesJson.Of(changes),
                ["population"] = ChangesJson.Of(moves, visit.AsOf),
            })
            : PageRoutes.Page<ChangesPage>(context, visit, ("Before", before.Methodology), ("After", after.Methodology), ("Changes", changes), ("Moves", moves)));
    }

    private static async Task WhatIf(HttpContext context, Visit visit, RuleTrials trials, bool json)
    {
        if (Find(context, visit) is not { } found)
        {
            await Messages.NotFound(visit.Site, context);
            return;
        }

        IReadOnlyList<MethodologyNumber> numbers = MethodologyNumber.Of(found.Methodology, visit.AsOf.ValidAt);
        var problems = new List<string>();
        Dictionary<string, decimal> settings = Settings(context.Request.Query, numbers, problems);
        Methodology? turned = problems.Count > 0 ? null : MethodologyNumber.Turn(found.Methodology, settings, visit.AsOf.ValidAt, problems);
        if (turned is null)
        {
            await Messages.WrongUse(visit.Site, context, string.Join(" ", problems));
            return;
        }

        BandMoves moves = await trials.WhatIf(found.Methodology, turned, visit.AsOf, context.RequestAborted);
        await (json
            ? PageWriter.Json(context, 200, new JsonObject
            {
                ["methodology"] = found.Methodology.ToString(),
                ["set"] = new JsonObject(settings.Select(one => new KeyValuePair<string, JsonNode?>(one.Key, one.Value))),
                ["numbers"] = ChangesJson.Of(numbers),
                ["population"] = ChangesJson.Of(moves, visit.AsOf),
            })
            : PageRoutes.Page<WhatIfPage>(context, visit, ("Methodology", found.Methodology), ("Numbers", numbers), ("Settings", settings), ("Moves", moves)));
    }

    /// <summary>The numbers asked for that are not what the rules say; what is no number, and a name that is none of them, is a problem in words.</summary>
    private static Dictionary<string, decimal> Settings(IQueryCollection query, IReadOnlyCollection<MethodologyNumber> numbers, List<string> problems)
    {
        var settings = new Dictionary<string, decimal>(StringComparer.Ordinal);
        string[] unknown = [.. query.Keys.Where(key => key is not ("asOf" or "knownAt") && !numbers.Any(number => number.Name == key)).Order(StringComparer.Ordinal)];
        if (unknown.Length > 0)
        {
            problems.Add($"The rules have no number {string.Join(" or ", unknown.Select(name => $"'{name}'"))}; they have {string.Join(", ", numbers.Select(number => number.Name))}.");
        }

        foreach (MethodologyNumber number in numbers)
        {
            string text = query[number.Name].ToString();
            if (text.Length == 0)
            {
                continue;
            }

            if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value))
            {
                problems.Add($"{number.Label} must be a number such as {PlainWords.Of(number.Value)}.");
            }
            else if (value != number.Value)
            {
                settings[number.Name] = value;
            }
        }

        return settings;
    }
}
