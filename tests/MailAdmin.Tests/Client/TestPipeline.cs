using MailAdmin.Client;
using MailAdmin.Isolated.Http;

namespace MailAdmin.Tests.Client;

/// <summary>Assembles the client's handlers with the same library as the module does.</summary>
internal static class TestPipeline
{
    public static HttpClient Build(HttpPipelineParts parts, out IDisposable lifetime) => HttpPipeline.Create(
        new HttpPipelineOptions
        {
            PrimaryHandler = parts.PrimaryHandler,
            Handlers = parts.Handlers,
            RetryDelay = parts.RetryDelay,
            OnRetry = parts.OnRetry,
            MaximumRetries = parts.MaximumRetries,
            AttemptTimeout = parts.AttemptTimeout,
            Time = parts.Time,
        },
        out lifetime);
}
