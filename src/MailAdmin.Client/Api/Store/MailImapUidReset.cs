namespace MailAdmin.Client;

/// <summary>What DELETE /store/uids/{account} renumbered.</summary>
/// <param name="Account">The account's name.</param>
/// <param name="Mailboxes">How many mailboxes have a new UIDVALIDITY.</param>
/// <param name="Emails">How many messages have a new UID.</param>
public sealed record MailImapUidReset(string Account, long Mailboxes, long Emails);
