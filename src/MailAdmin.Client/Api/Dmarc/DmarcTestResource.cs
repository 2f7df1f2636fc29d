// What the server would find about mail from somewhere.
using MailAdmin.Client.Api.Dmarc;
using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>The test of SPF, DKIM and DMARC (docs/api.md §6.14; docs/api-0.16.md §8.8).</summary>
public sealed class DmarcTestResource
{
    private readonly IDmarcTest _test;

    internal DmarcTestResource(IDmarcTest test) => _test = test;

    /// <summary>Tests mail against SPF, DKIM and DMARC (POST /troubleshoot/dmarc; from 0.16 on POST /jmap: x:Action/set). The server asks the DNS, so it may take some seconds.</summary>
    /// <param name="query">The message and where it seems to come from.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The results.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>troubleshoot</c> (from 0.16 on <c>sysActionCreate</c> and <c>actionTroubleshootDmarc</c>); <c>RejectedByClient</c> when the message is
    /// too large; <c>RejectedByServer</c> (from 0.16 on <c>InvalidRequest</c>) when the server cannot read it; <c>Unsupported</c> for a bounce from 0.16 on.</exception>
    public async Task<MailDmarcResult> TestAsync(DmarcQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(query.RemoteIp, nameof(query));
        ArgumentException.ThrowIfNullOrWhiteSpace(query.EhloDomain, nameof(query));
        ArgumentNullException.ThrowIfNull(query.From, nameof(query));
        _test.Check(query);
        MailDmarcResult result = await _test.TestAsync(query, cancellationToken).ConfigureAwait(false);
        (result.RemoteIp, result.EhloDomain, result.From) = (WireAddress.Format(query.RemoteIp), query.EhloDomain, query.From);
        (result.Path, result.Number) = (query.Path, query.Number);
        return result;
    }
}
