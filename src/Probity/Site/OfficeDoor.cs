namespace Probity.Site;

/// <summary>
/// Who may ask the office: only whoever names this machine itself as the host, with the port it listens on. A page of another site that makes its own name
/// stand for this machine's address (DNS rebinding) cannot, and no other site's page may read what the office answers.
/// </summary>
internal static class OfficeDoor
{
    private static readonly string[] OwnHosts = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>True where the question is let through; otherwise it has been answered.</summary>
    public static async Task<bool> Admits(SiteOptions options, HttpContext context)
    {
        HostString host = context.Request.Host;
        if (!OwnHosts.Contains(host.Host, StringComparer.OrdinalIgnoreCase) || (host.Port ?? 80) != context.Connection.LocalPort)
        {
            await Messages.Refused(options, context, new SiteRefusal(StatusCodes.Status421MisdirectedRequest, "office.host", $"The office answers on this machine only, under its own name and port: http://localhost:{context.Connection.LocalPort}{OfficeRoutes.Start}."));
            return false;
        }

        context.Response.OnStarting(() =>
        {
            context.Response.Headers.Remove("Access-Control-Allow-Origin");
            return Task.CompletedTask;
        });
        return true;
    }
}
