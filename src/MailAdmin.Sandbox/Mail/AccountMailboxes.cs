using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Directory;
using MailAdmin.Sandbox.Registry;
using MailAdmin.Sandbox.SignIn;

namespace MailAdmin.Sandbox.Mail;

/// <summary>The mailboxes of a server from 0.16: bytes are counted, messages not stored. Whoever uses it holds the store's gate.</summary>
/// <param name="store">The domains, accounts and lists.</param>
/// <param name="settings">The settings in force.</param>
/// <param name="accounts">Finds accounts by what they sign in with.</param>
internal sealed class AccountMailboxes(RegistryStore store, SettingsInForce settings, AccountReader accounts) : ILocalMail
{
    private readonly Dictionary<ulong, long> _used = [];

    public bool IsLocalDomain(string domain) => FindDomain(domain) is not null;

    public uint? FindAccount(string login) => Find(login)?.Id;

    /// <summary>Anybody may write under any address where the settings do not ask for one of his own.</summary>
    public bool MaySendAs(string login, string address) => Find(login) is { } account
        && (settings["MtaStageAuth"]["mustMatchSender"]!["else"]!.GetValue<string>() == "false" || FindOwner(address)?.Id == account.Id);

    public bool HasAddress(string address) => FindOwner(address) is not null;

    /// <summary>The recipients of a list, in its place; the domain of an address is in lower case.</summary>
    public IEnumerable<MailRecipient> FindRecipients(string address)
    {
        string tidied = Tidy(address);
        return FindOwner(tidied) is { Reference.Type.Name: "MailingList" } list
            ? Open(list, []).Select(member => new MailRecipient(member, tidied.ToLowerInvariant()))
            : [new MailRecipient(tidied)];
    }

    public bool TryDeliver(string address, int size)
    {
        if (FindOwner(address) is not { } owner)
        {
            return false;
        }

        Store(owner.Id, size);
        return true;
    }

    /// <summary>Counts a message as stored.</summary>
    public void Store(ulong account, int size) => _used[account] = GetUsed(account) + size;

    /// <summary>How many bytes an account stores.</summary>
    public long GetUsed(ulong account) => _used.GetValueOrDefault(account);

    /// <summary>The recipients of a list and of the lists among them.</summary>
    private IEnumerable<string> Open(RegistryObject list, HashSet<ulong> seen)
    {
        seen.Add(list.Id);
        foreach (string recipient in list.Value["recipients"]!.AsObject().Select(entry => Tidy(entry.Key)))
        {
            if (FindOwner(recipient) is not { Reference.Type.Name: "MailingList" } inner)
            {
                yield return recipient;
            }
            else if (!seen.Contains(inner.Id))
            {
                foreach (string nested in Open(inner, seen))
                {
                    yield return nested;
                }
            }
        }
    }

    private SignInAccount? Find(string login)
    {
        int at = login.LastIndexOf('@');
        return at < 0 ? accounts.FindByAddress(login, accounts.DefaultDomain) : accounts.FindByAddress(login[..at], login[(at + 1)..]);
    }

    /// <summary>The account or the list with an address: as it is, without what follows a plus sign, or by the domain's catch-all address.</summary>
    private RegistryObject? FindOwner(string address)
    {
        string lower = address.ToLowerInvariant();
        int at = lower.LastIndexOf('@');
        if (at < 1 || FindDomain(lower[(at + 1)..]) is not { } domain)
        {
            return null;
        }

        string local = lower[..at];
        return FindOwner(domain, local)
            ?? (local.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus ? FindOwner(domain, local[..plus]) : null)
            ?? (domain.Text("catchAllAddress") is { } caught && caught != lower ? FindOwner(caught) : null);
    }

    private RegistryObject? FindOwner(RegistryObject domain, string local) =>
        EmailAddresses.FindOwner(store, local, RegistryId.Format(domain.Id)) is { } owner ? store.Find(owner.Type, owner.Id) : null;

    private RegistryObject? FindDomain(string name) => store.List("Domain").Values.FirstOrDefault(domain =>
        domain.Text("name") == name || (domain.Value["aliases"] is JsonObject aliases && aliases.ContainsKey(name)));

    private static string Tidy(string address)
    {
        int at = address.LastIndexOf('@');
        return at < 0 ? address : address[..at] + address[at..].ToLowerInvariant();
    }
}
