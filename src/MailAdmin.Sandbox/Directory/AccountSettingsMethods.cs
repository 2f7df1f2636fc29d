using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Directory;

/// <summary>What the owner of an account may say of it: name, language, time zone, encryption.</summary>
/// <param name="store">The accounts.</param>
internal sealed class AccountSettingsMethods(RegistryStore store) : OwnSingletonMethods(store, Shape)
{
    private const string Shape = "AccountSettings";

    private IEnumerable<string> Properties => Store.Schema.Structs[Shape].Properties.Keys;

    protected override JsonObject Read(JsonObject account) => new(Properties.Select(name => KeyValuePair.Create(name, account[name]?.DeepClone())));

    protected override void Change(MethodContext call, JsonObject account, JsonObject patch)
    {
        // Whole properties only.
        if (patch.Select(member => member.Key).FirstOrDefault(name => !Properties.Contains(name)) is { } stray)
        {
            throw SetException.InvalidProperties(null, stray);
        }

        foreach ((string name, JsonNode? value) in Patch(Read(account), patch))
        {
            account[name] = value?.DeepClone();
        }

        EncryptionRules.Check(Store, account);
    }
}
