namespace MailAdmin.Client.Calls;

/// <summary>Reads Retry-After in both its forms, seconds and date.</summary>
internal static class RetryAfterHeader
{
    /// <summary>How long to wait; null when the answer does not say.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="now">The time here, for a date in an answer that does not say what time the server has.</param>
    public static TimeSpan? GetDelay(HttpResponseMessage response, DateTimeOffset now)
    {
        TimeSpan? wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - (response.Headers.Date ?? now),
            _ => null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
