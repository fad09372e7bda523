using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Probity.Evidence;

namespace Probity.Sources;

/// <summary>Maps raw records of one input, a file or all pages of an address, to statements. A record enters whole or not at all.</summary>
/// <param name="source">How fields map.</param>
/// <param name="today">Dates after it are rejected.</param>
internal sealed class RecordMapping(SourceDefinition source, DateOnly today)
{
    private readonly FieldSlots _slots = new(source);
    private readonly StatementSize _size = new(source);
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Value> _shared = new(StringComparer.Ordinal);

    /// <summary>Maps one record.</summary>
    /// <param name="file">The file or page it stands in, for places.</param>
    /// <param name="raw">The record.</param>
    public SourceRecord Map(string file, RawRecord raw)
    {
        if (raw.Trouble is { } trouble)
        {
            var where = new Place(file, raw.Line, "");
            return new SourceRecord(where, [], [new Rejection(source.Name, where, trouble.Field, trouble.Code, trouble.Reason)], trouble.IsFile);
        }

        var reading = new RecordReading(source.Name, new Place(file, raw.Line, ""));
        string id = Text(reading, raw, source.Id) ?? "";
        reading.Place = new Place(file, raw.Line, id);
        if (source.SameId == SameId.Rejected && id.Length > 0 && !_ids.Add(id))
        {
            reading.Reject(_slots.PlaceOf(raw, source.Id), RejectionCodes.IdDuplicate, $"'{id}' stands twice in this input; the first counts");
        }

        SubjectKind subject = Subject(reading, raw);
        Said identity = Group(reading, raw, source.Identity);
        var findings = new List<(Occasion Occasion, Said Said)>(source.Findings.Length);
        foreach (FindingRule rule in source.Findings)
        {
            if (Finding(reading, raw, rule) is { } finding)
            {
                findings.Add(finding);
            }
        }

        id = source.SameId == SameId.Rejected || reading.Rejections.Count > 0 ? id : ToldApart(reading, raw, id, findings);
        if (reading.Rejections.Count > 0)
        {
            return new SourceRecord(reading.Place, [], [.. reading.Rejections], false);
        }

        return Stated(reading, new RecordId(source.Name, id), subject, (identity, findings));
    }

    /// <summary>The identifier of one of several records that have the same: they differ in the days or names of their findings, or are numbered or rejected.</summary>
    private string ToldApart(RecordReading reading, RawRecord raw, string id, List<(Occasion Occasion, Said Said)> findings)
    {
        string[] occasions = [.. findings.Select(one => $"{one.Occasion.Type}\t{one.Occasion.Item}\t{(one.Occasion.ValidFrom is { } day ? Day.Text(day) : "")}")];
        bool IsFree(string name) => !occasions.Any(occasion => _ids.Contains($"{name}\n{occasion}"));
        string told = id;
        for (int number = 2; source.SameId == SameId.Numbered && !IsFree(told); number++)
        {
            told = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{id} #{number}");
        }

        if (!IsFree(told))
        {
            reading.Reject(_slots.PlaceOf(raw, source.Id), RejectionCodes.IdDuplicate, $"'{id}' stands twice in this input with findings of the same day; the first counts");
            return id;
        }

        foreach (string occasion in occasions)
        {
            _ids.Add($"{told}\n{occasion}");
        }

        return told;
    }

    private SourceRecord Stated(RecordReading reading, RecordId about, SubjectKind subject, (Said Identity, List<(Occasion Occasion, Said Said)> Findings) said)
    {
        var statements = ImmutableArray.CreateBuilder<Statement>(1 + said.Findings.Count);
        statements.Add(said.Identity.In(Statement.Identity(source.Provenance, about, subject, said.Identity.Body)));
        foreach ((Occasion occasion, Said finding) in said.Findings)
        {
            statements.Add(finding.In(Statement.Finding(source.Provenance, about, subject, occasion, finding.Body)));
        }

        return _size.TooLong(reading.Characters, statements) is { } tooLong
            ? new SourceRecord(reading.Place, [], [new Rejection(source.Name, reading.Place, "", RejectionCodes.StatementTooLong, tooLong)], false)
            : new SourceRecord(reading.Place, statements.DrainToImmutable(), [], false);
    }

