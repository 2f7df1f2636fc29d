namespace MailAdmin.Client.Http;

/// <summary>Puts handlers in front of a transport. The client owns them all.</summary>
internal static class HttpPipeline
{
    /// <summary>Creates the client, which sets no time limit of its own.</summary>
    /// <param name="transport">What talks to the server.</param>
    /// <param name="handlers">What each request passes on its way, outermost first.</param>
    public static HttpClient Create(HttpMessageHandler transport, IEnumerable<DelegatingHandler> handlers)
    {
        HttpMessageHandler first = transport;
        foreach (DelegatingHandler handler in handlers.Reverse())
        {
            handler.InnerHandler = first;
            first = handler;
        }
        return new HttpClient(first) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
