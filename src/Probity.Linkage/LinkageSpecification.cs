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
    private ImmutableArray<CorrectionPlace> _places = [];

    private static readonly ImmutableDictionary<string, ColumnRole> Roles = Enum.GetValues<ColumnRole>().ToImmutableDictionary(RoleName);

    /// <summary>The published threshold, 0.99, and no corrections. A wrong merge costs more than a missed one (docs/linkage.md).</summary>
    public static LinkageSpecification Default { get; } = new(0.99, ImmutableDictionary<string, ImmutableArray<ColumnUse>>.Empty);

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
        return problems.Count == before ? new LinkageSpecification(threshold, corrections) { _places = PlacesOf(file, map) } : null;
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
        ColumnRole.Founded => "founded",
        ColumnRole.Identifier => "identifier",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>
    /// The guess with the corrections for an input in place of what they name. Where they name the identifier or the name, what was guessed to be it is
    /// ignored, or another name.
    /// </summary>
    public ImmutableArray<ColumnUse> Apply(string input, ImmutableArray<ColumnUse> guess) =>
        Corrections.TryGetValue(input, out ImmutableArray<ColumnUse> corrections)
            ? [.. guess.Select(use => corrections.FirstOrDefault(correction => correction.Column == use.Column) ?? Beside(corrections, use))]
            : guess;

    /// <summary>The column that a file itself names as an input's identifier; null where it names none.</summary>
    public string? IdOf(string input) =>
        Corrections.TryGetValue(input, out ImmutableArray<ColumnUse> corrections) ? corrections.FirstOrDefault(correction => correction.Role == ColumnRole.Id)?.Column : null;

    private static ColumnUse Beside(ImmutableArray<ColumnUse> corrections, ColumnUse guessed) =>
        !corrections.Any(correction => correction.Role == guessed.Role) ? guessed
        : guessed.Role == ColumnRole.Id ? guessed with { Role = ColumnRole.Ignored }
        : guessed.Role == ColumnRole.Name ? guessed with { Role = ColumnRole.OtherName }
        : guessed;

    /// <summary>Every correction of an input or column that is not there, with the names there are, in the order of the file; empty where all are met.</summary>
    /// <param name="inputs">What there is to correct: for each input its columns.</param>
    public IEnumerable<Problem> Unmet(IReadOnlyList<LinkColumns> inputs) =>
        _places.Select(place => (Place: place, Input: inputs.FirstOrDefault(input => input.Name == place.Input)))
            .Where(one => one.Place.Column is { } column ? one.Input is { } input && !input.Columns.Contains(column) : one.Input is null)
            .Select(one => one.Place.Column is { } column
                ? one.Place.Unmet($"'{one.Input!.Name}' has no column '{column}' that could be corrected", column, one.Input.Columns)
                : one.Place.Unmet($"there is no input '{one.Place.Input}' that could be corrected", one.Place.Input, inputs.Select(input => input.Name)));

    /// <summary>Where the file names an input by a role that a column of it cannot have.</summary>
    /// <param name="role">The role.</param>
    /// <param name="message">Why not.</param>
    public IEnumerable<Problem> WithRole(ColumnRole role, string message) => _places
        .Where(place => place.Column is { } column && Corrections[place.Input].Any(use => use.Column == column && use.Role == role))
        .Select(place => new Problem(place.File, place.At.Line, place.At.Column, "role.unmet", message, "give it another role, or leave it out"));

    private static ImmutableArray<CorrectionPlace> PlacesOf(string file, YamlMap map) => map.NodeOf("inputs") is not YamlNode.Map inputs ? [] :
    [
        .. inputs.Pairs.SelectMany(input => new[] { new CorrectionPlace(file, input.Key, input.Key.Text, Column: null) }
            .Concat(input.Value is YamlNode.Map columns ? columns.Pairs.Select(column => new CorrectionPlace(file, column.Key, input.Key.Text, column.Key.Text)) : [])),
    ];

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

            if (role == ColumnRole.Id && uses.Any(use => use.Role == ColumnRole.Id))
            {
                columns.Report(columns.NodeOf(column)!, "role.twice", $"'{column}' is the second column named as the identifier", "an input has one");
            }

            uses.Add(new ColumnUse(column, role, scheme));
        }

        return uses.ToImmutable();
    }
}

/// <summary>What there is to correct in an input.</summary>
/// <param name="Name">The input's name.</param>
/// <param name="Columns">Its columns.</param>
public sealed record LinkColumns(string Name, ImmutableArray<string> Columns);

/// <summary>Where a specification names an input, or a column of one.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="At">The name in it.</param>
/// <param name="Input">The input.</param>
/// <param name="Column">The column; null where the input itself is named.</param>
internal sealed record CorrectionPlace(string File, YamlNode At, string Input, string? Column)
{
    /// <summary>The problem that nothing has this name, with the names there are.</summary>
    public Problem Unmet(string message, string name, IEnumerable<string> there)
    {
        string known = "there are: " + string.Join(", ", there);
        string? nearest = NearestName.Of(name, there);
        return new Problem(File, At.Line, At.Column, "specification.unmet", message, nearest is null ? known : $"did you mean '{nearest}'? {known}");
    }
}
