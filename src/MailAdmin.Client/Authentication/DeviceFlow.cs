using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Authentication;

/// <summary>The device flow (docs/api.md §3.3): shows a code, then polls at the server's interval until a person has approved it.</summary>
internal sealed class DeviceFlow(TokenEndpoint endpoint, ApiUri uri, TimeProvider time)
{
    private const int DefaultIntervalSeconds = 5;
    private const int DefaultLifetimeSeconds = 1800;
    private const string Pending = "authorization_pending";
    private const string SlowDown = "slow_down";

    public async Task<TokenSet> RunAsync(DeviceCredential credential, CancellationToken cancellationToken)
    {
        DeviceAuthorizationResponse response = await endpoint.StartDeviceAsync(cancellationToken).ConfigureAwait(false);
        DateTimeOffset end = time.GetUtcNow().AddSeconds(response.ExpiresIn ?? DefaultLifetimeSeconds);
        await credential.Show(CreateAuthorization(response, end), cancellationToken).ConfigureAwait(false);
        return await PollAsync(response, end, cancellationToken).ConfigureAwait(false);
    }

    private async Task<TokenSet> PollAsync(DeviceAuthorizationResponse response, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var interval = TimeSpan.FromSeconds(Math.Clamp(response.Interval ?? DefaultIntervalSeconds, 1, 60));
        while (true)
        {
            await Task.Delay(interval, time, cancellationToken).ConfigureAwait(false);
            try
            {
                return await endpoint.PollAsync(response.DeviceCode!, cancellationToken).ConfigureAwait(false);
            }
            catch (MailServerException e) when (e.ServerCode is Pending or SlowDown && time.GetUtcNow() < end)
            {
                interval += e.ServerCode == SlowDown ? TimeSpan.FromSeconds(DefaultIntervalSeconds) : TimeSpan.Zero;
            }
            catch (MailServerException e) when (e.ServerCode is Pending or SlowDown)
            {
                throw new MailServerException(MailErrorCode.OAuthError, e.Operation, FaultMessages.FormatOAuth("expired_token"), e)
                {
                    Status = e.Status,
                    ServerCode = "expired_token",
                    Details = "expired_token",
                };
            }
        }
    }

    // The server's own name may not be reachable from here: only path and query of its address are used.
    private DeviceAuthorization CreateAuthorization(DeviceAuthorizationResponse response, DateTimeOffset end)
    {
        string code = Uri.EscapeDataString(response.UserCode!);
        return new DeviceAuthorization(
            response.UserCode!,
            Rebase(response.VerificationUri, "/authorize"),
            Rebase(response.VerificationUriComplete, $"/authorize/?code={code}"),
            end);
    }

    private Uri Rebase(string? address, string defaultPath) =>
        uri.RootRelative(Uri.TryCreate(address, UriKind.Absolute, out Uri? page) && page.Scheme.StartsWith("http", StringComparison.Ordinal) ? page.PathAndQuery : defaultPath);
}
