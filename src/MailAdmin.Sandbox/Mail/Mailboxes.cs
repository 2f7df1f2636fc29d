using MailAdmin.Sandbox.Principals;

namespace MailAdmin.Sandbox.Mail;

/// <summary>The local mailboxes: messages and bytes are counted, not stored.</summary>
internal sealed class Mailboxes(PrincipalStore store)
{
    public bool IsLocalDomain(string domain) => store.Find(domain) is { Type: PrincipalType.Domain };

    /// <summary>Delivers a message to an address; false where nobody has that address.</summary>
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
