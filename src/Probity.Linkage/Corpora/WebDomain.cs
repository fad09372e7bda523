using System.Collections.Frozen;

namespace Probity.Linkage;

/// <summary>The domain of a web site or e-mail address, as far as it can tell organisations apart.</summary>
internal static class WebDomain
{
    private static readonly FrozenSet<string> Shared = (
        "gmail.com googlemail.com hotmail.com hotmail.co.uk outlook.com live.com msn.com yahoo.com yahoo.co.uk ymail.com aol.com icloud.com me.com mail.com gmx.de gmx.net web.de t-online.de "
        + "orange.fr wanadoo.fr free.fr laposte.net libero.it virgilio.it btinternet.com sky.com mail.ru yandex.ru protonmail.com proton.me qq.com 163.com comcast.net sbcglobal.net att.net "
        + "verizon.net facebook.com instagram.com twitter.com x.com linkedin.com wordpress.com blogspot.com wixsite.com sites.google.com google.com example.com").Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>"example.org" of "https://www.example.org/a?b" or "info@example.org"; empty for shared hosts and for anything else.</summary>
    public static string Of(string text)
    {
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        if (rest.IsEmpty)
        {
            return "";
        }

        int scheme = rest.IndexOf("://", StringComparison.Ordinal);
        rest = scheme >= 0 ? rest[(scheme + 3)..] : rest;
        int end = rest.IndexOfAny("/?#: ");
        rest = end >= 0 ? rest[..end] : rest;
        rest = rest[(rest.LastIndexOf('@') + 1)..];
        string domain = rest.ToString().ToLowerInvariant().TrimEnd('.');
        domain = domain.StartsWith("www.", StringComparison.Ordinal) ? domain[4..] : domain;
        return domain.Length is > 3 and < 254 && domain.Contains('.', StringComparison.Ordinal) && !Shared.Contains(domain) ? domain : "";
    }
}
