using Probity.Ledger;

namespace Probity.Site;

/// <summary>The policy by which a log publishes, as a file for those who verify it. They should keep their own copy: who trusts the served one trusts the operator.</summary>
internal static class PublishedPolicy
{
    /// <summary>The policy in force with the log's key in it; where there is none, the log's key alone.</summary>
    public static string Of(TransparencyLog log)
    {
        if (log.Policy() is not { } policy)
        {
            return TlogPolicy.Write(new PolicyLog(log.Key, null), [], 0);
        }

        string text = log.PolicyText() ?? "";
        return policy.Logs.IsEmpty ? $"log {log.Key}\n{text}" : text;
    }
}
