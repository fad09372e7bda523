using Probity.Evidence;

namespace Probity.Linkage;

/// <summary>
/// Every record whose pairs, or the evidence of one, can be other than before a change: a superset. Beside what shares keys with changed records these
/// are the bearers of a word that became more common, or rarer, by a step: they count as changed too, since their keys and likenesses hang on it.
/// </summary>
internal sealed class TouchedRecords
{
    private readonly LinkIndex _index;
    private readonly int[] _changed;
    private readonly HashSet<int> _touched;

    private TouchedRecords(LinkIndex index, IEnumerable<int> changed)
    {
        _index = index;
        _changed = [.. changed.Order()];
        _touched = [.. _changed];
    }

    /// <summary>The places of the records.</summary>
    /// <param name="index">The register as it is now.</param>
    /// <param name="records">Its records by their places.</param>
    /// <param name="places">The places of its records.</param>
    /// <param name="change">What is other than before.</param>
    /// <param name="specification">Corrections of columns.</param>
    public static HashSet<int> Of(LinkIndex index, IdentityRecord[] records, Dictionary<RecordId, int> places, LinkageChange change, LinkageSpecification specification)
    {
        HashSet<int> changed = [.. change.New.Concat(change.Former.Select(record => record.Id)).Select(record => places[record])];
        Corpus now = LinkIndex.CorpusOf(changed.Select(place => records[place]), specification);
        Dictionary<ulong, int> before = CountsBefore(index, now, LinkIndex.CorpusOf(change.Former, specification));
        HashSet<ulong> reweighed = [.. before.Where(word => WordRarity.Step(word.Value) != WordRarity.Step(index.Corpus.Lexicon.RecordsOf(word.Key))).Select(word => word.Key)];
        int[] bearers = [.. index.Corpus.BearersOf(reweighed).Where(bearer => !changed.Contains(bearer))];

        Corpus former = LinkIndex.CorpusOf(change.Former.Concat(bearers.Select(place => records[place])), specification);
        var rarity = WordRarity.Before(records.Length - change.New.Count, before, index.Corpus.Lexicon);
        former.Weigh(rarity);
        var touched = new TouchedRecords(index, changed.Concat(bearers));
        foreach (int place in touched._changed)
        {
            touched.Touch(index.KeysOf(place), place, in index.Corpus.Facts[place]);
        }

        var keys = new RecordKeys(former.Lexicon, rarity, leaveOutLone: false);
        for (int version = 0; version < former.Count; version++)
        {
            touched.Touch(LinkIndex.KeysOf(keys, former.View(version)), places[former.Id(version)], in former.Facts[version]);
        }

        return touched._touched;
    }

    /// <summary>In how many names the words of changed records stood before.</summary>
    private static Dictionary<ulong, int> CountsBefore(LinkIndex index, Corpus now, Corpus former)
    {
        var before = new Dictionary<ulong, int>();
        foreach ((ulong word, int records) in now.Lexicon.Counted())
        {
            before[word] = index.Corpus.Lexicon.RecordsOf(word) - records;
        }

        foreach ((ulong word, int records) in former.Lexicon.Counted())
        {
            before[word] = records + (before.TryGetValue(word, out int known) ? known : index.Corpus.Lexicon.RecordsOf(word));
        }

        return before;
    }

    private void Touch(ulong[] keys, int place, in LinkFacts facts)
    {
        foreach (ulong key in keys)
        {
            Touch(key, place, in facts);
        }
    }

    private void Touch(ulong key, int place, in LinkFacts facts)
    {
        ReadOnlySpan<int> holders = _index.Holders(key);
        KeyKind kind = RecordKeys.KindOf(key);
        if (kind == KeyKind.Identifier || AreFew(holders))
        {
            _touched.UnionWith(holders.ToArray());
            return;
        }

        TouchNeighbours(holders, place);
        // how many share the whole value decides how much it says, also where the key alone is on too many
        (ulong telephone, ulong postcode) = (facts.Telephone, facts.Postcode);
        if (kind == KeyKind.Telephone)
        {
            int[] sharing = [.. holders.ToArray().Where(other => _index.Corpus.Facts[other].Telephone == telephone)];
            IEnumerable<int> before = sharing.Where(other => !IsChanged(other));
            _touched.UnionWith(FieldLevels.OfHouses(SharedValues.HousesOf(_index.Corpus, before)) < FieldLevels.Switchboard ? sharing : []);
        }
        else if (kind == KeyKind.NumberAndStreet)
        {
            int[] sharing = [.. holders.ToArray().Where(other => _index.Corpus.Facts[other].Postcode == postcode)];
            _touched.UnionWith(AreFew(sharing) ? sharing : []);
        }
    }

    /// <summary>Whether so few hold a key, now or before the changed ones came, that a change can matter to all of them.</summary>
    private bool AreFew(ReadOnlySpan<int> holders)
    {
        if (holders.Length > PairSet.MostInBlock + _changed.Length)
        {
            return false;
        }

        int unchanged = 0;
        foreach (int holder in holders)
        {
            unchanged += IsChanged(holder) ? 0 : 1;
        }

        return unchanged <= PairSet.MostInBlock;
    }

    /// <summary>Of a common key each record is paired with the next only: those that were not changed, on both sides.</summary>
    private void TouchNeighbours(ReadOnlySpan<int> holders, int place)
    {
        int at = holders.BinarySearch(place);
        at = at < 0 ? ~at : at;
        foreach (int step in (ReadOnlySpan<int>)[-1, 1])
        {
            int met = 0;
            for (int i = step < 0 ? at - 1 : at; i >= 0 && i < holders.Length && met < PairSet.Neighbours; i += step)
            {
                _touched.Add(holders[i]);
                met += IsChanged(holders[i]) ? 0 : 1;
            }
        }
    }

    private bool IsChanged(int record) => Array.BinarySearch(_changed, record) >= 0;
}
