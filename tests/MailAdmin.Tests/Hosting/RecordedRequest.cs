namespace MailAdmin.Tests.Hosting;

/// <summary>A request as it arrived.</summary>
internal sealed record RecordedRequest(HttpMethod Method, Uri Uri, string? Authorization, string Body)
{
    /// <summary>Path and query, byte for byte.</summary>
    public string Target { get; } = Uri.PathAndQuery;

    public string RequestLine => $"{Method} {Target}";
}
