namespace MailAdmin.Client;

/// <summary>What DELETE /store/uids/{account} renumbered.</summary>
public sealed class MailImapUidReset : ServerObject
{
    /// <summary>One of these values.</summary>
    public MailImapUidReset(string account, long mailboxCount, long messageCount) =>
        (Account, MailboxCount, MessageCount) = (account, mailboxCount, messageCount);

    /// <summary>The account's name.</summary>
    public string Account { get; }
    /// <summary>How many mailboxes have a new UIDVALIDITY.</summary>
    public long MailboxCount { get; }
    /// <summary>How many messages have a new UID.</summary>
    public long MessageCount { get; }

    /// <inheritdoc/>
    public override string ToString() => Account;
}
