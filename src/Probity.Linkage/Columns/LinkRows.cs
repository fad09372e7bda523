using System.Collections;

namespace Probity.Linkage;

/// <summary>
/// The rows of an input, all their texts in a few long stretches of memory: a million rows are some hundred objects instead of seven million, which would
/// be walked again and again for as long as the input is held. Rows are only added. Safe for many readers while nobody adds.
/// </summary>
/// <param name="columns">Texts of each row.</param>
public sealed class LinkRows(int columns) : IReadOnlyList<IReadOnlyList<string>>
{
    /// <summary>Rows in one stretch; a power of two.</summary>
    internal const int Stretch = 1 << StretchBits;

    private const int StretchBits = 12;

    private readonly List<RowStretch> _stretches = [];

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>A row's texts, in the order of the columns, as they were added.</summary>
    public IReadOnlyList<string> this[int index]
    {
        get
        {
            string[] row = new string[columns];
            for (int column = 0; column < row.Length; column++)
            {
                row[column] = Text(index, column).ToString();
            }

            return row;
        }
    }

    /// <summary>The rows, copied.</summary>
    /// <param name="columns">Texts of each row.</param>
    /// <param name="rows">Each with as many texts.</param>
    public static LinkRows Of(int columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var copied = new LinkRows(columns);
        foreach (IReadOnlyList<string> row in rows)
        {
            copied.Add(row);
        }

        return copied;
    }

    /// <summary>Adds a row. A row with another number of texts than there are columns is an <see cref="ArgumentException"/>.</summary>
    public void Add(IReadOnlyList<string> row)
    {
        if (row.Count != columns)
        {
            throw new ArgumentException($"row {Count} has {row.Count} texts for {columns} columns", nameof(row));
        }

        if ((Count & (Stretch - 1)) == 0)
        {
            _stretches.Add(new RowStretch());
        }

        foreach (string text in row)
        {
            _stretches[^1].Add(text);
        }

        Count++;
    }

    /// <summary>One text, without copying it.</summary>
    public ReadOnlySpan<char> Text(int row, int column) => _stretches[row >> StretchBits][((row & (Stretch - 1)) * columns) + column];

    /// <inheritdoc/>
    public IEnumerator<IReadOnlyList<string>> GetEnumerator()
    {
        for (int row = 0; row < Count; row++)
        {
            yield return this[row];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Texts one behind the other.</summary>
    private sealed class RowStretch
    {
        private char[] _letters = new char[64];
        private int[] _ends = new int[8];
        private int _count;

        public ReadOnlySpan<char> this[int text]
        {
            get
            {
                int start = text == 0 ? 0 : _ends[text - 1];
                return _letters.AsSpan(start, _ends[text] - start);
            }
        }

        public void Add(string text)
        {
            int start = _count == 0 ? 0 : _ends[_count - 1];
            if (_letters.Length - start < text.Length)
            {
                Array.Resize(ref _letters, Math.Max(start + text.Length, _letters.Length * 2));
            }

            if (_count == _ends.Length)
            {
                Array.Resize(ref _ends, _count * 2);
            }

            text.CopyTo(_letters.AsSpan(start));
            _ends[_count++] = start + text.Length;
        }
    }
}
