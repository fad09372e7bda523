namespace Probity.Linkage;

/// <summary>A remark in brackets within a name, such as the town or country that tells it from others: "St Mary's Hospital (Leeds)".</summary>
internal static class NameRemark
{
    /// <summary>The name without its only remark; the name itself where it has none or several, or a number stands in the remark or before it.</summary>
    public static string Without(string name)
    {
        int open = name.IndexOf('(', StringComparison.Ordinal);
        int close = name.IndexOf(')', StringComparison.Ordinal);
        bool one = open > 0 && close > open && name.IndexOf('(', open + 1) < 0;
        if (!one || OrganisationName.Read(name[..close]).Words.Exists(word => Numerals.HasDigit(word)))
        {
            return name;
        }

        string rest = name[..open] + name[(close + 1)..];
        return string.IsNullOrWhiteSpace(rest) ? name : rest;
    }
}
