using System.Collections.Immutable;
using System.Globalization;
using Probity.Evidence;
using Probity.Sources;
using Probity.Yaml;

namespace Probity.Proving;

/// <summary>Reads proof.yaml (formats/proof.md).</summary>
internal static class ProofReading
{
    /// <summary>The file's name in a register's folder.</summary>
    public const string FileName = "proof.yaml";

    /// <summary>The proofs that a file declares; empty after a problem.</summary>
    public static ImmutableArray<Proof> Read(string file, string text, ICollection<Problem> problems)
    {
        int before = problems.Count;
        if (YamlText.Read(file, text, problems) is not { } root || YamlMap.Of(file, Repetition.Of(root), problems) is not { } map)
        {
            return [];
        }

        if (map.Required("probity") is { } version && map.Whole("probity") is not 1)
        {
            map.Report(version, "format.version", "this program reads proof format 1", "write 'probity: 1'");
        }

        map.NodeOf("lists");
        ImmutableArray<Proof> proofs = [.. map.Maps("proofs").Select(ReadOne)];
        map.Close();
        return problems.Count == before ? proofs : [];
    }

    private static Proof ReadOne(YamlMap map)
    {
        string name = map.RequiredText("name") ?? "";
        string methodology = map.RequiredText("methodology") ?? "";
        DateOnly? validAt = map.DayOf("as_of");
        var sources = ImmutableArray.CreateBuilder<(string, ImmutableArray<string>)>();
        YamlMap? parts = map.Required("sources") is null ? null : map.Map("sources");
        foreach (YamlNode.Scalar source in parts?.Keys.ToList() ?? [])
        {
            sources.Add((source.Text, [.. parts!.Texts(source.Text)]));
        }

        ImmutableArray<PublishedTable> published = [.. map.Maps("published").Select(Table)];
        foreach (PublishedTable table in published.Where(table => validAt is null && table.Values.Findings[0].Day is null))
        {
            map.Report(map.Node, "proof.day", $"neither the proof nor '{table.Title}' says the day to rate for", "add 'as_of: 2025-08-01' here, or 'day: {from: …}' there");
        }

        var proof = new Proof(name, methodology, validAt, sources.ToImmutable(), published, [.. map.Maps("known").Select(Known)]);
        map.Close();
        return proof;
    }

    private static PublishedTable Table(YamlMap map)
    {
        string title = map.RequiredText("title") ?? "";
        ImmutableArray<string> files = map.Required("files") is null ? [] : [.. map.Texts("files")];
        decimal within = 0;
        if (map.Text("within") is { } text && !(decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out within) && within >= 0))
        {
            map.Report(map.NodeOf("within")!, "value.range", $"'{text}' is no distance of zero or more", "write it like 0.0001 or 5e-9");
        }

        long? places = map.Whole("round_half_up");
        if (places is < 0 or > 15)
        {
            map.Report(map.NodeOf("round_half_up")!, "value.range", $"'round_half_up' is a number of places from 0 to 15, not {places}", "");
        }

        return new PublishedTable(title, files, SourceDefinition.OfPublishedValues(map), within, (int?)places);
    }

    private static KnownDifference Known(YamlMap map)
    {
        ImmutableDictionary<string, string>.Builder when = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        YamlMap? conditions = map.Map("when");
        foreach (YamlNode.Scalar output in conditions?.Keys.ToList() ?? [])
        {
            when[output.Text] = conditions!.Text(output.Text) ?? "";
        }

        var known = new KnownDifference([.. map.Texts("titles")], [.. map.Texts("outputs")], [.. map.Texts("records")], when.ToImmutable(), (map.RequiredText("reason") ?? "", map.Required("count") is null ? 0 : map.Whole("count") ?? 0))
        {
            IsOpen = map.Flag("open") ?? false,
        };
        map.Close();
        return known;
    }
}
