using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Authentication;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.SignIn;

/// <summary>Signs in by a token in the query, which opens one kind of stream and nothing else.</summary>
/// <param name="tokens">The tokens.</param>
internal sealed class StreamSignIn(ITokens tokens)
{
    private static readonly string s_deliveryPath = Operations.TestDeliveryLive.Path.Split('{')[0];

    /// <summary>The permission that the delivery test needs.</summary>
    public const string DeliveryPermission = "liveDeliveryTest";

    /// <summary>Null where there is no token, or no stream that it could open.</summary>
    /// <exception cref="ApiException">It is not valid.</exception>
    public SignedInCaller? Find(SandboxRequest request, string? token)
    {
        if (token is null || !request.Target.StartsWith(s_deliveryPath, StringComparison.Ordinal))
        {
            return null;
        }

        return tokens.Read(token, TokenKind.Troubleshooting) is not null
            ? new SignedInCaller(null, "", new HashSet<string> { DeliveryPermission }, request.CallerAddress)
            : throw ApiException.Unauthorized();
    }
}
