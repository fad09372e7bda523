using System.Collections.Immutable;
using Probity.Evidence;

namespace Probity.Sources;

/// <summary>What type a field's value has in a statement.</summary>
public enum FieldType
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A decimal number; stands in the statement as text in its shortest form.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A calendar day; stands in the statement as "2026-05-12".</summary>
    Day,
}

/// <summary>How a source writes the day of a field.</summary>
public enum DayForm
{
    /// <summary>As formats/source.md lists for the type.</summary>
    Plain,

    /// <summary>A month, "2024-06" or "June 2024"; stands for its last day.</summary>
    Month,

    /// <summary>A year, "2024"; stands for its first day.</summary>
    Year,

    /// <summary>Month, day, year: "06/30/2024".</summary>
    MonthFirst,
}

/// <summary>How one field of a statement is taken from a record.</summary>
/// <param name="Name">Its name in the statement; "group.name" puts it into a group.</param>
/// <param name="From">Where it may stand in the record, the first that is not empty counts; or several that are joined. Empty where <see cref="Fixed"/> says it.</param>
public sealed record FieldRule(string Name, ImmutableArray<string> From)
{
    /// <summary>The longest text taken, in UTF-16 code units, unless the file says otherwise.</summary>
    public const int DefaultMaxLength = 1_000;

    /// <summary>Its type.</summary>
    public FieldType Type { get; init; }

    /// <summary>Whether a record without it is rejected.</summary>
    public bool Required { get; init; }

    /// <summary>What joins all of <see cref="From"/> that are not empty; null where the first counts.</summary>
    public string? Join { get; init; }

    /// <summary>The values allowed, after <see cref="Replace"/>; empty where any is.</summary>
    public ImmutableArray<string> OneOf { get; init; } = [];

    /// <summary>What the source writes, and what is taken for it.</summary>
    public ImmutableDictionary<string, string> Replace { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The longest text taken, in UTF-16 code units.</summary>
    public int MaxLength { get; init; } = DefaultMaxLength;

    /// <summary>Whether its text stands in the ledger as a commitment only and can be erased (formats/redaction.md). No rejection quotes it.</summary>
    public bool Redactable { get; init; }

    /// <summary>What every record says here; null where the record itself does.</summary>
    public string? Fixed { get; init; }

    /// <summary>The texts for which the field is true; with others it is left out. Empty where the field is what the text says.</summary>
    public ImmutableArray<string> Is { get; init; } = [];

    /// <summary>Texts up to the first of which the field counts, such as "%" or " out of"; empty: to its end.</summary>
    public ImmutableArray<string> Before { get; init; } = [];

    /// <summary>The text behind which the field counts, where it stands in it; empty: from its beginning.</summary>
    public string After { get; init; } = "";

    /// <summary>What stands between thousands and is left out, such as ","; empty for nothing.</summary>
    public string Thousands { get; init; } = "";

    /// <summary>How a day is written.</summary>
    public DayForm Form { get; init; }

    /// <summary>Months added to a day as written, such as −3 where a fiscal year 2025 begins in October 2024.</summary>
    public int MonthsLater { get; init; }

    /// <summary>Whether a CSV file must have a column for it even though records may leave it empty.</summary>
    public bool NeedsColumn { get; init; }
}

/// <summary>How one kind of finding is taken from a record.</summary>
/// <param name="Type">Its type in the statement, such as "inspection".</param>
/// <param name="Day">Where its day stands; null where it has none.</param>
/// <param name="Fields">What it says; at least one.</param>
public sealed record FindingRule(string Type, FieldRule? Day, ImmutableArray<FieldRule> Fields)
{
    /// <summary>Names of fields of which at least one must be there for the finding to be made; empty: always.</summary>
    public ImmutableArray<string> When { get; init; } = [];

    /// <summary>Where the source's own name for the finding stands; null where a record has one of the type a day.</summary>
    public FieldRule? Item { get; init; }

    /// <summary>Whether a finding without a day rejects the record.</summary>
    public bool DayRequired { get; init; }

    internal IEnumerable<FieldRule> AllFields() => Fields.Concat(new[] { Day, Item }.OfType<FieldRule>());
}

/// <summary>What records are about: always the same, or as a field says (guard-rail G01).</summary>
/// <param name="Always">The kind where no field says otherwise.</param>
/// <param name="Field">Where a record says its kind; null where none does.</param>
public sealed record SubjectRule(SubjectKind Always, FieldRule? Field);

/// <summary>Where records stand in files.</summary>
/// <param name="JsonPaths">Paths of the arrays that hold records, such as "establishments"; "" for the document itself.</param>
/// <param name="XmlElements">Local names of the elements that are records.</param>
/// <param name="Csv">Which lines of a CSV file are what.</param>
public sealed record RecordShapes(ImmutableArray<string> JsonPaths, ImmutableArray<string> XmlElements, CsvLayout Csv);

/// <summary>Which lines of a CSV file are what.</summary>
/// <param name="SkipLines">Lines above the header.</param>
/// <param name="HeaderLines">Lines of the header: the name of a column is the lowest that is not empty. At least 1.</param>
/// <param name="SkipBelow">Lines between header and records.</param>
public sealed record CsvLayout(int SkipLines, int HeaderLines, int SkipBelow)
{
    /// <summary>A header line, then records.</summary>
    public static CsvLayout Plain { get; } = new(0, 1, 0);
}

/// <summary>One of several tables in which a source publishes what belongs to one record.</summary>
/// <param name="Name">Its name: the beginning of the paths of its columns, "name/column".</param>
/// <param name="KnownBy">Texts that all stand above or in its header, and by which it is told from the others; at least one.</param>
/// <param name="Layout">Which of its lines are what.</param>
/// <param name="IsOptional">Whether a reading may do without it.</param>
public sealed record TableRule(string Name, ImmutableArray<string> KnownBy, CsvLayout Layout, bool IsOptional);

/// <summary>What several records of one identifier in one input are.</summary>
public enum SameId
{
    /// <summary>An error: the first counts, the others are rejected.</summary>
    Rejected,

    /// <summary>Records about one subject, which the days or names of their findings tell apart.</summary>
    Several,

    /// <summary>The same; and what cannot be told apart is another subject of the same name, numbered in the order of the file: "Name #2".</summary>
    Numbered,
}

/// <summary>How an address is asked.</summary>
/// <param name="Headers">Sent with each request.</param>
/// <param name="PageParameter">The query parameter of the page's number, from 1; empty where there is one page.</param>
/// <param name="SizeParameter">The query parameter of the page's size.</param>
/// <param name="PageSize">Records asked for at once.</param>
/// <param name="TotalPath">Where the answer says how many pages there are, such as "meta/totalPages".</param>
public sealed record HttpRule(ImmutableDictionary<string, string> Headers, string PageParameter, string SizeParameter, int PageSize, string TotalPath);
