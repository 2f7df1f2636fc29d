using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Jmap;

/// <summary>What a type does beyond what its data say. By default nothing.</summary>
internal class ObjectRules
{
    /// <summary>A type without rules of its own.</summary>
    public static ObjectRules None { get; } = new();

    /// <summary>The types whose objects do not keep one of this type from being destroyed.</summary>
    public virtual IReadOnlyCollection<string> Orphans => [];

    /// <summary>Whether an object stays as it was created.</summary>
    public virtual bool NeverChanges => false;

    /// <summary>Checks and completes an object before it is stored.</summary>
    /// <exception cref="SetException">It is refused.</exception>
    public virtual void Check(ObjectChange change)
    {
    }

    /// <summary>After it was stored.</summary>
    public virtual void Saved(ObjectChange change, RegistryObject saved)
    {
    }

    /// <summary>After it was destroyed.</summary>
    public virtual void Destroyed(RegistryObject destroyed)
    {
    }

    /// <summary>A property that is computed.</summary>
    public virtual JsonNode? Compute(RegistryObject found, string property) => null;
}
