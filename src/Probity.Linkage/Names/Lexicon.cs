using System.Runtime.CompilerServices;

namespace Probity.Linkage;

/// <summary>
/// The words of a corpus as small numbers, with what a comparison needs of each. Kept in shards by the words' keys, so that several threads
/// fill it, each its own shards, and a shard stays small enough for a processor's cache. While nobody adds, safe for many readers.
/// </summary>
internal sealed class Lexicon
{
    /// <summary>How many shards there are: a power of two.</summary>
    public const int Shards = 1 << ShardBits;

    private const int ShardBits = 4;

    private readonly LexiconShard[] _shards;
    private readonly LexiconShard? _own;

    public Lexicon() => _shards = [.. Enumerable.Range(0, Shards).Select(_ => new LexiconShard())];

    /// <summary>A lexicon over another: it knows that one's words, and keeps new ones to itself under numbers below 0.</summary>
    public Lexicon(Lexicon beneath) => (_shards, _own) = (beneath._shards, new LexiconShard());

    /// <summary>How many different words there are.</summary>
    public int Count => _shards.Sum(shard => shard.Count) + (_own?.Count ?? 0);

    /// <summary>The shard of a key.</summary>
    public static int ShardOf(ulong key) => (int)(key >> (64 - ShardBits));

    /// <summary>The number of a word; a new one the first time.</summary>
    public int Intern(ReadOnlySpan<char> word) => Intern(TextKey.Of(word), word);

    /// <summary>The same where the key is known. Several threads may do so at once, if never two for one shard.</summary>
    public int Intern(ulong key, ReadOnlySpan<char> word)
    {
        int shard = ShardOf(key);
        if (_own is null)
        {
            return (_shards[shard].Intern(key, word) << ShardBits) | shard;
        }

        int found = _shards[shard].Find(key);
        return found < 0 ? ~_own.Intern(key, word) : (found << ShardBits) | shard;
    }

    /// <summary>Counts a record whose name holds the word; once a record.</summary>
    public void Observe(int id) => Of(id).Records++;

    /// <summary>Sets the rarity of every word.</summary>
    public void Weigh(WordRarity rarity) => Parallel.For(0, Shards, shard => _shards[shard].Weigh(rarity));

    /// <summary>Sets the rarity of one word.</summary>
    public void Weigh(int id, WordRarity rarity)
    {
        ref LexiconWord word = ref Of(id);
        word.Bits = rarity.BitsOf(ref word);
    }

    /// <summary>The word.</summary>
    public ReadOnlySpan<char> Text(int id) => id < 0 ? _own!.Text(~id) : _shards[id & (Shards - 1)].Text(id >> ShardBits);

    /// <summary>The word as it stands in a record.</summary>
    public WordUse Use(int id)
    {
        ref LexiconWord word = ref Of(id);
        return new WordUse(id, word.Bits, word.Letters, word.Length, word.Kind);
    }

    /// <summary>Reads of some words what is known of them, all at once: see <see cref="Corpus.Fetch"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Fetch(ReadOnlySpan<WordUse> words)
    {
        int read = 0;
        foreach (WordUse word in words)
        {
            read += Of(word.Id).Records;
        }

        return read;
    }

    /// <summary>The same for words of one shard, known or not, of which the keys are given.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="keys">Keys of words.</param>
    /// <param name="words">Places of the keys that belong to the shard.</param>
    public int Fetch(int shard, ulong[] keys, ReadOnlySpan<int> words) => _shards[shard].Fetch(keys, words);

    /// <summary>The key of the word's text, the same in every lexicon.</summary>
    public ulong Key(int id) => Of(id).Key;

    /// <summary>In how many records' names of the corpus the word stands.</summary>
    public int Records(int id) => Of(id).Records;

    /// <summary>In how many records' names the word stands by the counts of a rarity.</summary>
    public int Records(int id, WordRarity rarity) => rarity.RecordsOf(ref Of(id));

    /// <summary>The keys of the words that stand in names, with in how many.</summary>
    public IEnumerable<(ulong Key, int Records)> Counted() => _shards.SelectMany(shard => shard.Counted());

    /// <summary>The number of the word of a key; −1 where it is unknown.</summary>
    public int Find(ulong key)
    {
        int found = _shards[ShardOf(key)].Find(key);
        return found < 0 ? -1 : (found << ShardBits) | ShardOf(key);
    }

    /// <summary>In how many records' names of the corpus the word of a key stands.</summary>
    public int RecordsOf(ulong key) => Find(key) is >= 0 and var word ? Records(word) : 0;

    private ref LexiconWord Of(int id)
    {
        if (id < 0)
        {
            return ref _own!.Word(~id);
        }

        return ref _shards[id & (Shards - 1)].Word(id >> ShardBits);
    }
}
