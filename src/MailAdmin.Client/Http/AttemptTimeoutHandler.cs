using System.Globalization;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Http;

/// <summary>
/// Limits one attempt up to its answer's headers; what is read from the body afterwards is not timed, so streams live on.
/// Polly's timeout strategy does the same with five asynchronous methods more in each call.
/// </summary>
internal sealed class AttemptTimeoutHandler(TimeSpan limit, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var timeLimit = new TimeLimit(limit, time, cancellationToken);
        try
        {
            return await base.SendAsync(request, timeLimit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeLimit.IsOver)
        {
            string message = string.Create(CultureInfo.InvariantCulture, $"The server did not answer within {limit.TotalSeconds:0.###} seconds.");
            throw new HttpRequestException(HttpRequestError.Unknown, message, new TimeoutException(message));
        }
    }
}
