using MailAdmin.Client;
using MailAdmin.Isolated.Http;

namespace MailAdmin.PowerShell.Module;

/// <summary>
/// Assembles the client's handlers and retry rules with Microsoft.Extensions.Http and Polly, in the module's own load context. No other file uses
/// the isolated resilience library.
/// </summary>
internal static class IsolatedHttp
{
    public static HttpClient Build(HttpPipelineParts parts, out IDisposable lifetime) => HttpPipeline.Create(
        new HttpPipelineOptions
        {
            PrimaryHandler = parts.PrimaryHandler,
            Handlers = parts.Handlers,
            RetryDelay = parts.RetryDelay,
            OnRetry = parts.OnRetry,
            MaxRetries = parts.MaxRetries,
            AttemptTimeout = parts.AttemptTimeout,
            Time = parts.Time,
        },
        out lifetime);
}
