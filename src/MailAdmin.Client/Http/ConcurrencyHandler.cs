using System.Net;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Http;

/// <summary>
/// Limits the account's calls in flight: the server serves four at once, unless the account has <c>unlimited-requests</c>. A slot is free
/// again when the headers arrive: the server counts a call until then. A call that is rejected because others use the account too is sent
/// again from here: nothing of it was executed.
/// </summary>
internal sealed class ConcurrencyHandler(AccountLimits limits, TimeProvider time) : DelegatingHandler
{
    private const int MaxAttempts = 12;
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(20);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (ApiRequestContext.Get(request) is not { Authentication: not RequestAuthentication.None } context)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        await limits.Slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await SendInSlotAsync(request, context, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            limits.Slots.Release();
        }
    }

    private async Task<HttpResponseMessage> SendInSlotAsync(HttpRequestMessage request, ApiRequestContext context, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            context.WasRefusedUnexecuted = response.StatusCode == HttpStatusCode.BadRequest
                && await IsConcurrencyLimitAsync(response, cancellationToken).ConfigureAwait(false);
            if (!context.WasRefusedUnexecuted || attempt == MaxAttempts - 1)
            {
                return response;
            }
            response.Dispose();
            await Task.Delay(Backoff.Exponential(s_firstDelay, Math.Min(attempt, 5)), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<bool> IsConcurrencyLimitAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await response.Content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return ServerFault.Parse(body)?.Limit is not null;
    }
}
