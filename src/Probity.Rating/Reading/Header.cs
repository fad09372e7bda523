using System.Buffers;
using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Rating.Expressions;
using Probity.Rating.Model;
using Probity.Yaml;

namespace Probity.Rating.Reading;

/// <summary>What a methodology says about itself before its rules.</summary>
internal sealed record Header
{
    private static readonly SearchValues<char> IdLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");
    private static readonly string[] Statuses = ["draft", "consultation", "in-force", "withdrawn"];

    /// <summary>What is harmed where nobody can tell whom and when the file rates: no test can be run.</summary>
    public const string Everything = "the whole file";

    public required string Id { get; init; }

    public required string Version { get; init; }

    public required Wording Title { get; init; }

    public required MethodologyStatus Status { get; init; }

    /// <summary>Null where the file does not say it rightly.</summary>
    public required DateOnly? AppliesFrom { get; init; }

    public required SubjectKind Rates { get; init; }

    public required ImmutableArray<string> Contexts { get; init; }

    public required MethodologyAuthority Authority { get; init; }

    public required ImmutableArray<LegalReference> Legal { get; init; }

    public required TransparencyRecord Record { get; init; }

    /// <summary>False where the contexts are wrong: then what is said of them further down is no new problem.</summary>
    public required bool KnowsContexts { get; init; }

    /// <summary>True where month arithmetic is allowed because the rule for short months is stated.</summary>
    public required bool StatesMonthEnds { get; init; }

    public static Header Read(Sheet sheet, YamlMap map)
    {
        if (map.Required("probity") is { } format && map.Whole("probity") is not 1)
        {
            sheet.Report(format, "format.version", "this program reads methodology format 1", "write 'probity: 1'");
        }

        int mark = sheet.Mark;
        YamlMap? applies = sheet.Map(map.Required("applies"));
        DateOnly? from = applies?.Required("from") is null ? null : applies.DayOf("from");
        applies?.Close();
        SubjectKind rates = ReadSubject(sheet, map);
        int before = sheet.Mark;
        ImmutableArray<string> contexts = GuardRails.ReadContexts(sheet, map);
        bool knowsContexts = !sheet.ToldSince(before);
        sheet.HarmSince(mark, Everything);
        YamlMap? authority = sheet.Map(map.Required("authority"));
        var header = new Header
        {
            Id = map.RequiredText("id") ?? "",
            Version = map.RequiredText("version") ?? "",
            Title = sheet.RequiredWords(map, "title"),
            Status = ReadStatus(sheet, map),
            AppliesFrom = from,
            Rates = rates,
            Contexts = contexts,
            KnowsContexts = knowsContexts,
            Authority = new MethodologyAuthority(authority?.RequiredText("name") ?? "", authority?.Text("url") ?? ""),
            Legal = ReadLegal(map),
            Record = ReadRecord(sheet, map),
            StatesMonthEnds = ReadMonthEnds(sheet, map),
        };
        authority?.Close();
        header.CheckForms(sheet, map);
        GuardRails.CheckInForce(sheet, map, header);
        return header;
    }

    /// <summary>The methodology of this header with its rules.</summary>
    public Methodology Complete(Sheet sheet, Plan plan, ImmutableArray<Band> bands, Fields rules) => new(plan)
    {
        Id = Id,
        Version = Version,
        Title = Title,
        Status = Status,
        AppliesFrom = AppliesFrom ?? DateOnly.MinValue,
        Rates = Rates,
        Contexts = Contexts,
        Authority = Authority,
        Legal = Legal,
        Bands = bands,
        Dimensions = [.. plan.Outcome.Dimensions.Select(slot => Shown(slot.Name, plan.Shown(slot.Name)!))],
        Parameters = [.. sheet.Parameters.Select(parameter => parameter.Shown)],
        Record = Record,
        Rules = rules,
        Fingerprint = Digest.Of(CanonicalJson.Bytes(rules)),
    };

    private static Dimension Shown(string name, Presentation shown) => new(name, shown.Label, shown.Unit, shown.Best, shown.Worst, shown.Better);

    private static MethodologyStatus ReadStatus(Sheet sheet, YamlMap map)
    {
        string? text = map.RequiredText("status");
        int place = Array.IndexOf(Statuses, text);
        if (text is not null && place < 0)
        {
            string? nearest = NearestName.Of(text, Statuses);
            sheet.Report(map.NodeOf("status")!, "status.unknown", $"'{text}' is no status", nearest is null ? "write one of " + string.Join(", ", Statuses) : $"did you mean '{nearest}'?");
        }

        return place < 0 ? MethodologyStatus.Draft : (MethodologyStatus)place;
    }

    private static SubjectKind ReadSubject(Sheet sheet, YamlMap map)
    {
        string? word = map.RequiredText("rates");
        if (word is null || KindNames.TryParse(word, out SubjectKind kind))
        {
            return word is null ? default : KindNames.TryParse(word, out kind) ? kind : default;
        }

        string known = string.Join(", ", Enum.GetValues<SubjectKind>().Select(KindNames.Of));
        sheet.Report(map.NodeOf("rates")!, "guard-rail.G01", $"'{word}' cannot be rated: only organisations are, never a person", $"write one of {known}");
        return default;
    }

    private static ImmutableArray<LegalReference> ReadLegal(YamlMap map)
    {
        ImmutableArray<LegalReference>.Builder legal = ImmutableArray.CreateBuilder<LegalReference>();
        foreach (YamlMap one in map.Maps("legal"))
        {
            legal.Add(new LegalReference(one.RequiredText("title") ?? "", one.Text("url") ?? "", one.Text("clause") ?? ""));
            one.Close();
        }

        return legal.ToImmutable();
    }

    private static TransparencyRecord ReadRecord(Sheet sheet, YamlMap map)
    {
        YamlMap? record = map.Map("record");
        ImmutableArray<(string, Wording)>.Builder entries = ImmutableArray.CreateBuilder<(string, Wording)>();
        foreach (string key in TransparencyRecord.RequiredKeys.Concat(TransparencyRecord.FurtherKeys))
        {
            if (record?.NodeOf(key) is { } node)
            {
                entries.Add((key, sheet.Words(node)));
            }
        }

        record?.Close();
        return new TransparencyRecord(entries.ToImmutable());
    }

    private static bool ReadMonthEnds(Sheet sheet, YamlMap map)
    {
        string? rule = map.Text("month_ends");
        if (rule is not (null or "last_day"))
        {
            sheet.Report(map.NodeOf("month_ends")!, "month-ends.unknown", $"'{rule}' is no rule for short months", "write 'month_ends: last_day'");
        }

        return rule is not null;
    }

    private void CheckForms(Sheet sheet, YamlMap map)
    {
        if (Id.Length > 0 && Id.AsSpan().ContainsAnyExcept(IdLetters))
        {
            sheet.Report(map.NodeOf("id")!, "id.form", $"id '{Id}' may hold lower-case letters, digits, hyphens and full stops only", "");
        }

        string[] numbers = Version.Split('.');
        if (Version.Length > 0 && (numbers.Length != 3 || numbers.Any(number => !Literals.TryRead(number, ExpressionType.Whole, out _))))
        {
            sheet.Report(map.NodeOf("version")!, "version.form", $"version '{Version}' is not three numbers", "write it like 1.0.0");
        }
    }
}
