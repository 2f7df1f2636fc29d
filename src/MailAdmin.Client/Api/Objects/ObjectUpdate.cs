using MailAdmin.Client.Api.Objects;

namespace MailAdmin.Client;

/// <summary>A change of an object that is checked, and not sent yet.</summary>
public sealed class ObjectUpdate
{
    internal ObjectUpdate(TypeSchema type, MailObject before, System.Collections.IDictionary values, ObjectPatch patch, IReadOnlyList<string> cautions) =>
        (Type, Before, Values, Patch, Warnings) = (type, before, values, patch, [.. patch.Warnings, .. cautions]);

    /// <summary>The object as the server has it.</summary>
    public MailObject Before { get; }

    /// <summary>What is to be different; nothing where it is so already.</summary>
    public IReadOnlyList<MailObjectChange> Changes => Patch.Changes;

    /// <summary>What is lost by it, or not done, or done besides.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>What puts it into force, as <see cref="MailObjectType.Reload"/> has it; null where it is at once.</summary>
    public string? Reload => ObjectReloads.Find(Type.Name, Patch.Values.Select(value => value.Path));

    internal TypeSchema Type { get; }

    internal System.Collections.IDictionary Values { get; }

    internal ObjectPatch Patch { get; }
}
