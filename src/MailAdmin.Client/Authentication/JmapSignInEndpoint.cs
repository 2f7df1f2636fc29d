using System.Net;
using System.Text.Json;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Authentication;

/// <summary>What a server from 0.16 on has below /api: the sign-in with a password, and what the account and the server are.</summary>
internal sealed class JmapSignInEndpoint(ApiChannel channel)
{
    /// <summary>Sends login and password, once.</summary>
    public async Task<JmapSignInResponse> SignInAsync(JmapSignInRequest request, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.SignIn, RequestAuthentication.SignIn) { Secrets = [request.AccountSecret] };
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(request, WireJson.Default.JmapSignInRequest);
        try
        {
            return await ReadAsync(context, ReadSignIn, cancellationToken, body).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Unauthorized)
        {
            // A wrong password is no 401 here.
            throw new MailServerException(e.Code, e.Operation, "The server does not accept this OAuth client. Connect with -ClientId and the id of a client that is registered there, or with an API key.", e) { Status = e.Status };
        }
    }

    /// <summary>Approves a device. It signs somebody in: a lost answer is an unknown outcome.</summary>
    public Task<JmapSignInResponse> ApproveDeviceAsync(JmapSignInRequest request, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.SignIn, RequestAuthentication.SignIn) { Secrets = [request.AccountSecret], ChangesServer = true, Action = "Approving the device" };
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(request, WireJson.Default.JmapSignInRequest);
        return OutcomeRules.SettleAsync(context, () => ReadAsync(context, ReadSignIn, cancellationToken, body));
    }

    /// <summary>Why there is no code.</summary>
    public static MailServerException CreateFailure(JmapSignInResponse response) => response.Type == JmapSignInResponse.OneTimeCodeRequired
        ? new MailServerException(
            MailErrorCode.TotpRequired, Operations.SignIn, "The account requires a one-time code (TOTP). Try again with the code from your authenticator app, or connect with an API key or an app password.")
        : new MailServerException(
            MailErrorCode.Unauthorized,
            Operations.SignIn,
            "The server rejected the login and password (or the one-time code); it says the same where the account may not sign in, and where it has banned your IP address. They were sent once and are not sent again: too many failures ban your IP address. The login is an address, or a name in the server's own domain.");

    /// <summary>The edition, and what the account may do.</summary>
    public async Task<JmapAccountResponse> DescribeAccountAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(new ApiRequestContext(Operations.DescribeAccount), ReadAccount, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            throw new MailServerException(e.Code, e.Operation, "The account may not sign in: it is disabled, or its password or key is not for this IP address.", e) { Status = e.Status, Title = e.Title };
        }
    }

    /// <summary>The hash of the schema, which is the end of the address that it redirects to; null where it does not.</summary>
    public async Task<string?> FindSchemaHashAsync(CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.FindSchema) { ReturnsRedirect = true };
        using HttpResponseMessage response = await channel.SendAsync(context, channel.Uri.For(Operations.FindSchema), null, cancellationToken).ConfigureAwait(false);
        return response.StatusCode == HttpStatusCode.Redirect ? response.Headers.Location?.OriginalString.Split('/')[^1] : null;
    }

    internal static JmapSignInResponse ReadSignIn(ref Utf8JsonReader reader)
    {
        JmapSignInResponse? response = JsonSerializer.Deserialize(ref reader, WireJson.Default.JmapSignInResponse);
        return response switch
        {
            { Type: JmapSignInResponse.Authenticated, Code.Length: > 0 } => response,
            { Type: JmapSignInResponse.OneTimeCodeRequired or JmapSignInResponse.Failure or JmapSignInResponse.Verified } => response,
            _ => throw new JsonException("There is no outcome in the response."),
        };
    }

    internal static JmapAccountResponse ReadAccount(ref Utf8JsonReader reader)
    {
        JmapAccountResponse? response = JsonSerializer.Deserialize(ref reader, WireJson.Default.JmapAccountResponse);
        return response is { Permissions: { } permissions, Edition.Length: > 0 } && permissions.All(permission => permission is not null)
            ? response
            : throw new JsonException("The response does not say what the account may do.");
    }

    private async Task<T> ReadAsync<T>(ApiRequestContext context, DataReader<T> read, CancellationToken cancellationToken, byte[]? json = null)
    {
        using ByteArrayContent? content = ApiChannel.CreateJsonContent(json);
        using HttpResponseMessage response = await channel.SendAsync(context, channel.Uri.For(context.Operation), content, cancellationToken).ConfigureAwait(false);
        return await ResponseReader.ReadUnwrappedAsync(response, context, read, cancellationToken).ConfigureAwait(false);
    }
}
