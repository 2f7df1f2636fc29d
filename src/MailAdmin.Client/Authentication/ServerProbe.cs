using System.Net;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Authentication;

/// <summary>Finds out what answers at an address that has no management API: a Stalwart too new for one, or something else.</summary>
internal sealed class ServerProbe(ApiChannel channel)
{
    public async Task<MailServerException> ExplainAsync(MailServerException refusal, CancellationToken cancellationToken)
    {
        bool newer = refusal.Status == HttpStatusCode.NotFound && await HasJmapAsync(cancellationToken).ConfigureAwait(false);
        (MailErrorCode code, string message) = newer
            ? (MailErrorCode.UnsupportedVersion, "The server has no management REST API but speaks JMAP: it is Stalwart 0.16 or later, which is administered another way. This client speaks to 0.11 to 0.15.")
            : (MailErrorCode.NotStalwart, "What answers at this address is no Stalwart server of version 0.11 to 0.15. Check host, port and path: it is the address of the server's web administration.");
        return new MailServerException(code, refusal.Operation, message, refusal) { Status = refusal.Status };
    }

    private async Task<bool> HasJmapAsync(CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.DescribeJmap, RequestAuthentication.None);
        try
        {
            using HttpResponseMessage response = await channel.SendAsync(context, channel.Uri.For(Operations.DescribeJmap), null, cancellationToken).ConfigureAwait(false);
            return response.StatusCode == HttpStatusCode.Unauthorized
                || (response.IsSuccessStatusCode && ResponseBodyClassifier.IsJson(response))
                || response.Headers.Location?.ToString().Contains("jmap", StringComparison.OrdinalIgnoreCase) == true;
        }
        catch (MailServerException)
        {
            return false;
        }
    }
}
