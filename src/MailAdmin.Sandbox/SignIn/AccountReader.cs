using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Directory;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.SignIn;

/// <summary>Finds accounts by id and by address.</summary>
internal sealed class AccountReader(RegistryStore store, SettingsInForce settings)
{
    /// <summary>What a login without a domain is completed by.</summary>
    public string DefaultDomain
    {
        get
        {
            lock (store.Gate)
            {
                return store.Find("Domain", settings["SystemSettings"]["defaultDomainId"]?.GetValue<string>())?.Text("name") ?? "";
            }
        }
    }

    public SignInAccount? Find(uint id)
    {
        lock (store.Gate)
        {
            return store.Find(store.Type("Account"), id) is { } found ? Read(found) : null;
        }
    }

    /// <summary>The account of an address, or of an alias that is switched on. The domain may be meant by its own alias.</summary>
    public SignInAccount? FindByAddress(string local, string domain)
    {
        lock (store.Gate)
        {
            if (FindDomain(domain) is not { } home
                || EmailAddresses.FindOwner(store, local, RegistryId.Format(home.Id)) is not { } owner
                || owner.Type.Name != "Account"
                || store.Find(owner.Type, owner.Id) is not { } account)
            {
                return null;
            }

            return account.Text("name") == local || HasEnabledAlias(account, local, RegistryId.Format(home.Id)) ? Read(account) : null;
        }
    }

    private SignInAccount Read(RegistryObject account) => new(account, EmailAddresses.Of(store, account.Value) ?? "");

    private RegistryObject? FindDomain(string name) => store.List("Domain").Values.FirstOrDefault(domain =>
        domain.Text("name") == name || (domain.Value["aliases"] is JsonObject aliases && aliases.ContainsKey(name)));

    private static bool HasEnabledAlias(RegistryObject account, string local, string domainId) =>
        account.Value["aliases"] is JsonObject aliases && aliases.Select(entry => entry.Value!).Any(alias =>
            alias["name"]?.GetValue<string>() == local && alias["domainId"]?.GetValue<string>() == domainId && alias["enabled"]?.GetValue<bool>() != false);
}
