namespace Probity.Site.Reconciliation;

/// <summary>Why a question of the reconciliation service is not answered (RFC 9457).</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Stable: reconcile.malformed, reconcile.too-many, reconcile.too-long, reconcile.type, request.too-large.</param>
/// <param name="Reason">What, and what to do.</param>
internal sealed record ReconciliationRefusal(int Status, string Code, string Reason)
{
    /// <summary>The question is not one of the protocol.</summary>
    public static ReconciliationRefusal Malformed(string reason) => new(400, "reconcile.malformed", reason);

    /// <summary>The request itself cannot be read, or is longer than may be.</summary>
    public static ReconciliationRefusal Of(BadHttpRequestException trouble)
    {
        var told = SiteRefusal.Of(trouble);
        return new ReconciliationRefusal(told.Status, told.Code, told.Words);
    }

    /// <summary>Another type than organisations was asked for: natural persons are never matched (guard-rail G42).</summary>
    public static ReconciliationRefusal OtherType(string type) =>
        new(422, "reconcile.type", $"type '{type}' is not served: this register matches organisations only ('{ReconciliationManifest.TypeId}'), never natural persons (G42)");
}
