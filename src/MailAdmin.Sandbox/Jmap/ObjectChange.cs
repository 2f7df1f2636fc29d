using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Jmap;

/// <summary>An object about to be created or changed.</summary>
/// <param name="Call">The call that does it.</param>
/// <param name="Old">What it was; null for a new one.</param>
/// <param name="New">What it will be. Rules may still change it.</param>
/// <param name="Unstored">What the client said that is not stored.</param>
internal sealed record ObjectChange(MethodContext Call, RegistryObject? Old, JsonObject New, JsonObject Unstored)
{
    /// <summary>What the answer says beside the id.</summary>
    public JsonObject Answer { get; } = [];

    /// <summary>Whether a property is new or another than before.</summary>
    public bool Changes(string property) => Old is null || !JsonNode.DeepEquals(Old.Value[property], New[property]);
}
