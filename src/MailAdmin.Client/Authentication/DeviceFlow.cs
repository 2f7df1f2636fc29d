using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Authentication;

/// <summary>The device flow (contract §3.3): shows a code, then asks at the server's pace until a person has approved it.</summary>
internal sealed class DeviceFlow(TokenEndpoint endpoint, ApiUri uri, TimeProvider time)
{
    private const int UsualInterval = 5;
    private const int UsualLifetime = 1800;
    private const string Pending = "authorization_pending";
    private const string SlowDown = "slow_down";

    public async Task<Tokens> RunAsync(DeviceCredential credential, CancellationToken cancellationToken)
    {
        DeviceAnswer answer = await endpoint.StartDeviceAsync(cancellationToken).ConfigureAwait(false);
        DateTimeOffset end = time.GetUtcNow().AddSeconds(answer.ExpiresIn ?? UsualLifetime);
        await credential.Show(Describe(answer, end), cancellationToken).ConfigureAwait(false);
        return await PollAsync(answer, end, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Tokens> PollAsync(DeviceAnswer answer, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var interval = TimeSpan.FromSeconds(Math.Clamp(answer.Interval ?? UsualInterval, 1, 60));
        while (true)
        {
            await Task.Delay(interval, time, cancellationToken).ConfigureAwait(false);
            try
            {
                return await endpoint.PollAsync(answer.DeviceCode!, cancellationToken).ConfigureAwait(false);
            }
            catch (MailServerException e) when (e.ServerCode is Pending or SlowDown && time.GetUtcNow() < end)
            {
                interval += e.ServerCode == SlowDown ? TimeSpan.FromSeconds(UsualInterval) : TimeSpan.Zero;
            }
            catch (MailServerException e) when (e.ServerCode is Pending or SlowDown)
            {
                throw new MailServerException(MailErrorCode.OAuth, e.Operation, FaultMessages.OAuth("expired_token"), e)
                {
                    Status = e.Status,
                    ServerCode = "expired_token",
                    Details = "expired_token",
                };
            }
        }
    }

    // The server knows itself by a name that may not be reachable from here: only path and query are taken from it.
    private DeviceAuthorization Describe(DeviceAnswer answer, DateTimeOffset end)
    {
        string code = Uri.EscapeDataString(answer.UserCode!);
        return new DeviceAuthorization(
            answer.UserCode!,
            Rebase(answer.VerificationUri, "/authorize"),
            Rebase(answer.VerificationUriComplete, $"/authorize/?code={code}"),
            end);
    }

    private Uri Rebase(string? text, string otherwise) =>
        uri.Beside(Uri.TryCreate(text, UriKind.Absolute, out Uri? told) && told.Scheme.StartsWith("http", StringComparison.Ordinal) ? told.PathAndQuery : otherwise);
}
