using System.Text.Json.Nodes;

namespace MailAdmin.Sandbox.Registry;

/// <summary>Creates objects that no client asks for: what is not said of them has its default.</summary>
/// <param name="store">Receives them.</param>
internal sealed class ObjectCreator(RegistryStore store)
{
    private readonly ObjectPatch _patch = new(store.Schema, store.Defaults, new PlainValues(store.Schema, _ => null), []);

    /// <summary>A value of a shape, which is not stored.</summary>
    public JsonObject Complete(string shape, JsonObject values) => _patch.Create(shape, values, []);

    /// <summary>Creates and stores an object.</summary>
    public RegistryObject Create(string type, JsonObject values, ulong? id = null) => store.Insert(store.Type(type), Complete(type, values), id);

    /// <summary>Stores a singleton.</summary>
    public void SetSingleton(string type, JsonObject values) => store.SetSingleton(type, Complete(type, values));

    /// <summary>A value of one of several shapes, with nothing said of it.</summary>
    public static JsonObject Variant(string name) => new() { [RegistrySchema.Variant] = name };

    /// <summary>A set.</summary>
    public static JsonObject Set(params IEnumerable<string> items) => new(items.Select(item => KeyValuePair.Create(item, (JsonNode?)true)));
}
