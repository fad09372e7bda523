using System.Net;
using Probity.Register;

namespace Probity.Site;

/// <summary>What the site is started with.</summary>
/// <param name="Reader">What it shows.</param>
/// <param name="Port">The port it listens on; 0 for any free port.</param>
/// <param name="IsDemo">Whether everything shown is invented, which every page then says.</param>
/// <param name="Clock">What says today.</param>
public sealed record SiteOptions(RegisterReader Reader, int Port, bool IsDemo, TimeProvider Clock)
{
    /// <summary>The address to listen on; null for this machine only.</summary>
    public IPAddress? Host { get; init; }

    /// <summary>Where the operator is told what goes wrong, with the paths that strangers are not told.</summary>
    public TextWriter Errors { get; init; } = Console.Error;

    /// <summary>Who judges doubtful pairs on the case officer's pages; null for the public site, which has none and can write nothing.</summary>
    public Office? Office { get; init; }
}
