namespace MailAdmin.Client;

/// <summary>Work that a server from 0.16 on does in the background (x:Task). One that is done is gone: the server keeps those that wait and those that failed.</summary>
public sealed class MailTask : ServerObject
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }
    /// <summary>Its kind, such as <c>AccountMaintenance</c>.</summary>
    public string Kind { get; init; } = "";
    /// <summary>What a maintenance does, such as <c>Purge</c> or <c>Reindex</c>; null for other kinds.</summary>
    public string? Maintenance { get; init; }
    /// <summary>How far it is: <c>Pending</c>, <c>Retry</c> (it failed and is tried again), <c>Failed</c>, or <c>Done</c> for one that was waited for.</summary>
    public string State { get; init; } = TaskState.Pending;
    /// <summary>The account that it is about; null where it is about none, and where it is among <see cref="UnknownParts"/>.</summary>
    public string? Account { get; internal set; }
    /// <summary>The domain that it is about; null where it is about none, and where it is among <see cref="UnknownParts"/>.</summary>
    public string? Domain { get; internal set; }
    /// <summary>When it was made; null where the server was not asked again.</summary>
    public DateTimeOffset? Created { get; init; }
    /// <summary>When it is done, or tried again; null for one that failed or was not read again.</summary>
    public DateTimeOffset? Due { get; init; }
    /// <summary>When it failed for good.</summary>
    public DateTimeOffset? Ended { get; init; }
    /// <summary>The number of the attempt that failed, as the server counts, from 0; null before one has.</summary>
    public int? Attempt { get; init; }
    /// <summary>Why the last attempt failed, in the server's words.</summary>
    public string? FailureReason { get; init; }
    /// <summary><c>Account</c> or <c>Domain</c> where the task is about one whose name the signed-in account may not read, or that is gone. Empty = all is known.</summary>
    public StringList UnknownParts => UnknownNames;
    /// <summary>What else the server says of it, the ids of account and domain among it.</summary>
    public NamedValues AdditionalData { get; init; } = NamedValues.Empty;

    /// <summary>What it does and to what, such as <c>AccountMaintenance Purge of jane@example.org</c>.</summary>
    public string Summary => $"{Kind}{(Maintenance is null ? "" : $" {Maintenance}")}{((Account ?? Domain ?? (UnknownParts is [var unknown, ..] ? $"an unknown {unknown.ToLowerInvariant()}" : null)) is { } target ? $" of {target}" : "")}";

    /// <summary>The same task once it is done.</summary>
    internal MailTask ToDone() => new()
    {
        Id = Id,
        Kind = Kind,
        Maintenance = Maintenance,
        State = TaskState.Done,
        Account = Account,
        Domain = Domain,
        Unknown = Unknown,
        Created = Created,
        AdditionalData = AdditionalData,
    };

    /// <inheritdoc/>
    public override string ToString() => Id;
}
