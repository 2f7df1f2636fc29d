namespace MailAdmin.Client;

/// <summary>An item that was deleted and can still be restored (GET /store/undelete/{account}; from 0.16 on x:ArchivedItem/get; Enterprise).</summary>
[ShownInShort(nameof(Account), nameof(BlobId), nameof(Kind), nameof(Size), nameof(Deleted), nameof(Expires))]
public sealed class MailDeletedItem : ServerObject
{
    /// <summary>The only kind that servers restore.</summary>
    public const string EmailKind = "email";

    /// <summary>The account that it was deleted from.</summary>
    public required string Account { get; init; }
    /// <summary>Its id (from 0.16); before, an item has none.</summary>
    public string? Id { get; init; }
    /// <summary>Its content: Get-MailBlob fetches it.</summary>
    public required string BlobId { get; init; }
    /// <summary>What it is: <c>email</c>, or from 0.15 <c>fileNode</c>, <c>calendarEvent</c>, <c>contactCard</c>, <c>sieveScript</c>.</summary>
    public required string Kind { get; init; }
    /// <summary>Bytes; null where the server does not say it, as from 0.16 on of what is no e-mail.</summary>
    public long? Size { get; init; }
    /// <summary>When it was deleted.</summary>
    public DateTimeOffset? Deleted { get; init; }
    /// <summary>Until when it can be restored.</summary>
    public DateTimeOffset? Expires { get; init; }
    /// <summary>The sender of an e-mail (from 0.15).</summary>
    public string? From { get; init; }
    /// <summary>The subject of an e-mail, or the title of another item (from 0.15).</summary>
    public string? Subject { get; init; }
    /// <summary>When an e-mail came in (from 0.15).</summary>
    public DateTimeOffset? Received { get; init; }
    /// <summary>Further members of the answer.</summary>
    public NamedValues AdditionalData { get; init; } = NamedValues.Empty;

    /// <summary>Whether the server can restore it.</summary>
    public bool IsRestorable => Kind == EmailKind;

    /// <inheritdoc/>
    public override string ToString() => !string.IsNullOrEmpty(Subject) ? Subject : Kind == EmailKind ? BlobId : Kind;
}