    private (Occasion Occasion, Said Said)? Finding(RecordReading reading, RawRecord raw, FindingRule rule)
    {
        if (rule.When.Length > 0 && rule.Fields.All(field => !rule.When.Contains(field.Name) || _slots.TextOf(raw, field) is null))
        {
            return null;
        }

        DateOnly? day = rule.Day is null ? null : DayOf(reading, raw, rule);
        string item = rule.Item is null ? "" : Text(reading, raw, rule.Item) ?? "";
        return (new Occasion(rule.Type, item, day), Group(reading, raw, rule.Fields));
    }

    private SubjectKind Subject(RecordReading reading, RawRecord raw)
    {
        if (source.Subject.Field is not { } field || Text(reading, raw, field) is not { } word)
        {
            return source.Subject.Always;
        }

        if (MappingReading.NamesPerson(word))
        {
            reading.Reject(_slots.PlaceOf(raw, field), RejectionCodes.SubjectPerson, $"'{FieldText.Cut(word)}' is a person; Probity keeps records of organisations and public bodies only (G01)");
        }
        else if (!KindNames.TryParse(word, out SubjectKind kind))
        {
            reading.Reject(_slots.PlaceOf(raw, field), RejectionCodes.SubjectUnknown, $"'{FieldText.Cut(word)}' is no kind of subject; use legal-entity, establishment, public-body or arrangement");
        }
        else
        {
            return kind;
        }

        return source.Subject.Always;
    }

    private Said Group(RecordReading reading, RawRecord raw, ImmutableArray<FieldRule> rules)
    {
        var fields = new List<KeyValuePair<string, Value>>(rules.Length);
        Dictionary<string, List<KeyValuePair<string, Value>>>? groups = null;
        List<KeyValuePair<string, Value>>? redactable = null;
        foreach (FieldRule rule in rules)
        {
            if (ValueOf(reading, raw, rule) is not { } value)
            {
                continue;
            }

            int dot = rule.Name.IndexOf('.', StringComparison.Ordinal);
            if (rule.Redactable)
            {
                (redactable ??= []).Add(new(rule.Name, value));
            }
            else if (dot < 0)
            {
                fields.Add(new(rule.Name, value));
            }
            else
            {
                groups ??= new(StringComparer.Ordinal);
                if (!groups.TryGetValue(rule.Name[..dot], out List<KeyValuePair<string, Value>>? group))
                {
                    groups.Add(rule.Name[..dot], group = []);
                }

                group.Add(new(rule.Name[(dot + 1)..], value));
            }
        }

        foreach ((string name, List<KeyValuePair<string, Value>> group) in groups ?? [])
        {
            fields.Add(new(name, new Value.Group(Fields.Of(CollectionsMarshal.AsSpan(group)))));
        }

        return new Said(Fields.Of(CollectionsMarshal.AsSpan(fields)), redactable is null ? Fields.Empty : Fields.Of(CollectionsMarshal.AsSpan(redactable)));
    }

    private Value? ValueOf(RecordReading reading, RawRecord raw, FieldRule rule)
    {
        if (Text(reading, raw, rule) is not { } text)
        {
            return null;
        }

        switch (rule.Type)
        {
            case FieldType.Text:
                return Shared(text);
            case FieldType.Day when FieldText.Day(text, rule) is { } day && source.NoDays.Contains(day):
                if (rule.Required)
                {
                    reading.Reject(_slots.PlaceOf(raw, rule), RejectionCodes.DateTooEarly, $"{Day.Text(day)} stands for no date, but one is needed");
                }

                return null;
            default:
                Value? value = FieldText.Value(text, rule);
                if (value is null)
                {
                    reading.Reject(_slots.PlaceOf(raw, rule), FieldText.CodeOf(rule.Type), $"{Quoted(rule, text)} is no {FieldText.Words(rule.Type)}");
                }

                return value;
        }
    }

