using CsCheck;
using Probity.Evidence;

namespace Probity.Linkage.Tests;

/// <summary>For small registers of records that share words, streets, telephones and numbers, coming and changing in any order of days.</summary>
public sealed class RelinkingLaws
{
    private const int Slots = 18;

    private static readonly string[] Words = [.. Tables.Filler(4_096, (_, word) => word)];

    private static readonly string[] Stems = ["Amberlight", "Brackenford", "Caldermoor", "Dunnisk"];
    private static readonly string[] Trades = ["Bakery", "Bakers", "Foods Ltd", "Fund VII"];

    /// <summary>Records enough for not every pair to be compared, and for a few more to change no weight.</summary>
    private static readonly SortedDictionary<int, IdentityRecord> Others = new(Enumerable.Range(0, 210).ToDictionary(i => 1_000 + i, i => new IdentityRecord(
        new RecordId("others", $"{i:000}"),
        SubjectKind.Establishment,
        Fields.Of(
            ("name", Value.Of($"{Words[i / 2]} {Trades[i / 2 % 5 < 2 ? 0 : 2]} {Stems[i / 2 % 5 == 4 ? 1 : 0]}{(i / 2 % 3 == 0 ? " " + Words[1_000 + (i % 2)] : "")}")),
            ("address", Value.Of($"{1 + (i / 2)} {Words[2_000 + (i % 17)]} Street")),
            ("postcode", Value.Of($"YY{i / 2 % 9} 2CD")),
            ("telephone", Value.Of($"030 555 {i / 2:0000}"))))));

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
                register.HoldToAllAtOnce();
            }
        }, iter: 25);

    /// <summary>Enough records under one telephone, at one door and of one name that counts and common keys cross every limit, in both directions.</summary>
    [Fact]
    public void What_many_share_is_weighed_as_all_at_once_weighs_it() =>
        Gen.Select(Gen.Int[0, 69], Gen.Select(Gen.Int[0, 1], Gen.Int[0, 1], Gen.Int[0, 14], Gen.Int[0, 1], Gen.Int[0, 3])).Array[10, 35].Array[2, 5].Sample(days =>
        {
            var register = new Register();
            foreach ((int Slot, (int Stem, int Trade, int Door, int Telephone, int Number) Says)[] day in days)
            {
                register.Take([.. day.Select(one => (one.Slot, new[] { one.Says.Stem, one.Says.Trade, one.Says.Door, one.Says.Telephone, one.Says.Number }))], []);
                register.HoldToAllAtOnce();
            }
        }, iter: 10);

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
    }, iter: 8);

    [Fact]
    public void What_a_day_brings_among_many_is_compared_without_the_rest()
    {
        var register = new Register();
        register.Take([(1, [0, 0, 0, 0, 0])], []);
        register.Take([(2, [0, 0, 0, 0, 1])], []);
        Assert.Equal(1, register.DaysOfChangesOnly);
        register.HoldToAllAtOnce();
    }

    [Fact]
    public void A_number_on_many_records_of_different_names_links_nobody_and_is_reported()
    {
        IdentityRecord[] records = [.. Tables.Filler(5_000, (i, word) => $"{i},{word} Works").Select(line => line.Split(',')).Select(row => new IdentityRecord(
            new RecordId("list", row[0]), SubjectKind.LegalEntity, Fields.Of(("name", Value.Of(row[1])), ("identifiers", new Value.Group(Fields.Of(("siren", Value.Of("732829320"))))))))];
        Relinking linked = Relinking.Of(new LinkageQuestion(LinkageSpecification.Default, default, records, [], new LinkageHistory()));
        Assert.DoesNotContain(linked.Clusters, cluster => cluster.Length > 20);
        Assert.Contains("siren 732829320 on 5000 records", linked.Placeholders);
    }

    [Fact]
    public void An_establishment_is_never_one_with_its_company()
    {
        IdentityRecord company = Record(1, [1, 1, 1, 1, 1]) with { Subject = SubjectKind.LegalEntity };
        Relinking linked = Relinking.Of(new LinkageQuestion(LinkageSpecification.Default, default, [company, Record(2, [1, 1, 1, 1, 1])], [], new LinkageHistory()));
        Assert.Equal(2, linked.Clusters.Count);
        Assert.Null(linked.Explain(company.Id, new RecordId("s0", "02")));
    }

    private static IdentityRecord Record(int slot, int[] says) => new(
        new RecordId($"s{slot % 2}", $"{slot:00}"),
        SubjectKind.Establishment,
        Fields.Of(
            ("name", Value.Of($"{Stems[says[0] % 4]} {Trades[says[1] % 4]}")),
            ("address", Value.Of($"{1 + says[2]} Mill Lane")),
            ("postcode", Value.Of($"ZZ{says[2] % 4} 1AB")),
            ("telephone", Value.Of($"020 555 010{says[3] % 4}")),
            ("identifiers", new Value.Group(says[4] % 4 > 1 ? Fields.Of(("siren", Value.Of(says[4] % 4 == 2 ? "732829320" : "404833048"))) : Fields.Empty))));

    /// <summary>A register that links what each day brings, and what it would be linked all at once.</summary>
    private sealed class Register
    {
        private static readonly LinkageSpecification Specification = LinkageSpecification.Default with { Threshold = 0.9 };

        private readonly SortedDictionary<int, IdentityRecord> _records = new(Others);
        private readonly List<RecordJudgement> _judgements = [];
        private readonly LinkageHistory _history = new();
        private IReadOnlyList<KeptPair>? _pairs;
        private string[] _contradictions = [];
        private Digest _model;
        private int _step;
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
                Since = _pairs is null ? null : new LinkageChange(_records.Values.Select(record => record.Id).Where(record => !known.Contains(record)).ToHashSet(), [.. former.Values], touched, _model, _step, _pairs),
            };
            Relinking linked = Relinking.Of(question);
            _pairs = [.. linked.Pairs];
            _contradictions = [.. linked.Contradictions.Select(Text)];
            (_model, _step) = (linked.Model.Digest, linked.Model.Records);
            DaysOfChangesOnly += linked.IsEverythingCompared ? 0 : 1;
            foreach (Membership membership in LinkageConclusion.Of(linked, _history, known.Contains).Memberships)
            {
                _history.Add(new Entry(++_entries, membership.ToStatement(new Provenance("test", "food", "law", "purpose"))));
            }
        }

        /// <summary>How many times the last linkages compared only what changed.</summary>
        public int DaysOfChangesOnly { get; private set; }

        public string[] Organisations() => [.. _records.Values.GroupBy(record => _history.FounderOf(record.Id), record => record.Id).Select(Text).Order(StringComparer.Ordinal)];

        /// <summary>Holds what came out day by day to what comes out of everything at once: organisations, weights, pairs, contradictions.</summary>
        public void HoldToAllAtOnce()
        {
            Relinking linked = Relinking.Of(Question(new LinkageHistory()));
            Assert.Equal(linked.Clusters.Select(Text).Order(StringComparer.Ordinal), Organisations());
            Assert.Equal(linked.Model.Digest, _model);
            Assert.Equal(linked.Pairs, _pairs!);
            Assert.Equal(linked.Contradictions.Select(Text), _contradictions);
        }

        private static string Text(Contradiction contradiction) =>
            $"{(contradiction is Contradiction.OfNumbers numbers ? numbers.Numbers.ToString() : "")} {string.Join(' ', contradiction.Chain.Select(one => one.Order))}";

        private LinkageQuestion Question(LinkageHistory history) => new(Specification, default, [.. _records.Values], _judgements, history);

        private static string Text(IEnumerable<RecordId> records) => string.Join(' ', records.Order());
    }
}
