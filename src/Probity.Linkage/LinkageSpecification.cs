using System.Collections.Immutable;
using Probity.Evidence;
using Probity.Yaml;

namespace Probity.Linkage;

/// <summary>
/// What a linkage is asked for: the threshold, and corrections of guessed columns. The default works on two files of organisations.
/// <code>
/// threshold: 0.9999
/// inputs:
///   partner:
///     Firmenname: name
///     Steuernummer: ignored
///     HRB: identifier gb-company
/// </code>
/// </summary>
/// <param name="Threshold">Probability from which a pair is linked: above 0 and below 1.</param>
/// <param name="Corrections">For an input's name, the uses of columns that replace the guess.</param>
public sealed record LinkageSpecification(double Threshold, ImmutableDictionary<string, ImmutableArray<ColumnUse>> Corrections)
{
    private static readonly ImmutableDictionary<string, ColumnRole> Roles = Enum.GetValues<ColumnRole>().ToImmutableDictionary(RoleName);

    /// <summary>The published threshold, 0.999, and no corrections. A wrong merge costs more than a missed one (docs/linkage.md).</summary>
    public static LinkageSpecification Default { get; } = new(0.999, ImmutableDictionary<string, ImmutableArray<ColumnUse>>.Empty);

    /// <summary>Reads a specification; null where a problem was added.</summary>
    public static LinkageSpecification? Read(string file, string text, ICollection<Problem> problems)
    {
        int before = problems.Count;
        if (YamlMap.Of(file, YamlText.Read(file, text, problems), problems) is not { } map)
        {
            return null;
        }

        double threshold = ReadThreshold(map);
        ImmutableDictionary<string, ImmutableArray<ColumnUse>> corrections = ImmutableDictionary<string, ImmutableArray<ColumnUse>>.Empty;
        if (map.Map("inputs") is { } inputs)
        {
            foreach (string name in inputs.Keys.Select(key => key.Text).ToList())
            {
                corrections = inputs.Map(name) is { } columns ? corrections.Add(name, ReadColumns(columns)) : corrections;
            }
        }

        map.Close();
        return problems.Count == before ? new LinkageSpecification(threshold, corrections) : null;
    }

    /// <summary>The word for a role in a specification: "other-name".</summary>
    public static string RoleName(ColumnRole role) => role switch
    {
        ColumnRole.Ignored => "ignored",
        ColumnRole.Id => "id",
        ColumnRole.Name => "name",
        ColumnRole.OtherName => "other-name",
        ColumnRole.Address => "address",
        ColumnRole.Postcode => "postcode",
        ColumnRole.City => "city",
        ColumnRole.Telephone => "telephone",
        ColumnRole.Web => "web",
        ColumnRole.Identifier => "identifier",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The guess with the corrections for an input in place of what they name.</summary>
    public ImmutableArray<ColumnUse> Apply(string input, ImmutableArray<ColumnUse> guess) =>
        Corrections.TryGetValue(input, out ImmutableArray<ColumnUse> corrections)
            ? [.. guess.Select(use => corrections.FirstOrDefault(correction => correction.Column == use.Column) ?? use)]
            : guess;

    /// <summary>What a correction names that is not there, with the names there are; null where all of them are met.</summary>
    public string? Unmet(IReadOnlyList<LinkTable> tables)
    {
        foreach ((string input, ImmutableArray<ColumnUse> corrections) in Corrections.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            if (tables.FirstOrDefault(table => table.Name == input) is not { } table)
            {
                return $"the specification corrects an input '{input}', and there is none; the inputs are: {string.Join(", ", tables.Select(one => one.Name))}";
            }

            if (corrections.FirstOrDefault(correction => !table.Columns.Contains(correction.Column)) is { } unmet)
            {
                return $"the specification corrects a column '{unmet.Column}' of input '{input}', and there is none; its columns are: {string.Join(", ", table.Columns)}";
            }
        }

        return null;
    }

    private static double ReadThreshold(YamlMap map)
    {
        if (map.Text("threshold") is not { } text)
        {
            return Default.Threshold;
        }

        bool read = double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double threshold);
        if (!read || threshold is not (> 0 and < 1))
        {
            map.Report(map.NodeOf("threshold")!, "threshold.outside", $"'threshold' must be above 0 and below 1, not '{text}'", "");
        }

        return threshold;
    }

    private static ImmutableArray<ColumnUse> ReadColumns(YamlMap columns)
    {
        ImmutableArray<ColumnUse>.Builder uses = ImmutableArray.CreateBuilder<ColumnUse>();
        foreach (string column in columns.Keys.Select(key => key.Text).ToList())
        {
            string[] words = (columns.Text(column) ?? "ignored").Split(' ', 2);
            string scheme = words.Length > 1 ? words[1] : "";
            if (!Roles.TryGetValue(words[0], out ColumnRole role))
            {
                columns.Report(columns.NodeOf(column)!, "role.unknown", $"'{words[0]}' is not a role of a column", $"one of {string.Join(", ", Roles.Keys.Order(StringComparer.Ordinal))}");
            }
            else if (role == ColumnRole.Identifier && scheme != "vat" && IdentifierSchemes.Find(scheme) is null)
            {
                string? nearest = NearestName.Of(scheme, IdentifierSchemes.All.Select(known => known.Code));
                columns.Report(columns.NodeOf(column)!, "scheme.unknown", $"'{scheme}' is not a scheme of identifiers", nearest is null ? "" : $"did you mean '{nearest}'?");
            }

            uses.Add(new ColumnUse(column, role, scheme));
        }

        return uses.ToImmutable();
    }
}
