using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Http;

/// <summary>Reads an answer as a whole, within a time and a size, and unpacked.</summary>
internal static class ResponseBuffer
{
    /// <exception cref="HttpRequestException">It did not arrive in time, is too large, or ended in the middle.</exception>
    /// <exception cref="InvalidDataException">Its compression is damaged.</exception>
    public static async Task LoadAsync(HttpResponseMessage response, long maxBytes, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeLimit = new TimeLimit(limit, time, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(maxBytes, timeLimit.Token).ConfigureAwait(false);
            await GzipContent.UnpackAsync(response, maxBytes, timeLimit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (timeLimit.IsOver)
        {
            throw new HttpRequestException(HttpRequestError.Unknown, "The response did not arrive completely in time.", new TimeoutException(e.Message));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && TransportErrorClassifier.IsDamagedCompression(e))
        {
            throw TransportErrorClassifier.CreateDamaged(e);
        }
    }
}
