namespace MailAdmin.Client;

/// <summary>What DELETE /store/uids/{account} renumbered.</summary>
/// <param name="Account">The account's name.</param>
/// <param name="MailboxCount">How many mailboxes have a new UIDVALIDITY.</param>
/// <param name="MessageCount">How many messages have a new UID.</param>
public sealed record MailImapUidReset(string Account, long MailboxCount, long MessageCount) : ServerObject;