    /// <summary>The text of a field after replacement, checked against its length and its set; null where absent or rejected.</summary>
    private string? Text(RecordReading reading, RawRecord raw, FieldRule rule)
    {
        string? text = _slots.TextOf(raw, rule);
        if (text is null)
        {
            if (rule.Required)
            {
                reading.Reject(_slots.PlaceOf(raw, rule), rule == source.Id ? RejectionCodes.IdMissing : RejectionCodes.FieldMissing, "the field is empty and must not be");
            }

            return null;
        }

        text = rule.Replace.IsEmpty ? text : rule.Replace.GetValueOrDefault(text, text);
        if (text.Length > rule.MaxLength)
        {
            reading.Reject(_slots.PlaceOf(raw, rule), RejectionCodes.FieldTooLong, $"{text.Length:N0} characters; at most {rule.MaxLength:N0} are taken");
        }
        else if (text.AsSpan().ContainsAny('\ufffd', '\0'))
        {
            reading.Reject(_slots.PlaceOf(raw, rule), RejectionCodes.EncodingInvalid, $"{Quoted(rule, text)} holds bytes that are no text in the file's encoding");
        }
        else if (rule.OneOf.Length > 0 && !rule.OneOf.Contains(text))
        {
            reading.Reject(_slots.PlaceOf(raw, rule), RejectionCodes.ValueOutsideSet, $"{Quoted(rule, text)} is not one of {string.Join(", ", rule.OneOf)}");
        }
        else
        {
            reading.Characters += text.Length;
            return text;
        }

        return null;
    }

    /// <summary>A text as a rejection shows it; one that must be erasable is shown nowhere.</summary>
    private static string Quoted(FieldRule rule, string text) => rule.Redactable ? "the text" : $"'{FieldText.Cut(text)}'";

    private DateOnly? DayOf(RecordReading reading, RawRecord raw, FindingRule rule)
    {
        string? text = Text(reading, raw, rule.Day!);
        if (text is null)
        {
            return null;
        }

        if (FieldText.Day(text, rule.Day!) is not { } day)
        {
            reading.Reject(_slots.PlaceOf(raw, rule.Day!), RejectionCodes.DateUnreadable, $"'{FieldText.Cut(text)}' is no date such as 2026-05-12");
            return null;
        }

        if (source.NoDays.Contains(day))
        {
            if (rule.DayRequired)
            {
                reading.Reject(_slots.PlaceOf(raw, rule.Day!), RejectionCodes.DateTooEarly, $"{Day.Text(day)} stands for no date, but {rule.Type} needs one");
            }

            return null;
        }

        if (day > today)
        {
            reading.Reject(_slots.PlaceOf(raw, rule.Day!), RejectionCodes.DateInFuture, $"{Day.Text(day)} is after the day of reading, {Day.Text(today)}");
        }

        return day;
    }

    /// <summary>Short texts that recur (types, authorities) are kept once.</summary>
    private Value Shared(string text)
    {
        if (text.Length > 40)
        {
            return Value.Of(text);
        }

        if (!_shared.TryGetValue(text, out Value? value))
        {
            value = Value.Of(text);
            if (_shared.Count < 4_096)
            {
                _shared.Add(text, value);
            }
        }

        return value;
    }

    /// <summary>What a statement says openly, and the texts that are to stand in it as commitments.</summary>
    private readonly record struct Said(Fields Body, Fields Redactable)
    {
        public Statement In(Statement statement) => Redactable.Count == 0 ? statement : statement.Withholding(Redactable);
    }

    /// <summary>What is being read of one record.</summary>
    private sealed class RecordReading(string sourceName, Place place)
    {
        public Place Place { get; set; } = place;

        public List<Rejection> Rejections { get; } = [];

        /// <summary>UTF-16 code units of all texts taken so far.</summary>
        public long Characters { get; set; }

        public void Reject(string field, string code, string reason)
        {
            if (Rejections.All(one => one.Field != field))
            {
                Rejections.Add(new Rejection(sourceName, Place, field, code, reason));
            }
        }
    }
}
