using MailAdmin.Client.Api.Objects;

namespace MailAdmin.Client;

/// <summary>A change of an object that is checked, and not sent yet.</summary>
public sealed class ObjectUpdate
{
    internal ObjectUpdate(TypeSchema type, MailObject before, System.Collections.IDictionary values, ObjectPatch patch) => (Type, Before, Values, Patch) = (type, before, values, patch);

    /// <summary>The object as the server has it.</summary>
    public MailObject Before { get; }

    /// <summary>What is to be different; nothing where it is so already.</summary>
    public IReadOnlyList<MailObjectChange> Changes => Patch.Changes;

    /// <summary>What is lost by it, or not done.</summary>
    public IReadOnlyList<string> Warnings => Patch.Warnings;

    internal TypeSchema Type { get; }

    internal System.Collections.IDictionary Values { get; }

    internal ObjectPatch Patch { get; }
}
