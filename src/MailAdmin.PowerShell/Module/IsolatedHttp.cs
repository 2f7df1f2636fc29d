using MailAdmin.Client;
using MailAdmin.Isolated.Http;

namespace MailAdmin.PowerShell.Module;

/// <summary>Sends requests again with Polly, in the module's own load context. No other file uses the isolated resilience library.</summary>
internal static class IsolatedHttp
{
    public static DelegatingHandler CreateRetryHandler(RetryRules rules) => new RetryHandler(rules.MaxRetries, rules.Delay, rules.OnRetry, rules.Time);
}
