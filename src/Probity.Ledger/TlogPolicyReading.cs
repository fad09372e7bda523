using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Probity.Evidence;

namespace Probity.Ledger;

/// <summary>
/// Reads one policy file, line by line. Names are opaque bytes to the specification: inside, a byte is a character (Latin-1), and only keys, addresses and
/// what is shown are read as UTF-8.
/// </summary>
internal sealed class TlogPolicyReading(string file, ICollection<Problem> problems)
{
    private const string NoWitness = "none";
    private readonly List<PolicyLog> _logs = [];
    private readonly List<PolicyWitness> _witnesses = [];
    private readonly Dictionary<string, Quorum> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);
    private Quorum? _quorum;
    private int _line;

    public TlogPolicy? Read(ReadOnlySpan<byte> content)
    {
        int before = problems.Count;
        if (content.Length > TlogPolicy.MaxBytes)
        {
            problems.Add(new Problem(file, 0, 0, "policy.too-long", $"the file has {content.Length:N0} bytes, more than {TlogPolicy.MaxBytes:N0}", "name a tlog-policy file"));
            return null;
        }

        foreach (string line in Encoding.Latin1.GetString(content).Split('\n'))
        {
            _line++;
            if (ControlIn(line) is var place and > 0)
            {
                Report(place, "policy.control", "a control character stands here", "only tab and line feed are allowed; save the file with Unix line ends");
                continue;
            }

            ImmutableArray<Word> words = Split(line);
            if (words.Length > 0 && !words[0].Text.StartsWith('#'))
            {
                ReadLine(words);
            }
        }

        if (_quorum is null && problems.Count == before)
        {
            problems.Add(new Problem(file, 0, 0, "policy.no-quorum", "no line says the quorum", "end the file with 'quorum NAME' or 'quorum none'"));
        }

        return problems.Count == before ? new TlogPolicy([.. _logs], [.. _witnesses], _quorum!) : null;
    }

    private void ReadLine(ImmutableArray<Word> words)
    {
        switch (words[0].Text)
        {
            case "log" when words.Length is 2 or 3:
                ReadLog(words);
                break;
            case "witness" when words.Length is 3 or 4:
                ReadWitness(words);
                break;
            case "group" when words.Length >= 4:
                ReadGroup(words);
                break;
            case "quorum" when words.Length == 2:
                ReadQuorum(words[1]);
                break;
            default:
                Report(words[0].Column, "policy.line", "this is no line of a policy", "write 'log VKEY [URL]', 'witness NAME VKEY [URL]', 'group NAME all|any|NUMBER NAMES…', 'quorum NAME' or '# comment'");
                break;
        }
    }

    private void ReadLog(ImmutableArray<Word> words)
    {
        if (ReadKey(words[1], NoteKeyType.Log) is { } key && TryReadUrl(words, 2, out Uri? url))
        {
            _logs.Add(new PolicyLog(key, url));
        }
    }

    private void ReadWitness(ImmutableArray<Word> words)
    {
        if (IsFree(words[1]) && ReadKey(words[2], NoteKeyType.Cosigner) is { } key && TryReadUrl(words, 3, out Uri? url))
        {
            var witness = new PolicyWitness(words[1].Shown, key, url);
            _witnesses.Add(witness);
            _names.Add(words[1].Text, new Quorum.One(witness));
        }
    }

    private void ReadGroup(ImmutableArray<Word> words)
    {
        var members = ImmutableArray.CreateBuilder<Quorum>();
        foreach (Word word in words[3..])
        {
            if (Find(word) is { } member && IsFirstUse(word))
            {
                members.Add(member);
            }
        }

        int count = words.Length - 3;
        int threshold = words[2].Text switch
        {
            "all" => count,
            "any" => 1,
            var number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int read) ? read : 0,
        };
        if (threshold < 1 || threshold > count)
        {
            Report(words[2].Column, "policy.threshold", $"'{words[2].Shown}' is not how many of {count} are enough", $"write 'all', 'any' or a number from 1 to {count}");
        }
        else if (IsFree(words[1]) && members.Count == count)
        {
            _names.Add(words[1].Text, new Quorum.Group(words[1].Shown, threshold, members.ToImmutable()));
        }
    }

    private void ReadQuorum(Word word)
    {
        if (_quorum is not null)
        {
            Report(word.Column, "policy.two-quorums", "the quorum was said before", "a policy has exactly one quorum line");
        }

        _quorum = word.Text == NoWitness ? new Quorum.None() : Find(word);
    }

    private VerifierKey? ReadKey(Word word, NoteKeyType type)
    {
        VerifierKey? key = VerifierKey.Parse(word.Shown);
        if (key?.Type != type)
        {
            string wanted = type == NoteKeyType.Log ? "a log's key (Ed25519, type 01)" : "a witness' key (Ed25519 cosignature/v1, type 04)";
            Report(word.Column, "policy.key", $"'{word.Shown}' is not {wanted} that this program knows", "copy the whole vkey, as its owner publishes it: NAME+8 HEX DIGITS+BASE64");
            return null;
        }

        bool isKnown = type == NoteKeyType.Log
            ? _logs.Any(one => one.Key.PublicKey.SequenceEqual(key.PublicKey))
            : _witnesses.Any(one => one.Key.PublicKey.SequenceEqual(key.PublicKey));
        if (isKnown)
        {
            Report(word.Column, "policy.key-twice", $"the key of '{word.Shown}' stands on an earlier line", "one key counts once; remove one of the lines");
        }

        return isKnown ? null : key;
    }

    private bool TryReadUrl(ImmutableArray<Word> words, int place, out Uri? url)
    {
        url = null;
        if (words.Length <= place || (Uri.TryCreate(words[place].Shown, UriKind.Absolute, out url) && url.Scheme is "http" or "https"))
        {
            return true;
        }

        Report(words[place].Column, "policy.url", $"'{words[place].Shown}' is no address", "write one such as https://witness.example/");
        return false;
    }

    private bool IsFree(Word name)
    {
        if (name.Text != NoWitness && !_names.ContainsKey(name.Text))
        {
            return true;
        }

        Report(name.Column, "policy.name-taken", name.Text == NoWitness ? "no witness or group can be called 'none'" : $"'{name.Shown}' stands on an earlier line", "choose another name");
        return false;
    }

    private bool IsFirstUse(Word name)
    {
        if (_members.Add(name.Text))
        {
            return true;
        }

        Report(name.Column, "policy.member-twice", $"'{name.Shown}' is a member already", "a name can be a member once, so that no witness counts twice");
        return false;
    }

    private Quorum? Find(Word name)
    {
        if (_names.TryGetValue(name.Text, out Quorum? found))
        {
            return found;
        }

        Report(name.Column, "policy.name-unknown", $"no line before this one defines '{name.Shown}'", "define it with 'witness' or 'group' first");
        return null;
    }

    private void Report(int column, string code, string message, string suggestion) => problems.Add(new Problem(file, _line, column, code, message, suggestion));

    /// <summary>Where the first control character but a tab stands, from 1; 0 where none does.</summary>
    private static int ControlIn(string line) => 1 + line.ToList().FindIndex(c => c is (< ' ' and not '\t') or '\x7f');

    private static ImmutableArray<Word> Split(string line)
    {
        var words = ImmutableArray.CreateBuilder<Word>();
        for (int at = 0; at < line.Length; at++)
        {
            int end = line.AsSpan(at).IndexOfAny(' ', '\t') is var gap and >= 0 ? at + gap : line.Length;
            if (end > at)
            {
                words.Add(new Word(line[at..end], at + 1));
            }

            at = end;
        }

        return words.ToImmutable();
    }

    /// <summary>A word of a line, and where it begins, from 1.</summary>
    private readonly record struct Word(string Text, int Column)
    {
        public string Shown => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(Text));
    }
}
