using Probity.Evidence;

namespace Probity.Rating.Tests.Generated;

/// <summary>Organisations with statements of every kind: good and unreadable, corrected, expired, without a day, from another context, at the ends of every range.</summary>
internal static class GeneratedDossiers
{
    public static readonly AsOf Then = new(new DateOnly(2020, 6, 30), 900);

    private static readonly Provenance Food = new("test", "food", "Act", "test");
    private static readonly Provenance Court = new("test", "court", "Act", "test");

    /// <summary>Half of the time tidy ones, as a good source has them: many of each, all readable and with a day, numbers small. Those are folded another way.</summary>
    public static List<Dossier> Of(Choices choices)
    {
        (int count, bool tidy) = (choices.Below(25), choices.OneIn(2));
        var entries = new List<Entry>[count];
        for (int i = 0; i < count; i++)
        {
            entries[i] = [];
        }

        for (int index = 0; index < 1000 && count > 0; index += choices.Below(tidy ? 3 : 12) + 1)
        {
            int organisation = choices.Below(count);
            entries[organisation].Add(new Entry(index, One(choices, new RecordId("test", $"{organisation}"), tidy)));
        }

        return [.. entries.Select((own, i) => new Dossier(
            OrganisationId.FirstSeenAs(new RecordId("test", $"{i}")), choices.OneIn(12) ? SubjectKind.PublicBody : SubjectKind.Establishment, [.. own]))];
    }

    /// <summary>One more statement of a dossier.</summary>
    public static Dossier WithOneMore(Choices choices, Dossier dossier, long index) =>
        dossier with { Entries = dossier.Entries.Add(new Entry(index, One(choices, new RecordId("test", "again"), false))) };

    /// <summary>An organisation that was not there before, or none.</summary>
    public static IEnumerable<Dossier> New(Choices choices, int number)
    {
        var record = new RecordId("test", $"new {number}");
        return choices.OneIn(2) ? [] : [new Dossier(OrganisationId.FirstSeenAs(record), SubjectKind.Establishment, [new Entry(1500 + number, One(choices, record, false))])];
    }

    private static Statement One(Choices choices, RecordId record, bool tidy)
    {
        bool isVisit = !choices.OneIn(3);
        DateOnly? day = !tidy && choices.OneIn(12) ? null : Then.ValidAt.AddDays(100 - choices.Below(1600));
        var fields = new List<(string, Value)>();
        void Add(string name, Value value)
        {
            bool wrong = !tidy && choices.OneIn(40);
            if (!(isVisit && name is "d" or "r" or "f" or "w" && choices.OneIn(4)))
            {
                fields.Add((name, wrong ? Value.Of("?") : value));
            }
        }

        Add("i", Value.Of(!tidy && choices.OneIn(15) ? choices.Of(Value.MaxWhole, -Value.MaxWhole, 8999999999999999) : choices.Below(30) - (isVisit ? 5 : 0)));
        Add("d", Value.Of(choices.OneIn(20) ? choices.Of("79228162514264337593543950335", "0.0000000000000000000000000001", "0", "-1") : $"{choices.Below(900) - 100}.{choices.Below(100)}"));
        Add("r", Value.Of(choices.OneIn(20) ? choices.Of("1e308", "-1e308", "0", "1e-300", "-0") : $"{choices.Below(90) - 9}.{choices.Below(1000)}"));
        Add("t", Value.Of(choices.Of("a", "b", "c", "dd")));
        Add("f", Value.Of(choices.OneIn(2)));
        if (isVisit)
        {
            Add("w", Value.Of(Day.Text(Then.ValidAt.AddDays(-choices.Below(500)))));
        }

        return Statement.Finding(
            !tidy && choices.OneIn(25) ? Court : Food, record, SubjectKind.Establishment, new Occasion(isVisit ? "visit" : "order", choices.Of("", "", "x", "y"), day), Fields.Of([.. fields]));
    }
}
