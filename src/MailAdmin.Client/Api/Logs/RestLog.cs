using MailAdmin.Client.Http;

namespace MailAdmin.Client.Api.Logs;

/// <summary>The log of a server with the REST API: <c>/logs</c> (docs/api.md §6.12).</summary>
internal sealed class RestLog(ApiChannel channel) : ILog
{
    public bool CountsEntries => true;

    public IAsyncEnumerable<MailLogEntry> ListAsync(LogQuery query, PollNoiseFilter noiseFilter, Action<long>? onTotal, Action<LogGap>? onGap, CancellationToken cancellationToken) =>
        new LogListing(channel, query, noiseFilter, onTotal, onGap).RunAsync(cancellationToken);

    public Task<LogWindow> PollAsync(string? text, int limit, string marker, CancellationToken cancellationToken) => LogListing.PollAsync(channel, text, limit, marker, cancellationToken);
}
