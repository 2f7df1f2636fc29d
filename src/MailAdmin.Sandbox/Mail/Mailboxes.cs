using MailAdmin.Sandbox.Principals;

namespace MailAdmin.Sandbox.Mail;

/// <summary>The mailboxes of a server up to 0.15: messages and bytes are counted, not stored.</summary>
internal sealed class Mailboxes(PrincipalStore store) : ILocalMail
{
    public bool IsLocalDomain(string domain) => store.Find(domain) is { Type: PrincipalType.Domain };

    public uint? FindAccount(string login) => store.Find(login)?.Id;

    public bool MaySendAs(string login, string address) => store.Find(login)?.Emails?.Contains(address.ToLowerInvariant()) == true;

    public bool HasAddress(string address) => store.FindByAddress(address.ToLowerInvariant()) is not null;

    /// <summary>Lists are opened when mail is delivered.</summary>
    public IEnumerable<MailRecipient> FindRecipients(string address) => [new MailRecipient(address)];

    public bool TryDeliver(string address, int size)
    {
        lock (store.Gate)
        {
            if (store.FindByAddress(address) is not { } owner)
            {
                return false;
            }

            if (owner.Type is not (PrincipalType.Individual or PrincipalType.Group))
            {
                return true;
            }

            store.AddStoredMessage(owner, (ulong)size);
            return true;
        }
    }
}
