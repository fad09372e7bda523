using System.Text;

namespace Probity.Linkage.Tests;

/// <summary>The rows of a CSV file (RFC 4180) of the shared data, column name to value.</summary>
internal static class CsvRows
{
    public static List<Dictionary<string, string>> Read(string path)
    {
        List<List<string>> rows = Split(File.ReadAllText(path));
        List<string> header = rows[0];
        return [.. rows.Skip(1).Select(row => header.Zip(row).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal))];
    }

    private static List<List<string>> Split(string text)
    {
        var rows = new List<List<string>>();
        var row = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        foreach (char character in text.TrimStart('\ufeff'))
        {
            switch (character)
            {
                case '"':
                    quoted = !quoted;
                    break;
                case ',' when !quoted:
                    row.Add(field.ToString());
                    field.Clear();
                    break;
                case '\n' when !quoted:
                    row.Add(field.ToString());
                    field.Clear();
                    rows.Add(row);
                    row = [];
                    break;
                case '\r' when !quoted:
                    break;
                default:
                    field.Append(character);
                    break;
            }
        }

        return rows;
    }
}
