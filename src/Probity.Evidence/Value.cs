using System.Collections.Immutable;
using System.Globalization;

namespace Probity.Evidence;

/// <summary>
/// What a field of a statement may hold. Money and other decimal quantities are <see cref="Text"/> ("12.50"): JSON's only number
/// is a binary double, and two readers must never see two values.
/// </summary>
public abstract record Value
{
    private Value()
    {
    }

    /// <summary>A text, in any script; it may be empty. No unpaired surrogates.</summary>
    public sealed record Text(string Content) : Value
    {
        /// <inheritdoc/>
        public override string ToString() => Content;
    }

    /// <summary>A whole number within ±(2^53 − 1), the range every JSON reader agrees on (RFC 8259, section 6).</summary>
    public sealed record Whole(long Number) : Value
    {
        /// <inheritdoc/>
        public override string ToString() => Number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>True or false.</summary>
    public sealed record Flag(bool Holds) : Value
    {
        /// <inheritdoc/>
        public override string ToString() => Holds ? "true" : "false";
    }

    /// <summary>Values in an order that matters; it may be empty.</summary>
    public sealed record Sequence(ImmutableArray<Value> Items) : Value
    {
        /// <inheritdoc/>
        public bool Equals(Sequence? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items.AsSpan());

        /// <inheritdoc/>
        public override int GetHashCode() => Items.Length;

        /// <inheritdoc/>
        public override string ToString() => string.Join(", ", Items);
    }

    /// <summary>Named values.</summary>
    public sealed record Group(Fields Content) : Value
    {
        /// <inheritdoc/>
        public override string ToString() => CanonicalJson.Text(Content);
    }

    /// <summary>The largest whole number a statement may hold: 2^53 − 1.</summary>
    public const long MaxWhole = 9007199254740991;

    /// <summary>A text value.</summary>
    public static Value Of(string text) => new Text(text);

    /// <summary>A whole-number value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Beyond ±(2^53 − 1).</exception>
    public static Value Of(long number) => number is <= MaxWhole and >= -MaxWhole
        ? new Whole(number)
        : throw new ArgumentOutOfRangeException(nameof(number), number, "beyond ±(2^53 − 1)");

    /// <summary>A truth value.</summary>
    public static Value Of(bool holds) => new Flag(holds);
}
