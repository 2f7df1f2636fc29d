using System.Net;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Limits;
using MailAdmin.Sandbox.Registry;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.SignIn;

/// <summary>Blocked addresses as objects: what a ban stores, and what is in force of the rest after a reload.</summary>
/// <param name="store">The objects.</param>
/// <param name="settings">The settings in force.</param>
/// <param name="blocked">What is in force.</param>
/// <param name="clock">The server's clock.</param>
internal sealed class BlockList(RegistryStore store, SettingsInForce settings, BlockedAddresses blocked, TimeProvider clock)
{
    private const string TypeName = "BlockedIp";

    /// <summary>Stores a ban, which is in force already.</summary>
    public void Add(IPAddress address)
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (store.Gate)
        {
            if (store.List(TypeName).Values.Any(item => item.Text("address") == address.ToString()))
            {
                return;
            }

            JsonObject ban = store.Defaults.Create(TypeName);
            ban["address"] = address.ToString();
            ban["reason"] = "authFailure";
            ban["createdAt"] = Timestamp.Format(now);
            ban["expiresAt"] = settings["Security"]["authBanPeriod"] is { } milliseconds ? Timestamp.Format(now.AddMilliseconds(milliseconds.GetValue<long>())) : null;
            store.Insert(store.Type(TypeName), ban);
        }
    }

    /// <summary>Takes over what is stored by now.</summary>
    public void Reload()
    {
        lock (store.Gate)
        {
            blocked.Replace(Networks.In(store.List(TypeName).Values, clock.GetUtcNow()));
        }
    }
}
