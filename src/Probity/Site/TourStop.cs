namespace Probity.Site;

/// <summary>A place worth seeing in the fictional register.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Text">What it shows.</param>
/// <param name="Address">Where it is.</param>
public sealed record TourStop(string Title, string Text, string Address);
