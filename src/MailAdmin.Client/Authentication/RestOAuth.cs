using System.Text;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Authentication;

/// <summary>Codes and tokens of a server before 0.16: for the session (docs/api.md §3.2, §3.3, §7.1).</summary>
internal sealed class RestOAuth(ApiChannel channel) : IOAuth
{
    private readonly OAuthCodeEndpoint _codes = new(channel);

    public Task<OAuthCode> RequestCodeAsync(OAuthCodeOrder order, CancellationToken cancellationToken)
    {
        CheckClientId(order.ClientId);
        ThrowIfCredential(order.Credential);
        if (order.CodeChallenge is not null)
        {
            throw new MailServerException(MailErrorCode.Unsupported, Operations.RequestOAuthCode, "Nothing was sent: a server before 0.16 takes no challenge (PKCE) with a code that is asked for here. Omit -CodeChallenge.") { Field = "codeChallenge" };
        }
        if (order.RedirectUri?.StartsWith("http://", StringComparison.OrdinalIgnoreCase) == true)
        {
            throw MailServerException.CreateRefusal(Operations.RequestOAuthCode, "redirect_uri", "The redirect URI must not begin with http://: the code would cross the network unencrypted.");
        }
        return _codes.RequestCodeAsync(new OAuthRequest { Type = "code", ClientId = order.ClientId, RedirectUri = order.RedirectUri, Nonce = order.Nonce }, cancellationToken);
    }

    public Task<bool> ApproveDeviceAsync(string userCode, PasswordCredential? credential, CancellationToken cancellationToken)
    {
        ThrowIfCredential(credential);
        return _codes.ApproveAsync(userCode, cancellationToken);
    }

    public Task<string> RequestStreamTokenAsync(StreamPurpose purpose, CancellationToken cancellationToken)
    {
        Operation operation = purpose switch
        {
            StreamPurpose.Metrics => Operations.RequestMetricsToken,
            StreamPurpose.Tracing => Operations.RequestTracingToken,
            StreamPurpose.Troubleshooting => Operations.RequestTroubleshootingToken,
            _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
        };
        return channel.ReadAsync(new ApiRequestContext(operation), channel.Uri.For(operation), OAuthResource.ReadToken, cancellationToken);
    }

    internal static void CheckClientId(string clientId)
    {
        if (string.IsNullOrWhiteSpace(clientId) || Encoding.UTF8.GetByteCount(clientId) > OAuthCodeEndpoint.MaxClientIdBytes)
        {
            throw MailServerException.CreateRefusal(Operations.RequestOAuthCode, "client_id", $"An OAuth client id must have 1 to {OAuthCodeEndpoint.MaxClientIdBytes} bytes.");
        }
    }

    private static void ThrowIfCredential(PasswordCredential? credential)
    {
        if (credential is not null)
        {
            throw new MailServerException(
                MailErrorCode.Unsupported, Operations.RequestOAuthCode, "Nothing was sent: a server before 0.16 takes the sign-in of the connection, and no other login. Omit -Credential and -TotpCode.")
            {
                Field = "credential",
            };
        }
    }
}
