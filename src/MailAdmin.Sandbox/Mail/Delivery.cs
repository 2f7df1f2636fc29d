using MailAdmin.Sandbox.Directory;

namespace MailAdmin.Sandbox.Mail;

/// <summary>Takes messages in as by SMTP: strangers may write to local addresses only, users may write to anyone, from their own addresses.</summary>
internal sealed class Delivery(PrincipalStore store)
{
    /// <summary>Delivers to those recipients that are local.</summary>
    /// <returns>Why it was refused, or null.</returns>
    public string? Accept(string? authenticatedAs, string mailFrom, IReadOnlyList<string> recipients, int size)
    {
        var sender = mailFrom.ToLowerInvariant();
        if (authenticatedAs is not null && store.Find(authenticatedAs)?.Emails?.Contains(sender) != true)
            return "501 the sender is not an address of the account";
        foreach (var recipient in recipients)
        {
            if (authenticatedAs is null && !IsLocal(recipient))
                return "550 relay not allowed";
            if (IsInLocalDomain(recipient) && store.FindByAddress(recipient.ToLowerInvariant()) is null)
                return "550 mailbox does not exist";
        }

        foreach (var recipient in recipients)
            Keep(recipient.ToLowerInvariant(), (ulong)size);
        return null;
    }

    private bool IsLocal(string address) => IsInLocalDomain(address) || store.FindByAddress(address.ToLowerInvariant()) is not null;

    private bool IsInLocalDomain(string address)
    {
        var domain = address[(address.LastIndexOf('@') + 1)..].ToLowerInvariant();
        return store.Find(domain) is { Type: PrincipalType.Domain };
    }

    private void Keep(string address, ulong size)
    {
        lock (store.Gate)
        {
            if (store.FindByAddress(address) is not { Type: PrincipalType.Individual or PrincipalType.Group } owner)
                return;
            var changed = owner.Copy();
            changed.UsedQuota += size;
            changed.StoredMessages++;
            store.Replace(owner, changed);
        }
    }
}
