using Probity.Evidence;

namespace Probity.Yaml;

/// <summary>Collects problems so that what a file says once for many is also told once.</summary>
public static class ProblemList
{
    /// <summary>
    /// Adds a problem at a node. Left out where the node is a further copy of something said once (<see cref="YamlNode.Copy"/>) and a fault of the
    /// same kind at the same place is told already; then the answer is false.
    /// </summary>
    public static bool AddAt(this ICollection<Problem> problems, YamlNode node, Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problems);
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(problem);
        if (node.Copy > 0 && problems.Any(told => told.Line == problem.Line && told.Column == problem.Column && told.Code == problem.Code && told.File == problem.File))
        {
            return false;
        }

        problems.Add(problem);
        return true;
    }
}
