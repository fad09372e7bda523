using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Ledger;
using Probity.Rating;

namespace Probity.Register;

/// <summary>What happened to an organisation's record, in words, with what the register said from then on.</summary>
internal static class TimelineReading
{
    /// <summary>The events known at a ledger size, newest first: by day where there is one, else by place in the ledger.</summary>
    public static ImmutableArray<TimelineEvent> Read(RegisterReader reader, Dossier dossier, AsOf asOf)
    {
        var latest = new Dictionary<Slot, Statement>();
        var identities = new Dictionary<RecordId, Fields>();
        var events = new List<TimelineEvent>();
        IReadOnlyList<SignedCheckpoint> checkpoints = reader.Log.Checkpoints();
        foreach (Entry entry in dossier.Entries.Where(one => one.Index < asOf.KnownAt))
        {
            Statement statement = entry.Statement;
            latest.TryGetValue(statement.Slot, out Statement? before);
            string text = statement.Kind == StatementKind.Identity ? ChangeOf(identities.GetValueOrDefault(statement.About, Fields.Empty), statement.Body) : Wording(statement);
            if (statement.Kind == StatementKind.Identity)
            {
                identities[statement.About] = statement.Body;
            }

            events.Add(new TimelineEvent(statement.ValidFrom, entry.Index, RecordedAt(checkpoints, entry.Index), text, before is null || statement.Kind == StatementKind.Identity ? "" : Wording(before), null));
            latest[statement.Slot] = statement;
        }

        return [.. WithStandings(events, reader, dossier, asOf).OrderByDescending(one => one.Day ?? DayOf(one)).ThenByDescending(one => one.Index)];
    }

    /// <summary>"Inspection: confidence 10, hygiene 0, structural 10"; where a statement has one value, "Rating: 4".</summary>
    private static string Wording(Statement statement)
    {
        string type = Plain(statement.Type.Length > 0 ? statement.Type : KindNames.Of(statement.Kind));
        string said = statement.Body["value"]?.ToString() ?? string.Join(", ", statement.Body.Select(field => $"{Plain(field.Key)} {field.Value}"));
        return $"{char.ToUpperInvariant(type[0])}{type[1..]}: {said}";
    }

    private static string ChangeOf(Fields before, Fields after)
    {
        if (before.Count == 0)
        {
            return $"First recorded as {after.TextOf("name")}";
        }

        IEnumerable<string> names = before.Select(one => one.Key).Concat(after.Select(one => one.Key)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return "Changed " + string.Join("; ", names
            .Where(name => !Equals(before[name], after[name]))
            .Select(name => $"{Plain(name)} from {Shown(before[name])} to {Shown(after[name])}"));
    }

    /// <summary>What the register said at the day of each dated finding, where that differs from the dated finding before it.</summary>
    private static IEnumerable<TimelineEvent> WithStandings(List<TimelineEvent> events, RegisterReader reader, Dossier dossier, AsOf asOf)
    {
        var byIndex = events.ToDictionary(one => one.Index);
        Standing? said = null;
        foreach (IGrouping<DateOnly, TimelineEvent> day in events.Where(one => one.Day is not null && one.Day <= asOf.ValidAt).GroupBy(one => one.Day!.Value).OrderBy(group => group.Key))
        {
            var then = new AsOf(day.Key, asOf.KnownAt);
            if (reader.InForce(then)?.Methodology is not { } methodology || reader.CohortAt(asOf).Size > 0)
            {
                continue; // a cohort's statistics of every past day are not computed for one page
            }

            Standing now = Standings.Of(RatingEngine.Rate(methodology, dossier, then, Cohort.None));
            TimelineEvent last = day.MaxBy(one => one.Index)!;
            byIndex[last.Index] = last with { Standing = said is null || said.Outcome != now.Outcome || said.Score != now.Score ? now : null };
            said = now;
        }

        return byIndex.Values;
    }

    private static DateOnly DayOf(TimelineEvent undated) => undated.RecordedAt is { } at ? DateOnly.FromDateTime(at.UtcDateTime) : DateOnly.MaxValue;

    private static DateTimeOffset? RecordedAt(IReadOnlyList<SignedCheckpoint> checkpoints, long index) => checkpoints.FirstOrDefault(one => one.Size > index)?.At;

    private static string Plain(string name) => name.Replace('_', ' ').Replace('-', ' ');

    private static string Shown(Value? value) => value is null ? "nothing" : $"“{value}”";
}
