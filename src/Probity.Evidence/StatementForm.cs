using System.Buffers;
using System.Buffers.Text;
using System.Text.Unicode;

namespace Probity.Evidence;

/// <summary>
/// Tells that bytes are the canonical form of a statement without making one: for a verifier, which reads far more statements than it uses. It looks at each byte once and
/// is sure where it says yes; where it does not (an escape in a text, say), <see cref="Statement.TryRead"/> decides. A law holds the two against each other.
/// </summary>
public static class StatementForm
{
    /// <summary>Levels below what the full reader takes, so that a yes never needs counting.</summary>
    private const int MaxDepth = 16;

    /// <summary>Digits that every reader of JSON keeps exact.</summary>
    private const int MaxDigits = 15;

    private static readonly SearchValues<byte> TextEnds = SearchValues.Create([.. Enumerable.Range(0, 32).Select(i => (byte)i), (byte)'"', (byte)'\\']);

    /// <summary>Whether the bytes surely are what <see cref="Statement.ToBytes"/> gives for some statement.</summary>
    /// <param name="bytes">One entry of a ledger.</param>
    /// <param name="kind">Its kind; the default where the answer is false.</param>
    public static bool IsCanonical(ReadOnlySpan<byte> bytes, out StatementKind kind)
    {
        kind = default;
        var form = new Reading(bytes);
        return form.Begins("{\"body\":"u8) && form.Group(1)
            && form.Text(",\"context\":"u8, out _)
            && form.OptionalText(",\"item\":"u8, out _)
            && form.Text(",\"kind\":"u8, out ReadOnlySpan<byte> word) && TryKind(word, out kind)
            && form.Text(",\"law\":"u8, out _)
            && form.Text(",\"purpose\":"u8, out _)
            && form.Text(",\"record\":"u8, out _)
            && form.Text(",\"source\":"u8, out ReadOnlySpan<byte> source)
            && form.OptionalText(",\"stated_by\":"u8, out ReadOnlySpan<byte> by) && (by.IsEmpty || !by.SequenceEqual(source))
            && form.OptionalText(",\"subject\":"u8, out ReadOnlySpan<byte> subject) && IsSubject(subject, kind)
            && form.OptionalText(",\"type\":"u8, out _)
            && form.Begins(",\"v\":1"u8)
            && form.OptionalText(",\"valid_from\":"u8, out ReadOnlySpan<byte> day) && (day.IsEmpty || IsDay(day))
            && form.Begins("}"u8) && form.IsAtEnd;
    }

    private static bool TryKind(ReadOnlySpan<byte> word, out StatementKind kind)
    {
        foreach (StatementKind one in Enum.GetValues<StatementKind>())
        {
            if (Ascii(word, KindNames.Of(one)))
            {
                kind = one;
                return true;
            }
        }

        kind = default;
        return false;
    }

    private static bool IsSubject(ReadOnlySpan<byte> word, StatementKind kind) => word.IsEmpty
        ? kind is not (StatementKind.Identity or StatementKind.Finding or StatementKind.Order)
        : Ascii(word, "establishment") || Ascii(word, "legal-entity") || Ascii(word, "public-body") || Ascii(word, "arrangement");

    private static bool Ascii(ReadOnlySpan<byte> word, string name) => System.Text.Ascii.Equals(word, name);

    private static bool IsDay(ReadOnlySpan<byte> text) =>
        text.Length == 10 && text[4] == '-' && text[7] == '-'
        && Utf8Parser.TryParse(text[..4], out uint year, out int read) && read == 4 && year >= 1
        && Utf8Parser.TryParse(text[5..7], out uint month, out read) && read == 2 && month is >= 1 and <= 12
        && Utf8Parser.TryParse(text[8..], out uint day, out read) && read == 2 && day >= 1 && day <= DateTime.DaysInMonth((int)year, (int)month);

    /// <summary>A place in the bytes.</summary>
    private ref struct Reading(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public readonly bool IsAtEnd => _rest.IsEmpty;

        public bool Begins(ReadOnlySpan<byte> name)
        {
            bool begins = _rest.StartsWith(name);
            _rest = begins ? _rest[name.Length..] : _rest;
            return begins;
        }

        public bool Text(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> text)
        {
            text = default;
            return Begins(name) && Text(out text);
        }

        /// <summary>A text that is left out where it is empty.</summary>
        public bool OptionalText(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> text)
        {
            text = default;
            return !Begins(name) || (Text(out text) && !text.IsEmpty);
        }

        public bool Group(int depth)
        {
            if (depth > MaxDepth || !Begins("{"u8))
            {
                return false;
            }

            if (Begins("}"u8))
            {
                return true;
            }

            ReadOnlySpan<byte> before = default;
            do
            {
                // names of plain letters ascend by byte as they do by UTF-16 unit
                if (!Text(out ReadOnlySpan<byte> name) || name.IsEmpty || !System.Text.Ascii.IsValid(name) || before.SequenceCompareTo(name) >= 0 || !Begins(":"u8) || !Value(depth))
                {
                    return false;
                }

                before = name;
            }
            while (Begins(","u8));
            return Begins("}"u8);
        }

        private bool Value(int depth) => _rest.IsEmpty ? false : _rest[0] switch
        {
            (byte)'"' => Text(out _),
            (byte)'{' => Group(depth + 1),
            (byte)'[' => Sequence(depth + 1),
            (byte)'t' => Begins("true"u8),
            (byte)'f' => Begins("false"u8),
            _ => Whole(),
        };

        private bool Sequence(int depth)
        {
            _rest = _rest[1..];
            if (depth > MaxDepth || Begins("]"u8))
            {
                return depth <= MaxDepth;
            }

            do
            {
                if (!Value(depth))
                {
                    return false;
                }
            }
            while (Begins(","u8));
            return Begins("]"u8);
        }

        private bool Whole()
        {
            int sign = _rest[0] == '-' ? 1 : 0;
            int end = _rest[sign..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            int digits = end < 0 ? _rest.Length - sign : end;
            bool isWhole = digits is >= 1 and <= MaxDigits && (_rest[sign] != '0' || (digits == 1 && sign == 0));
            _rest = isWhole ? _rest[(sign + digits)..] : _rest;
            return isWhole;
        }

        private bool Text(out ReadOnlySpan<byte> text)
        {
            text = default;
            if (_rest.IsEmpty || _rest[0] != '"')
            {
                return false;
            }

            int length = _rest[1..].IndexOfAny(TextEnds);
            if (length < 0 || _rest[1 + length] != '"')
            {
                return false;
            }

            text = _rest.Slice(1, length);
            _rest = _rest[(length + 2)..];
            return Utf8.IsValid(text);
        }
    }
}
