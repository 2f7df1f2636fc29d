namespace MailAdmin.Client.Api.Tasks;

/// <summary>Servers before 0.16, which have no tasks.</summary>
internal sealed class RestTasks : ITasks
{
    private const string Reason = "servers before 0.16 have no tasks. They do maintenance while the cmdlet waits, or in the background, and do not report its end.";

    public void ThrowIfNone(string? parameter) =>
        throw (parameter is null ? CreateError() : MailServerException.CreateUnsupported(Operations.CallJmap, parameter, $"-{parameter} is for servers from 0.16 on; {Reason}"));

    public IAsyncEnumerable<MailTask> ListAsync(TaskQuery query, CancellationToken cancellationToken) => throw CreateError();

    public Task<IReadOnlyList<MailTask>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => throw CreateError();

    public Task<IReadOnlyList<MailTask>> FindPartsAsync(MailTask task, CancellationToken cancellationToken) => throw CreateError();

    public Task RemoveAsync(string id, CancellationToken cancellationToken) => throw CreateError();

    private static MailServerException CreateError() => new(MailErrorCode.Unsupported, Operations.CallJmap, $"Nothing was sent: {Reason}");
}
