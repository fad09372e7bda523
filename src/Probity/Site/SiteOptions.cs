using Probity.Register;

namespace Probity.Site;

/// <summary>What the site is started with.</summary>
/// <param name="Reader">What it shows.</param>
/// <param name="Port">Where it listens on this machine; 0 for any free port.</param>
/// <param name="IsDemo">Whether everything shown is invented, which every page then says.</param>
/// <param name="Clock">What says today.</param>
public sealed record SiteOptions(RegisterReader Reader, int Port, bool IsDemo, TimeProvider Clock);
