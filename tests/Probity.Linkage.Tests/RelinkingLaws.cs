using CsCheck;
using Probity.Evidence;

namespace Probity.Linkage.Tests;

/// <summary>For small registers of records that share words, streets, telephones and numbers, coming and changing in any order of days.</summary>
public sealed class RelinkingLaws
{
    private const int Slots = 18;

    private static readonly string[] Stems = ["Amberlight", "Brackenford", "Caldermoor", "Dunnisk"];
    private static readonly string[] Trades = ["Bakery", "Bakers", "Foods Ltd", "Fund VII"];
    private static readonly PublishedModel Model = PublishedModel.Train([.. Enumerable.Range(0, 60).Select(i => Record(i, [i, i / 2, i % 5, i % 7, i % 11]))], LinkageSpecification.Default);

    /// <summary>A record's slot and what it says, from a few words; the same slot again is a change of the record.</summary>
    private static readonly Gen<(int Slot, int[] Says)> Saying = Gen.Select(Gen.Int[0, Slots - 1], Gen.Int[0, 3].Array[5]);

    private static readonly Gen<(int, int, int)> Judged = Gen.Select(Gen.Int[0, Slots - 1], Gen.Int[0, Slots - 1], Gen.Int[0, 3]);

    [Fact]
    public void Day_by_day_gives_the_organisations_that_all_at_once_gives() =>
        Gen.Select(Saying.Array[1, 8].Array[1, 5], Judged.Array[0, 4].Array[5]).Sample((days, judged) =>
        {
            var register = new Register();
            for (int day = 0; day < days.Length; day++)
            {
                register.Take(days[day], judged[day]);
                Assert.Equal(register.AllAtOnce(), register.Organisations());
            }
        }, iter: 150);

    /// <summary>Enough records under one telephone, at one door and of one name that counts and common keys cross every limit, in both directions.</summary>
    [Fact]
    public void What_many_share_is_weighed_as_all_at_once_weighs_it() =>
        Gen.Select(Gen.Int[0, 69], Gen.Select(Gen.Int[0, 1], Gen.Int[0, 1], Gen.Int[0, 1], Gen.Int[0, 1], Gen.Int[0, 3])).Array[10, 35].Array[2, 5].Sample(days =>
        {
            var register = new Register();
            foreach ((int Slot, (int Stem, int Trade, int Door, int Telephone, int Number) Says)[] day in days)
            {
                register.Take([.. day.Select(one => (one.Slot, new[] { one.Says.Stem, one.Says.Trade, one.Says.Door, one.Says.Telephone, one.Says.Number }))], []);
                Assert.Equal(register.AllAtOnce(), register.Organisations());
                Assert.Equal(register.PairsAllAtOnce(), register.Pairs());
            }
        }, iter: 60);

    [Fact]
    public void The_order_in_which_records_come_does_not_matter() => Saying.Array[2, 20].Sample(said =>
    {
        (int Slot, int[] Says)[] last = [.. said.GroupBy(one => one.Slot).Select(slot => slot.Last())];
        var straight = new Register();
        straight.Take(last, []);
        var turned = new Register();
        foreach ((int Slot, int[] Says) one in last.Reverse())
        {
            turned.Take([one], []);
        }

        Assert.Equal(straight.Organisations(), turned.Organisations());
    }, iter: 100);

    [Fact]
    public void A_model_says_the_same_when_read_back_whatever_the_order_it_was_learnt_in()
    {
        IdentityRecord[] records = [.. Enumerable.Range(0, 60).Select(i => Record(i, [i, i / 2, i % 5, i % 7, i % 11]))];
        PublishedModel turned = PublishedModel.Train([.. records.Reverse()], LinkageSpecification.Default);
        Assert.Equal(Model.Digest, turned.Digest);
        Assert.Equal(Model.Digest, PublishedModel.Read(Model.Document)!.Digest);
        Assert.Null(PublishedModel.Read("{}"u8.ToArray()));
    }

    [Fact]
    public void A_number_on_many_records_of_different_names_links_nobody_and_is_reported()
    {
        IdentityRecord[] records = [.. Tables.Filler(5_000, (i, word) => $"{i},{word} Works").Select(line => line.Split(',')).Select(row => new IdentityRecord(
            new RecordId("list", row[0]), SubjectKind.LegalEntity, Fields.Of(("name", Value.Of(row[1])), ("identifiers", new Value.Group(Fields.Of(("siren", Value.Of("732829320"))))))))];
        Relinking linked = Relinking.Of(new LinkageQuestion(LinkageSpecification.Default, default, Model, records, [], new LinkageHistory()));
        Assert.DoesNotContain(linked.Clusters, cluster => cluster.Length > 20);
        Assert.Contains("siren 732829320 on 5000 records", linked.Placeholders);
    }

