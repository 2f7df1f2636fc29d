using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Authentication;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.SignIn;

/// <summary>Signs in by a token in the query, which opens one kind of stream and nothing else.</summary>
/// <param name="tokens">The tokens.</param>
/// <param name="hasLicence">Whether there are streams of events and metrics.</param>
internal sealed class StreamSignIn(ITokens tokens, bool hasLicence)
{
    private static readonly (string Path, TokenKind Kind, string Permission, bool NeedsLicence)[] s_streams =
    [
        (Operations.TestDeliveryLive.Path.Split('{')[0], TokenKind.Troubleshooting, DeliveryPermission, false),
        (Operations.WatchTracesLive.Path, TokenKind.LiveTracing, TracingPermission, true),
        (Operations.WatchMetricsLive.Path, TokenKind.LiveMetrics, MetricsPermission, true),
    ];

    /// <summary>The permission that the delivery test needs.</summary>
    public const string DeliveryPermission = "liveDeliveryTest";

    /// <summary>The permission that the stream of events needs.</summary>
    public const string TracingPermission = "liveTracing";

    /// <summary>The permission that the stream of metrics needs.</summary>
    public const string MetricsPermission = "liveMetrics";

    /// <summary>Null where there is no token, or no stream that it could open.</summary>
    /// <exception cref="ApiException">It is not valid.</exception>
    public SignedInCaller? Find(SandboxRequest request, string? token)
    {
        (string? path, TokenKind kind, string permission, bool needsLicence) = Array.Find(s_streams, stream => request.Target.StartsWith(stream.Path, StringComparison.Ordinal));
        if (token is null || path is null || (needsLicence && !hasLicence))
        {
            return null;
        }

        return tokens.Read(token, kind) is not null
            ? new SignedInCaller(null, "", new HashSet<string> { permission }, request.CallerAddress)
            : throw ApiException.Unauthorized();
    }
}
