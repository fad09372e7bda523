using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Probity.Site;

/// <summary>The public site: pages that work without script, and their JSON twins.</summary>
public static class SiteApplication
{
    /// <summary>Makes the site; it listens on this machine only once it is started.</summary>
    /// <param name="options">What it shows and where it listens.</param>
    public static WebApplication Create(SiteOptions options)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            Listen(kestrel, options);
        });
        if (options.Office is not null)
        {
            builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
            builder.Services.AddAntiforgery(antiforgery => antiforgery.Cookie.SameSite = SameSiteMode.Strict);
        }

        WebApplication site = builder.Build();
        site.Use(Guard(options));
        PageRoutes.Map(site, options);
        MethodologyRoutes.Map(site, options);
        LedgerRoutes.Map(site, options);
        Reconciliation.ReconciliationRoutes.Map(site, options);
        RedactionRoutes.Map(site, options);
        if (options.Office is { } office)
        {
            OfficeRoutes.Map(site, options, office);
        }

        site.MapFallback("{**path}", (HttpContext context) => Messages.NotFound(options, context));
        return site;
    }

    /// <summary>What programs of other sites may read too: JSON, and all that proves something.</summary>
    private static bool IsForPrograms(string path) =>
        path.EndsWith(".json", StringComparison.Ordinal) || path.EndsWith(".tlog-proof", StringComparison.Ordinal)
        || path is "/checkpoint" or "/tlog-policy" || path.StartsWith("/tile/", StringComparison.Ordinal);

    private static void Listen(KestrelServerOptions kestrel, SiteOptions options)
    {
        if (options.Host is { } host)
        {
            kestrel.Listen(host, options.Port);
        }
        else if (options.Port == 0)
        {
            kestrel.Listen(IPAddress.Loopback, 0);
        }
        else
        {
            kestrel.ListenLocalhost(options.Port);
        }
    }

    /// <summary>Headers of every answer, and what is shown where answering fails.</summary>
    private static Func<HttpContext, RequestDelegate, Task> Guard(SiteOptions options) => async (context, next) =>
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        if (IsForPrograms(context.Request.Path.Value ?? ""))
        {
            headers.AccessControlAllowOrigin = "*";
        }

        if (options.Office is not null && !await OfficeDoor.Admits(options, context))
        {
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception trouble) when (SiteRefusal.Covers(trouble) && !context.Response.HasStarted)
        {
            var refusal = SiteRefusal.Of(trouble);
            if (refusal.IsTrouble)
            {
                await options.Errors.WriteLineAsync($"{context.Request.Method} {context.Request.Path}: {trouble.Message} ({refusal.Code})");
            }

            await Messages.Refused(options, context, refusal);
        }
    };
}
