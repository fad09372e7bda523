using System.Collections.Frozen;

namespace Probity.Linkage;

/// <summary>The domain of a web site or e-mail address, as far as it can tell organisations apart.</summary>
internal static class WebDomain
{
    /// <summary>RFC 1035: a domain has at most 253 characters.</summary>
    private const int MostLetters = 254;

    private static readonly FrozenSet<string> Shared = (
        "gmail.com googlemail.com hotmail.com hotmail.co.uk outlook.com live.com msn.com yahoo.com yahoo.co.uk ymail.com aol.com icloud.com me.com mail.com gmx.de gmx.net web.de t-online.de "
        + "orange.fr wanadoo.fr free.fr laposte.net libero.it virgilio.it btinternet.com sky.com mail.ru yandex.ru protonmail.com proton.me qq.com 163.com comcast.net sbcglobal.net att.net "
        + "verizon.net facebook.com instagram.com twitter.com x.com linkedin.com wordpress.com blogspot.com wixsite.com sites.google.com google.com example.com").Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> IsShared = Shared.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The key of "example.org" for "https://www.example.org/a?b" or "info@example.org"; 0 for shared hosts and for anything else.</summary>
    public static ulong Of(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> rest = text.Trim();
        int scheme = rest.IndexOf("://", StringComparison.Ordinal);
        rest = scheme >= 0 ? rest[(scheme + 3)..] : rest;
        int end = rest.IndexOfAny("/?#: ");
        rest = end >= 0 ? rest[..end] : rest;
        rest = rest[(rest.LastIndexOf('@') + 1)..].TrimEnd('.');
        Span<char> lower = stackalloc char[MostLetters];
        if (rest.Length >= MostLetters)
        {
            return 0;
        }

        ReadOnlySpan<char> domain = lower[..rest.ToLowerInvariant(lower)];
        domain = domain.StartsWith("www.") ? domain[4..] : domain;
        return domain.Length > 3 && domain.Contains('.') && !IsShared.Contains(domain) ? TextKey.Of(domain) : 0;
    }
}
