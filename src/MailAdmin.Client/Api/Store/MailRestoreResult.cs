namespace MailAdmin.Client;

/// <summary>What became of an item that was to be restored (POST /store/undelete/{account}; from 0.16 on x:ArchivedItem/set).</summary>
[ShownInShort(nameof(Account), nameof(BlobId), nameof(Status), nameof(Reason))]
public sealed class MailRestoreResult : ServerObject
{
    /// <summary>The account.</summary>
    public required string Account { get; init; }
    /// <summary>The item's content.</summary>
    public required string BlobId { get; init; }
    /// <summary>
    /// <c>Restored</c> (it is in the Inbox), <c>NotFound</c> (it is gone), <c>Failed</c>; from 0.16 on also <c>Requested</c> (the server restores it in the background) and
    /// <c>Unknown</c> (the answer was lost).
    /// </summary>
    public required MailRestoreStatus Status { get; init; }
    /// <summary>Why it failed, or what is not known.</summary>
    public string? Reason { get; init; }
    /// <summary>The item.</summary>
    public required MailDeletedItem Item { get; init; }

    /// <summary>The result of an item.</summary>
    internal static MailRestoreResult Create(MailDeletedItem item, string account, MailRestoreStatus status, string? reason) => new()
    {
        Account = account,
        BlobId = item.BlobId,
        Status = status,
        Reason = reason,
        Item = item,
    };

    /// <summary>What a restoration does, as a beginning of a sentence.</summary>
    internal static string FormatAction(string account, int count) => $"Restoring {count} {(count == 1 ? "item" : "items")} of '{account}'";

    /// <inheritdoc/>
    public override string ToString() => $"{Item}: {Status}";
}
