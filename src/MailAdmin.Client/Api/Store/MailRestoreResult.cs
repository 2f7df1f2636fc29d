namespace MailAdmin.Client;

/// <summary>What became of an item that was to be restored (POST /store/undelete/{account}).</summary>
[ShownInShort(nameof(Account), nameof(BlobId), nameof(Status), nameof(Reason))]
public sealed class MailRestoreResult : ServerObject
{
    /// <summary>The account.</summary>
    public required string Account { get; init; }
    /// <summary>The item's content.</summary>
    public required string BlobId { get; init; }
    /// <summary><c>Restored</c> (it is in the Inbox), <c>NotFound</c> (its content is gone) or <c>Failed</c>.</summary>
    public required MailRestoreStatus Status { get; init; }
    /// <summary>Why it failed.</summary>
    public string? Reason { get; init; }
    /// <summary>The item.</summary>
    public required MailDeletedItem Item { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Item}: {Status}";
}
