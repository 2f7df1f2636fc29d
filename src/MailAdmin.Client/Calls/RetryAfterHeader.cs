namespace MailAdmin.Client.Calls;

/// <summary>Reads Retry-After in both its forms, seconds and date.</summary>
internal static class RetryAfterHeader
{
    /// <summary>How long to wait from <paramref name="now"/> on; null when the answer does not say.</summary>
    public static TimeSpan? GetDelay(HttpResponseMessage response, DateTimeOffset now)
    {
        TimeSpan? wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ => null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
