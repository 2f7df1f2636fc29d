using System.Text.Json.Nodes;

namespace MailAdmin.Sandbox.Registry;

/// <summary>A stored object. Its value is never changed: a change stores another one.</summary>
/// <param name="Reference">The type and the id.</param>
/// <param name="Value">What is stored, secrets in clear.</param>
/// <param name="Index">What can be found in it.</param>
internal sealed record RegistryObject(ObjectReference Reference, JsonObject Value, ObjectIndex Index)
{
    public ulong Id => Reference.Id;

    /// <summary>A text of it; null where there is none.</summary>
    public string? Text(string property) => Value[property]?.GetValue<string>();
}
