namespace Probity.Sources;

/// <summary>A quoted field of a CSV file that is never closed: the file was cut off, or a quote opens that should not.</summary>
public static class OpenQuote
{
    /// <summary>Whether a record ends inside quotes; a quote opens only at the beginning of a field (RFC 4180, section 2).</summary>
    /// <param name="record">The record as it stands in the file, its line end included.</param>
    /// <param name="delimiter">What parts its fields.</param>
    public static bool EndsIn(ReadOnlySpan<char> record, char delimiter)
    {
        (bool quoted, bool inside, bool atStart) = (false, false, true);
        foreach (char one in record)
        {
            quoted = atStart ? one == '"' : quoted;
            inside = one == '"' && quoted ? !inside : inside;
            atStart = one == delimiter && !inside;
        }

        return inside;
    }
}
