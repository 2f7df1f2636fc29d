namespace MailAdmin.Sandbox.Mail;

/// <summary>The domains, addresses and mailboxes of the server, as far as mail needs them.</summary>
internal interface ILocalMail
{
    bool IsLocalDomain(string domain);

    /// <summary>The id of the account that signs in under a name; null where there is none.</summary>
    uint? FindAccount(string login);

    /// <summary>Whether an account may write under an address.</summary>
    bool MaySendAs(string login, string address);

    /// <summary>Whether an address is somebody's.</summary>
    bool HasAddress(string address);

    /// <summary>Who receives mail to an address. Mostly the address itself; the recipients of a list where the list is opened before mail is queued.</summary>
    IEnumerable<MailRecipient> FindRecipients(string address);

    /// <summary>Delivers a message to an address; false where nobody has that address.</summary>
    bool TryDeliver(string address, int size);
}