    [Fact]
    public void An_establishment_is_never_one_with_its_company()
    {
        IdentityRecord company = Record(1, [1, 1, 1, 1, 1]) with { Subject = SubjectKind.LegalEntity };
        Relinking linked = Relinking.Of(new LinkageQuestion(LinkageSpecification.Default, default, Model, [company, Record(2, [1, 1, 1, 1, 1])], [], new LinkageHistory()));
        Assert.Equal(2, linked.Clusters.Count);
        Assert.Null(linked.Explain(company.Id, new RecordId("s0", "02")));
    }

    private static IdentityRecord Record(int slot, int[] says) => new(
        new RecordId($"s{slot % 2}", $"{slot:00}"),
        SubjectKind.Establishment,
        Fields.Of(
            ("name", Value.Of($"{Stems[says[0] % 4]} {Trades[says[1] % 4]}")),
            ("address", Value.Of($"{1 + (says[2] % 4)} Mill Lane")),
            ("postcode", Value.Of($"ZZ{says[2] % 4} 1AB")),
            ("telephone", Value.Of($"020 555 010{says[3] % 4}")),
            ("identifiers", new Value.Group(says[4] % 4 > 1 ? Fields.Of(("siren", Value.Of(says[4] % 4 == 2 ? "732829320" : "404833048"))) : Fields.Empty))));

    /// <summary>A register that links what each day brings, and what it would be linked all at once.</summary>
    private sealed class Register
    {
        private static readonly LinkageSpecification Specification = LinkageSpecification.Default with { Threshold = 0.9 };

        private readonly SortedDictionary<int, IdentityRecord> _records = [];
        private readonly List<RecordJudgement> _judgements = [];
        private readonly LinkageHistory _history = new();
        private IReadOnlyList<KeptPair>? _pairs;
        private long _entries;

        public void Take((int Slot, int[] Says)[] day, (int One, int Other, int Verdict)[] judged)
        {
            HashSet<RecordId> known = [.. _records.Values.Select(record => record.Id)];
            var former = new Dictionary<RecordId, IdentityRecord>();
            foreach ((int slot, int[] says) in day)
            {
                if (_records.TryGetValue(slot, out IdentityRecord? before) && known.Contains(before.Id))
                {
                    former.TryAdd(before.Id, before);
                }

                _records[slot] = Record(slot, says);
            }

            HashSet<RecordId> touched = [];
            foreach ((int one, int other, int verdict) in judged.Where(pair => pair.One != pair.Other && _records.ContainsKey(pair.One) && _records.ContainsKey(pair.Other)))
            {
                (RecordId a, RecordId b) = (_records[one].Id, _records[other].Id);
                _judgements.Add(new RecordJudgement(a, b, (Verdict)(verdict % 3), "tester", "law", ++_entries, Revoked: verdict == 3));
                touched.UnionWith([a, b]);
            }

            LinkageQuestion question = Question(_history) with
            {
                Since = _pairs is null ? null : new LinkageChange(_records.Values.Select(record => record.Id).Where(record => !known.Contains(record)).ToHashSet(), [.. former.Values], touched, _pairs),
            };
            Relinking linked = Relinking.Of(question);
            _pairs = [.. linked.Pairs];
            foreach (Membership membership in LinkageConclusion.Of(linked, _history, known.Contains).Memberships)
            {
                _history.Add(new Entry(++_entries, membership.ToStatement(new Provenance("test", "food", "law", "purpose"))));
            }
        }

        public string[] Organisations() => [.. _records.Values.GroupBy(record => _history.FounderOf(record.Id), record => record.Id).Select(Text).Order(StringComparer.Ordinal)];

        /// <summary>Every pair that is kept, with how its fields compare.</summary>
        public KeptPair[] Pairs() => [.. _pairs!];

        public KeptPair[] PairsAllAtOnce() => [.. Relinking.Of(Question(new LinkageHistory())).Pairs];

        public string[] AllAtOnce() => [.. Relinking.Of(Question(new LinkageHistory())).Clusters.Select(Text).Order(StringComparer.Ordinal)];

        private LinkageQuestion Question(LinkageHistory history) => new(Specification, default, Model, [.. _records.Values], _judgements, history);

        private static string Text(IEnumerable<RecordId> records) => string.Join(' ', records.Order());
    }
}
