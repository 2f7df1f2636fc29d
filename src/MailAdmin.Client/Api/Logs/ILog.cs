namespace MailAdmin.Client.Api.Logs;

/// <summary>The log of a server, read in the way that the server has.</summary>
internal interface ILog
{
    /// <summary>Whether the server tells how many lines there are, roughly.</summary>
    bool CountsEntries { get; }

    /// <summary>The entries, the newest first.</summary>
    IAsyncEnumerable<MailLogEntry> ListAsync(LogQuery query, PollNoiseFilter noiseFilter, Action<long>? onTotal, Action<LogGap>? onGap, CancellationToken cancellationToken);

    /// <summary>The newest entries as one window, the oldest first.</summary>
    Task<LogWindow> PollAsync(string? text, int limit, string marker, CancellationToken cancellationToken);
}
