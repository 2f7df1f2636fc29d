using System.Text.Json.Nodes;

namespace MailAdmin.Sandbox.Registry;

/// <summary>The settings that the server works by: what is set later waits for a reload.</summary>
internal sealed class SettingsInForce(RegistryStore store)
{
    private RegistrySnapshot _loaded = store.Snapshot;

    /// <summary>A singleton.</summary>
    public JsonObject this[string type] => _loaded.Singleton(type);

    /// <summary>The objects of a type.</summary>
    public IEnumerable<RegistryObject> List(string type) => _loaded.List(store.Type(type)).Values;

    /// <summary>Takes over what is set by now.</summary>
    public void Reload() => _loaded = store.Snapshot;
}
